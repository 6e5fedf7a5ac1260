import { AppRoot, mount } from '../shared/ui/AppRoot';
import { touchTheme } from '../shared/ui/theme';
import { App } from './App';
import { hearExternalScans } from './externalScanner';
import { catalogues } from './words';
import './till.css';

hearExternalScans();
mount(
  <AppRoot theme={touchTheme} catalogues={catalogues}>
    <App />
  </AppRoot>,
);

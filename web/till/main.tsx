import { AppRoot, mount } from '../shared/ui/AppRoot';
import { touchTheme } from '../shared/ui/theme';
import { App } from './App';
import { catalogues } from './words';
import './till.css';

mount(
  <AppRoot theme={touchTheme} catalogues={catalogues}>
    <App />
  </AppRoot>,
);

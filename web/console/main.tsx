import { AppRoot, mount } from '../shared/ui/AppRoot';
import { deskTheme } from '../shared/ui/theme';
import { App } from './App';
import { catalogues } from './words';
import './console.css';

mount(
  <AppRoot theme={deskTheme} catalogues={catalogues}>
    <App />
  </AppRoot>,
);

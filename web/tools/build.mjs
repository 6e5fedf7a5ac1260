// node tools/build.mjs [APP…]: builds dist/<app> for each named screen, or for all of them.
import { build } from 'vite';
import { apps, configOf } from './vite.mjs';

const wanted = process.argv.slice(2).length ? process.argv.slice(2) : apps;
for (const app of wanted) {
  if (!apps.includes(app)) throw new Error(`unknown screen "${app}"; there are: ${apps.join(', ')}`);
  await build(configOf(app));
  console.log(`built dist/${app}`);
}

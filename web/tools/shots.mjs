// node tools/shots.mjs OUTDIR [till|console|tour…]: takes pictures of the screens over the invented programs.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { serve } from '../mock/serve.mjs';
import { tillShots } from './shots-till.mjs';
import { consoleShots } from './shots-console.mjs';
import { tourShots } from './shots-tour.mjs';

const [out = 'shots', ...wanted] = process.argv.slice(2);
const all = { till: tillShots, console: consoleShots, tour: tourShots };
const port = Number(process.env.PORT ?? 5700);
mkdirSync(out, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
});
for (const [app, take] of Object.entries(all)) {
  if (wanted.length > 0 && !wanted.includes(app)) continue;
  const { store, close } = await serve({ port, tickets: 40 });
  const size = app === 'till' ? { width: 1024, height: 768 } : { width: 1440, height: 900 };
  const open = async (options = {}) => {
    const context = await browser.newContext({ viewport: size, locale: 'en-GB', colorScheme: 'light', ...options });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) console.log(`[${app}] ${message.type()}: ${message.text().slice(0, 300)}`);
    });
    page.on('pageerror', (error) => console.log(`[${app}] page error: ${error.message.slice(0, 600)}`));
    page.setDefaultTimeout(8000);
    return page;
  };
  const shot = async (page, name) => {
    await page.waitForTimeout(350);
    await page.screenshot({ path: path.join(out, `${app}-${name}.png`) });
  };
  try {
    await take({ open, shot, store, base: (offset) => `http://127.0.0.1:${port + offset}/` });
  } catch (error) {
    console.log(`[${app}] ${error.stack}`);
  }
  close();
}
await browser.close();
process.exit(0);

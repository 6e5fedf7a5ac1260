// node tests/e2e/browser/tour_pictures.mjs [FOLDER] [TOUR_URL]: walks through a running tour (scripts/demo) as a visitor
// would and takes the pictures in docs/screens.
import path from 'node:path';
import { launchBrowser } from './stage.mjs';
import { Visitor } from './visitor.mjs';

const [folder = 'docs/screens', url = 'http://127.0.0.1:8090'] = process.argv.slice(2);
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/Berlin' });
page.setDefaultTimeout(30_000);
const shot = async (name) => {
  await page.waitForTimeout(800); // the panes have moved
  await page.screenshot({ path: path.join(folder, `tour-${name}.png`) });
};

try {
  const visitor = new Visitor(page);
  await visitor.arrive(url);
  await shot('start');
  await visitor.cutTheNetwork();
  await visitor.scanAReceipt();
  await visitor.addATicket();
  await shot('offline');
  await visitor.killTheTill();
  await shot('killed');
  await visitor.startTheTill();
  await visitor.reconnect();
  await visitor.signInAs('Repairs');
  await visitor.work();
  await shot('console');
  await visitor.makeReady();
  await visitor.handOver();
  await visitor.close();
  await visitor.till.locator('.page-title .state-pill.closed').waitFor(); // the till has heard of it too
  await shot('done');
  await visitor.startOver();
} catch (error) {
  await page.screenshot({ path: path.join(folder, 'tour-failed.png') });
  throw error;
} finally {
  await browser.close();
}

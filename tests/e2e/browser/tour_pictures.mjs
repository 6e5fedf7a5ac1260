// node tests/e2e/browser/tour_pictures.mjs RECEIPT [FOLDER] [TOUR_URL]: walks through a running tour (scripts/demo) as a
// visitor would, with a receipt that its till knows, and takes the pictures in docs/screens.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';

const [receipt, folder = 'docs/screens', url = 'http://127.0.0.1:8090'] = process.argv.slice(2);
assert.ok(receipt, 'name a receipt that the till knows');
const { chromium } = createRequire(path.resolve(import.meta.dirname, '../../../web/package.json'))('playwright-core');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
page.setDefaultTimeout(30_000);

const till = page.frameLocator('iframe[title="The till"]');
const desk = page.frameLocator('iframe[title="The console"]');
const ticked = (title) => page.locator('.step-line li.done', { hasText: title }).waitFor();
const shot = async (name) => {
  await page.waitForTimeout(800); // the panes have moved
  await page.screenshot({ path: path.join(folder, `tour-${name}.png`) });
};
const act = (name) => desk.locator('.actions').getByRole('button', { name }).click();

try {
  await page.goto(url);
  await till.locator('.tile').first().waitFor();
  await shot('start');
  await page.locator('.control .mantine-Switch-track').click();
  await ticked('Cut the network');
  await till.getByLabel('Receipt, mobile or card').fill(receipt);
  await till.getByRole('button', { name: 'Look up' }).click();
  await till.locator('.line > button').first().click();
  await till.getByRole('button', { name: /^Next/ }).click();
  await till.getByRole('radio', { name: 'Defective product' }).click();
  await till.locator('#ticket_ticket_details').fill('It stopped working after two days.');
  await till.getByLabel('May be contacted about this').check({ force: true });
  await till.getByRole('button', { name: 'Save ticket' }).click();
  const code = (await till.getByTestId('ticket-code').textContent()).trim();
  await shot('offline');
  await page.getByRole('button', { name: 'Kill the till' }).click();
  await page.locator('.screen .dead').waitFor();
  await shot('killed');
  await page.getByRole('button', { name: 'Start the till again' }).click();
  await till.getByText(code).waitFor();
  await page.locator('.control .mantine-Switch-track').click();
  await ticked('Reconnect');
  await page.locator('.phone .sms').first().waitFor();
  await page.locator('.personas').getByText('Headquarters').click();
  await desk.locator('.tickets').getByText(code).click();
  await act('Start');
  await ticked('Start work');
  await shot('console');
  await act('Ready to collect');
  await ticked('Ready to collect');
  await till.locator('.top-bar a').first().click();
  await till.locator('.count').first().click();
  await till.locator('.row', { hasText: code }).click();
  await till.locator('.page-bar').getByText('Hand over').click();
  await till.locator('.page-bar').getByText('Hand over').click();
  await ticked('Hand over');
  await desk.locator('.timeline').getByText('Handed over').waitFor();
  await act('Close');
  await desk.locator('.asking').getByLabel('How was it resolved?').click();
  await desk.getByRole('option').first().click();
  await desk.locator('.asking').getByLabel('Note').fill('Repaired and handed over.');
  await desk.locator('.asking').getByRole('button', { name: 'Close' }).click();
  await ticked('Close');
  await shot('done');
} catch (error) {
  await page.screenshot({ path: path.join(folder, 'tour-failed.png') });
  throw error;
} finally {
  await browser.close();
}

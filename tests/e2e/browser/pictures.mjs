// node tests/e2e/browser/pictures.mjs [FOLDER]: the pictures in docs/screens, of the real programs.
import path from 'node:path';
import { Staff } from './lodge.mjs';
import { password, Programs, until } from './programs.mjs';

const folder = path.resolve(process.argv[2] ?? 'docs/screens');
const programs = new Programs();
const tillSize = { width: 1024, height: 768 };
const deskSize = { width: 1440, height: 900 };

async function shot(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(400); // transitions end
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

const people = [['Anna Michaelsen', '+491701234567'], ['Carla Rossi', '+491709876543'], ['Jonas Petersen', '+491751112233'], ['Derya Yıldız', '+491605554433']];
const matters = [
  ['missing_item', 'The charger is missing in the box of the cordless drill.'],
  ['delivery', 'The sofa table came with a broken leg; the driver would not take it back.'],
  ['staff_behaviour', 'Waited twenty minutes at the service desk and was then sent away.'],
  ['defective', 'The kettle leaks at the base after two days, water under it every morning.'],
  ['loyalty_points', 'Points of three visits in October were never credited.'],
  ['other', 'The lift to the second floor has been out of order for two weeks.'],
];

async function lodgeSome() {
  const hq = await new Staff(programs.consoleUrl).signIn('hq');
  for (let i = 0; i < 18; i += 1) {
    const [category, details] = matters[i % matters.length];
    const [name, mobile] = people[i % people.length];
    const ticket = await hq.lodge({ store: `S00${1 + (i % 6)}`, category, details, name, mobile, more: i % 5 === 0 ? { priority: 'high' } : {} });
    if (i % 3 === 1) await hq.act(ticket, 'start');
    if (i % 6 === 4) await hq.act(ticket, 'ready');
  }
}

async function tillPictures() {
  const page = await programs.page(tillSize);
  await page.goto(programs.tillUrl);
  await page.locator('.tile').first().waitFor();
  await shot(page, 'till-home');
  await page.getByLabel('Receipt, mobile or card').fill('R-1001');
  await page.keyboard.press('Enter');
  await page.getByText('Kettle 1.7 l stainless steel').click();
  const milk = page.locator('.line', { hasText: 'Organic milk' });
  await milk.locator('> button').click();
  await milk.locator('.stepper').waitFor();
  await shot(page, 'till-items');
  await milk.locator('> button').click();
  await page.getByRole('button', { name: 'Next: 1 item' }).click();
  await page.getByRole('radio', { name: 'Defective product' }).click();
  await page.locator('#ticket_ticket_details').fill('Leaks at the base after two days.');
  await page.getByLabel('May be contacted about this').check({ force: true });
  await shot(page, 'till-form');
  await programs.stopServer();
  await page.getByRole('button', { name: 'Save ticket' }).click();
  await page.getByTestId('ticket-code').waitFor();
  await until('the till to notice', async () => (await programs.tillState()).status.network === 'offline');
  await page.waitForTimeout(2000); // the badge follows
  await shot(page, 'till-slip-offline');
  await page.goto(`${programs.tillUrl}/#/unsent`);
  await page.locator('.row').first().waitFor();
  await shot(page, 'till-unsent');
  await programs.startServer();
  await fetch(`${programs.tillUrl}/till/api/event`, { method: 'POST', body: JSON.stringify({ event: { type: 'network', up: true } }) });
  await until('the ticket to be sent', async () => (await programs.tillState()).status.queue_depth === 0, 60_000);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`${programs.tillUrl}/#/search`);
  await page.getByText('Whole store, just now').waitFor();
  await shot(page, 'till-search-dark');
}

async function consolePictures() {
  const page = await programs.page(deskSize);
  await page.goto(programs.consoleUrl);
  await page.getByLabel('Name').fill('hq');
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.locator('.tickets tbody tr').first().waitFor();
  await shot(page, 'console-list');
  await page.keyboard.press('j');
  await page.locator('.peek .heading').waitFor();
  await shot(page, 'console-peek');
  await page.keyboard.press('Enter');
  await page.locator('.timeline li').first().waitFor();
  await page.locator('.actions').getByRole('button', { name: /Start/ }).click();
  await page.locator('.actions').getByRole('button', { name: /Close/ }).click();
  await shot(page, 'console-close');
  await page.goto(`${programs.consoleUrl}/#/new`);
  await page.locator('#new-ticket').waitFor();
  await shot(page, 'console-add');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`${programs.consoleUrl}/#/tickets?view=all`);
  await page.locator('.tickets tbody tr').nth(3).click();
  await page.locator('.peek .heading').waitFor();
  await shot(page, 'console-dark');
}

try {
  await programs.start();
  await lodgeSome();
  await tillPictures();
  await consolePictures();
} finally {
  await programs.stop();
}

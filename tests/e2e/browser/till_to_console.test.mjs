// One ticket through both screens, as people use them: added at the till, the till killed, closed in the console.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { password, Programs, until } from './programs.mjs';

const programs = new Programs();
let code;

before(() => programs.start());
// A page that is still open belongs to a test that failed.
afterEach(({ name }) => programs.picture(name.replaceAll(/\W+/g, '-')));
after(() => programs.stop());

async function toForm(page) {
  await page.goto(programs.tillUrl);
  await page.getByLabel('Receipt, mobile or card').fill('R-1001');
  await page.keyboard.press('Enter');
  await page.getByText('Kettle 1.7 l stainless steel').click();
  await page.getByRole('button', { name: 'Next: 1 item' }).click();
}

async function fillForm(page) {
  await page.getByRole('radio', { name: 'Defective product' }).click();
  await page.locator('#ticket_ticket_details').fill('Leaks at the base after two days.');
  await page.getByLabel('May be contacted about this').check({ force: true });
  await page.getByRole('button', { name: 'Save ticket' }).click();
}

test('a clerk turns a receipt into a ticket', async () => {
  const page = await programs.page({ width: 1024, height: 768 });
  await toForm(page);
  await page.getByRole('button', { name: 'Save ticket' }).click();
  await page.locator('.sf-field').getByText('Please fill this in').first().waitFor();
  await fillForm(page);
  code = (await page.getByTestId('ticket-code').textContent()).trim();
  assert.match(code, /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  await page.getByRole('button', { name: 'Print' }).click();
  await page.getByRole('button', { name: 'Printed' }).waitFor();
  const { printed } = await (await fetch(`${programs.tillUrl}/till/api/printed`)).json();
  assert.equal(printed.length, 1);
  await page.context().close();
});

test('a second ticket for the same receipt is made on purpose or not at all', async () => {
  const page = await programs.page({ width: 1024, height: 768 });
  await toForm(page);
  await fillForm(page);
  await page.getByRole('button', { name: 'Save a second one' }).waitFor();
  await page.getByRole('button', { name: `Open ${code}` }).click();
  await page.locator('.facts').getByText('Leaks at the base after two days.').waitFor();
  assert.equal((await programs.tillState()).status.quarantined, 0);
  await page.context().close();
});

test('the ticket survives the till', async () => {
  await programs.killTill();
  await programs.startTill();
  const page = await programs.page({ width: 1024, height: 768 });
  await page.goto(`${programs.tillUrl}/#/ticket/${code}`);
  await page.getByText('Leaks at the base after two days.').waitFor();
  await until('the ticket to be sent', async () => (await programs.tillState()).status.queue_depth === 0);
  await page.context().close();
});

test('somebody at the console works it and closes it', async () => {
  const page = await programs.page({ width: 1440, height: 900 });
  await page.goto(programs.consoleUrl);
  await page.getByLabel('Name').fill('hq');
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.locator('#search').fill(code);
  await page.keyboard.press('Enter');
  await page.locator('.matter').getByText('Leaks at the base after two days.').waitFor();
  await page.locator('.actions').getByRole('button', { name: /Start/ }).click();
  await page.locator('.actions').getByRole('button', { name: /Close/ }).click();
  await page.locator('.asking').getByLabel('How was it resolved?').click();
  await page.getByRole('option').first().click();
  await page.locator('.asking').getByLabel('Note').fill('Exchanged at the counter.');
  await page.locator('.asking').getByRole('button', { name: /Close/ }).click();
  await page.locator('.messages').getByText('Closed').waitFor();
  await page.locator('.heading .state-pill.closed').waitFor();
  await page.locator('.timeline').getByText('Exchanged at the counter.').first().waitFor();
  await page.context().close();
});

test('the till sees that it is closed, and no page had an error', async () => {
  const page = await programs.page({ width: 1024, height: 768 });
  await page.goto(`${programs.tillUrl}/#/ticket/${code}`);
  await page.locator('.page-title .state-pill.closed').waitFor();
  assert.deepEqual(programs.scriptErrors, []);
});

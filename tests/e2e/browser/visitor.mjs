// What a visitor of the tour does, from cutting the network to a closed ticket, with nothing but what is on the page.
import assert from 'node:assert/strict';

export class Visitor {
  constructor(page) {
    this.page = page;
    this.till = page.frameLocator('iframe[title="The till"]');
    this.desk = page.frameLocator('iframe[title="The console"]');
  }

  async arrive(url) {
    await this.page.goto(url);
    await this.till.locator('.tile').first().waitFor();
  }

  /** Until the line of steps says that it has really happened. */
  ticked = (title) => this.page.locator('.step-line li.done', { hasText: title }).waitFor();

  async cutTheNetwork() {
    await this.#flipTheNetwork();
    await this.ticked('Cut the network');
  }

  async scanAReceipt(index = 0) {
    const paper = this.page.locator('.counter li').nth(index);
    this.item = await paper.locator('.item > span').first().textContent();
    await paper.getByRole('button', { name: /^Scan the receipt of/ }).click();
    await this.till.locator('.line').first().waitFor();
  }

  async addATicket() {
    await this.till.locator('.line', { hasText: this.item }).locator('> button').first().click();
    await this.till.getByRole('button', { name: /^Next/ }).click();
    await this.till.getByRole('radio', { name: 'Defective product' }).click();
    await this.till.locator('#ticket_ticket_details').fill('Broken when it was unpacked at home.');
    await this.till.getByLabel('May be contacted about this').check({ force: true });
    await this.till.getByRole('button', { name: 'Save ticket' }).click();
    this.code = (await this.till.getByTestId('ticket-code').textContent()).trim();
    await this.ticked('Add a ticket');
  }

  async killTheTill() {
    await this.page.getByRole('button', { name: 'Kill the till' }).click();
    await this.page.locator('.screen .dead').waitFor();
    await this.ticked('Kill the till');
  }

  async startTheTill() {
    await this.page.getByRole('button', { name: 'Start it again' }).click();
    await this.till.getByText(this.code).waitFor();
    await this.ticked('Start it again');
  }

  async reconnect() {
    await this.#flipTheNetwork();
    await this.ticked('Reconnect');
    await this.page.locator('.phone .sms').first().waitFor();
    await this.ticked('Phone rings');
  }

  async signInAs(name) {
    await this.page.locator('.personas').getByText(name).first().click();
    await this.desk.locator('.tickets').getByText(this.code).waitFor();
  }

  async work() {
    await this.desk.locator('.tickets').getByText(this.code).click();
    await this.#atTheDesk('Start');
    await this.ticked('Start work');
  }

  async makeReady() {
    await this.#atTheDesk('Ready to collect');
    await this.ticked('Ready to collect');
  }

  async handOver() {
    await this.page.locator('.phone').getByRole('button', { name: 'Show the code at the till' }).click();
    await this.till.locator('.page-bar').getByText('Hand over').click();
    await this.till.locator('.page-bar').getByText('Hand over').click();
    await this.ticked('Hand over');
    await this.desk.locator('.timeline').getByText('Handed over').waitFor();
  }

  async close() {
    await this.#atTheDesk('Close');
    await this.desk.locator('.asking').getByLabel('How was it resolved?').click();
    await this.desk.getByRole('option').first().click();
    await this.desk.locator('.asking').getByLabel('Note').fill('Repaired and handed over.');
    await this.desk.locator('.asking').getByRole('button', { name: 'Close' }).click();
    await this.ticked('Close');
  }

  async startOver() {
    await this.page.getByRole('button', { name: 'Start over' }).click();
    await this.page.locator('.step-line li.done').first().waitFor({ state: 'detached' });
    await this.till.locator('.tile').first().waitFor();
    assert.equal(await this.page.locator('.phone article').count(), 0);
  }

  #flipTheNetwork = () => this.page.locator('.control .mantine-Switch-track').click();
  #atTheDesk = (name) => this.desk.locator('.actions').getByRole('button', { name }).click();
}

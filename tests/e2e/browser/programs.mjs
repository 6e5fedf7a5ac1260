// The real programs of a browser test: ccms-server and a till of host-sim with the real plugin.
import path from 'node:path';
import { binaries, freeUrl, password, portOf, project, run, Stage, until } from './stage.mjs';

export { password, until } from './stage.mjs';
export const store = 'S001';
export const till = 'S001-T1';

const customers = [{
  id: 'C1001', name: 'Anna Michaelsen',
  identifiers: [{ type: 'mobile', value: '+491701234567' }, { type: 'card', value: '7001000100010001' }],
}];

/** A sale of yesterday, so that the claim is within every policy. */
function sales() {
  const at = new Date(Date.now() - 86_400_000).toISOString().slice(0, 19);
  return ['receipt,store,customer,at,product,description,quantity,amount',
    `R-1001,${store},C1001,${at},4006381333931,Kettle 1.7 l stainless steel,1,39.99`,
    `R-1001,${store},C1001,${at},4311501047163,Organic milk 3.8 % 1 l,6,8.34`, ''].join('\n');
}

const mapping = {
  format: 'csv', transaction_id: { column: 'receipt' }, store: { column: 'store' }, customer_id: { column: 'customer' },
  at: { column: 'at', time_zone: 'UTC' }, currency: { constant: 'EUR' }, type: { constant: 'sale' },
  line: { product_id: { column: 'product' }, description: { column: 'description' }, quantity: { column: 'quantity' }, amount: { column: 'amount' } },
};

export class Programs extends Stage {
  async start() {
    await this.open();
    this.consoleUrl = await freeUrl();
    this.tillUrl = await freeUrl();
    await this.#prepareServer();
    await this.startServer();
    await this.startTill();
    await this.#enrol();
    return this;
  }

  async tillState() {
    return (await fetch(`${this.tillUrl}/till/api/state`)).json();
  }

  async killTill() {
    await this.end(this.tillProcess, 'SIGKILL');
  }

  async startTill() {
    const config = await this.write('till.json', {
      plugin: binaries.plugin, data_folder: await this.subfolder('till-data'),
      server_url: this.consoleUrl, store, till, language: 'en', clerks: [{ id: 'mia', name: 'Mia Brandt' }],
      customers: [await this.write('customers.json', customers)], transactions: [{ file: await this.write('sales.csv', sales()), mapping }],
      listen: { address: '127.0.0.1', port: portOf(this.tillUrl) }, web_root: path.join(project, 'web/dist/till'),
    });
    this.tillProcess = this.spawn(binaries.hostSim, ['--config', config, 'serve']);
    await until('the till', () => this.tillState());
  }

  async startServer() {
    this.serverProcess = this.spawn(binaries.server, ['--config', this.serverConfig, 'serve']);
    await until('the server', async () => (await fetch(`${this.consoleUrl}/readyz`)).ok);
  }

  async stopServer() {
    await this.end(this.serverProcess, 'SIGTERM');
  }

  async #prepareServer() {
    this.serverConfig = await this.write('server.json', {
      data_folder: await this.subfolder('server-data'), public_url: this.consoleUrl, demo: true,
      http: { address: '127.0.0.1', port: portOf(this.consoleUrl), web_root: path.join(project, 'web/dist/console') },
    });
    this.ccms = (...args) => run(binaries.server, ['--config', this.serverConfig, ...args]);
    await this.ccms('migrate');
    await this.ccms('settings', 'publish', path.join(project, 'settings/sample-chain/settings.json'));
    const adding = this.ccms('user', 'add', 'hq', '--name', 'Headquarters', '--role', 'hq', '--password-stdin');
    adding.child.stdin.end(`${password}\n`);
    await adding;
  }

  async #enrol() {
    const { stdout } = await this.ccms('till', 'code', till);
    const code = stdout.trim().split('\n').at(-1);
    await fetch(`${this.tillUrl}/till/api/call/enrol`, { method: 'POST', body: JSON.stringify({ code }) });
    await until('the enrolment and its settings', async () => {
      const { status } = await this.tillState();
      return status.enrolled && status.settings_version > 0;
    });
  }
}

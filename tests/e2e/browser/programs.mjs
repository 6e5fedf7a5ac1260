// The real programs of a browser test: ccms-server, a till of host-sim with the real plugin, and Chromium. Each on a port
// and in a folder of its own; stop() ends exactly what start() began.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const project = path.resolve(import.meta.dirname, '../../..');
const { chromium } = createRequire(path.join(project, 'web/package.json'))('playwright-core');
const run = promisify(execFile);
const build = process.env.CCMS_BUILD ?? path.join(project, 'build/dev');
const binaries = {
  server: process.env.CCMS_SERVER ?? path.join(build, 'bin/ccms-server'),
  hostSim: process.env.CCMS_HOST_SIM ?? path.join(build, 'bin/host-sim'),
  plugin: process.env.CCMS_PLUGIN ?? path.join(build, 'lib/libccms_plugin.so'),
};

export const store = 'S001';
export const till = 'S001-T1';
export const password = 'browser-test-password';

const customers = [{
  id: 'C1001', name: 'Anna Michaelsen',
  identifiers: [{ type: 'mobile', value: '+491701234567' }, { type: 'card', value: '7001000100010001' }],
}];

/** A sale of yesterday, so that the claim is within every policy. */
function sales() {
  const at = new Date(Date.now() - 86_400_000).toISOString();
  return ['receipt,store,customer,at,product,description,quantity,amount',
    `R-1001,${store},C1001,${at},4006381333931,Kettle 1.7 l stainless steel,1,39.99`,
    `R-1001,${store},C1001,${at},4311501047163,Organic milk 3.8 % 1 l,6,8.34`, ''].join('\n');
}

const mapping = {
  format: 'csv', transaction_id: { column: 'receipt' }, store: { column: 'store' }, customer_id: { column: 'customer' },
  at: { column: 'at', time_zone: 'Europe/Berlin' }, currency: { constant: 'EUR' }, type: { constant: 'sale' },
  line: { product_id: { column: 'product' }, description: { column: 'description' }, quantity: { column: 'quantity' }, amount: { column: 'amount' } },
};

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Asks until the answer is there; a program that cannot be reached yet is not an answer. */
export async function until(what, ask, milliseconds = 20_000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer) return answer;
    assert.ok(Date.now() < end, `waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export class Programs {
  #children = [];

  async start() {
    this.folder = await mkdtemp(path.join(tmpdir(), 'ccms-browser-'));
    this.consoleUrl = `http://127.0.0.1:${await freePort()}`;
    this.tillUrl = `http://127.0.0.1:${await freePort()}`;
    await this.#prepareServer();
    await this.startServer();
    await this.startTill();
    await this.#enrol();
    this.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
    return this;
  }

  async stop() {
    await this.browser?.close();
    await Promise.all(this.#children.map((child) => this.#end(child, 'SIGTERM')));
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A page that fails the test when its scripts fail, or when the content security policy stops one. */
  async page(size) {
    const context = await this.browser.newContext({ viewport: size, locale: 'en-GB' });
    const page = await context.newPage();
    this.scriptErrors ??= [];
    page.on('pageerror', (error) => this.scriptErrors.push(error.message));
    page.on('console', (message) => /Content Security Policy/.test(message.text()) && this.scriptErrors.push(message.text()));
    page.setDefaultTimeout(20_000);
    this.lastPage = page;
    return page;
  }

  /** What the page showed when a test failed, for people: in the folder CCMS_PICTURES, if one is named. */
  async picture(name) {
    const folder = process.env.CCMS_PICTURES;
    if (folder && this.lastPage && !this.lastPage.isClosed()) await this.lastPage.screenshot({ path: path.join(folder, `${name}.png`) });
  }

  async tillState() {
    return (await fetch(`${this.tillUrl}/till/api/state`)).json();
  }

  async killTill() {
    await this.#end(this.tillProcess, 'SIGKILL');
  }

  async startTill() {
    const config = await this.#write('till.json', {
      plugin: binaries.plugin, data_folder: await this.#subfolder('till-data'),
      server_url: this.consoleUrl, store, till, language: 'en', clerks: [{ id: 'mia', name: 'Mia Brandt' }],
      customers: [await this.#write('customers.json', customers)], transactions: [{ file: await this.#write('sales.csv', sales()), mapping }],
      listen: { address: '127.0.0.1', port: Number(new URL(this.tillUrl).port) }, web_root: path.join(project, 'web/dist/till'),
    });
    this.tillProcess = this.#spawn(binaries.hostSim, ['--config', config, 'serve']);
    await until('the till', () => this.tillState());
  }

  async startServer() {
    this.serverProcess = this.#spawn(binaries.server, ['--config', this.serverConfig, 'serve']);
    await until('the server', async () => (await fetch(`${this.consoleUrl}/readyz`)).ok);
  }

  async stopServer() {
    await this.#end(this.serverProcess, 'SIGTERM');
  }

  async #prepareServer() {
    this.serverConfig = await this.#write('server.json', {
      data_folder: await this.#subfolder('server-data'), public_url: this.consoleUrl, demo: true,
      http: { address: '127.0.0.1', port: Number(new URL(this.consoleUrl).port), web_root: path.join(project, 'web/dist/console') },
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

  #spawn(program, args) {
    const child = spawn(program, args, { stdio: 'ignore' });
    child.ended = new Promise((resolve) => child.once('exit', resolve));
    this.#children.push(child);
    return child;
  }

  async #end(child, signal) {
    child.kill(signal);
    await child.ended;
  }

  async #subfolder(name) {
    const folder = path.join(this.folder, name);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  async #write(name, content) {
    const file = path.join(this.folder, name);
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  }
}

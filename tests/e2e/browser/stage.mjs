// What every browser test stands on: programs in a folder and on ports of their own, and Chromium. stop() ends exactly what
// was started here.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

export const project = path.resolve(import.meta.dirname, '../../..');
export const { chromium } = createRequire(path.join(project, 'web/package.json'))('playwright-core');
export const run = promisify(execFile);
export const build = process.env.CCMS_BUILD ?? path.join(project, 'build/dev');
export const binaries = {
  server: process.env.CCMS_SERVER ?? path.join(build, 'bin/ccms-server'),
  hostSim: process.env.CCMS_HOST_SIM ?? path.join(build, 'bin/host-sim'),
  plugin: process.env.CCMS_PLUGIN ?? path.join(build, 'lib/libccms_plugin.so'),
};
export const password = 'browser-test-password';

export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** An address of this machine that nobody uses. */
export async function freeUrl() {
  return `http://127.0.0.1:${await freePort()}`;
}

export const portOf = (url) => Number(new URL(url).port);

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

export class Stage {
  scriptErrors = [];
  #children = [];

  async open() {
    this.folder = await mkdtemp(path.join(tmpdir(), 'ccms-browser-'));
    this.browser = await launchBrowser();
  }

  async stop() {
    await this.browser?.close();
    await Promise.all(this.#children.map((child) => this.end(child, 'SIGTERM')));
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A page that fails the test when its scripts fail, or when the content security policy stops one. */
  async page(size) {
    const context = await this.browser.newContext({ viewport: size, locale: 'en-GB', timezoneId: 'Europe/Berlin' });
    const page = await context.newPage();
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

  spawn(program, args, options = {}) {
    const child = spawn(program, args, { stdio: 'ignore', ...options });
    child.ended = new Promise((resolve) => child.once('exit', resolve));
    this.#children.push(child);
    return child;
  }

  async end(child, signal) {
    child.kill(signal);
    await child.ended;
  }

  async subfolder(name) {
    const folder = path.join(this.folder, name);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  async write(name, content) {
    const file = path.join(this.folder, name);
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  }
}

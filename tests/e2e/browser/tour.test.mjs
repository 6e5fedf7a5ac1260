// The tour of scripts/demo, walked through by a visitor: the configuration that is shipped, on ports of its own.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { binaries, build, freeUrl, password, portOf, project, run, Stage, until } from './stage.mjs';
import { Visitor } from './visitor.mjs';

class TourStage extends Stage {
  async start() {
    await this.open();
    this.url = await freeUrl();
    const [server, till] = [await freeUrl(), await freeUrl()];
    const sample = await this.subfolder('sample');
    await run(path.join(build, 'bin/ccms-sample'), ['--output', sample, '--until', new Date().toISOString().slice(0, 10), '--speech', 'english']);
    await this.write('server.json', {
      data_folder: 'server-data', public_url: server, demo: true,
      http: { address: '127.0.0.1', port: portOf(server), web_root: path.join(project, 'web/dist/console') },
    });
    const config = JSON.parse(await readFile(path.join(project, 'host-sim/scenarios/tour.json'), 'utf8'));
    config.server.url = config.console_url = server;
    config.till_url = till;
    config.till.listen.port = portOf(till);
    config.till.plugin = binaries.plugin;
    config.port = portOf(this.url);
    this.program = this.spawn(binaries.hostSim, ['--config', await this.write('tour.json', config), 'tour'], {
      env: {
        ...process.env, CCMS_BUILD: build, CCMS_RUN: this.folder, CCMS_SAMPLE: sample, CCMS_WEB: path.join(project, 'web/dist'),
        CCMS_PREPARE: path.join(project, 'scripts/lib/prepare_sample_server'), CCMS_DEMO_PASSWORD: password,
      },
    });
    await until('the tour', () => this.state(), 120_000);
  }

  state = async () => (await fetch(`${this.url}/tour/api/state`)).json();
}

const stage = new TourStage();
let visitor;

before(() => stage.start());
afterEach(({ name, passed }) => passed || stage.picture(name.replaceAll(/\W+/g, '-')));
after(() => stage.stop());

/** The processes that the tour has started and that still run. */
async function startedByTheTour() {
  const found = [];
  for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(parent) === stage.program.pid && state !== 'Z') found.push(id);
  }
  return found;
}

test('four receipts of different members lie on the counter, and each can be scanned', async () => {
  const { receipts } = await stage.state();
  assert.equal(receipts.length, 4);
  assert.equal(new Set(receipts.map(({ customer }) => customer)).size, 4);
  visitor = new Visitor(await stage.page({ width: 1440, height: 900 }));
  await visitor.arrive(stage.url);
  for (const [index, receipt] of receipts.entries()) {
    await visitor.scanAReceipt(index);
    await visitor.till.locator('.line').getByText(receipt.items[0], { exact: true }).first().waitFor();
  }
});

test('a ticket is made without a network and survives the till', async () => {
  await visitor.cutTheNetwork();
  await visitor.scanAReceipt();
  await visitor.addATicket();
  await visitor.killTheTill();
  assert.equal((await stage.state()).till, 'dead');
  await visitor.startTheTill();
  assert.equal((await stage.state()).ticket.queue_depth, 1);
});

test('back on the network it reaches the department and the customer', async () => {
  await visitor.reconnect();
  await visitor.signInAs('Repairs');
  await visitor.work();
  await visitor.makeReady();
  await visitor.handOver();
  await visitor.close();
  const { steps } = await stage.state();
  assert.deepEqual(steps.filter(({ done }) => !done), []);
});

test('it starts over from the beginning, and no page had an error', async () => {
  await visitor.startOver();
  const { steps, messages, ticket } = await stage.state();
  assert.deepEqual(steps.filter(({ done }) => done), []);
  assert.deepEqual(messages, []);
  assert.equal(ticket, undefined);
  assert.deepEqual(stage.scriptErrors, []);
});

test('Ctrl-C ends it and everything that it started', async () => {
  await visitor.page.context().close();
  const children = await startedByTheTour();
  assert.equal(children.length, 2, 'a server and a till');
  stage.program.kill('SIGINT');
  await stage.program.ended;
  assert.equal(stage.program.exitCode, 0);
  for (const id of children) await assert.rejects(readFile(`/proc/${id}/stat`), { code: 'ENOENT' });
});

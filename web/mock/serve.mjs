// node mock/serve.mjs [--port N] [--tickets N]: the built screens in front of invented programs, to look at them.
// Till at port N, console at N+1, tour at N+2: each at the root, as in real life.
import { createServer as createHttp } from 'node:http';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { webRoot } from '../tools/vite.mjs';
import { createServer } from './server.mjs';
import { createStore, seed } from './store.mjs';
import { createTill } from './till.mjs';
import { createTour } from './tour.mjs';

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.svg': 'image/svg+xml' };
const policy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-src *; frame-ancestors *";

export async function serve({ port = 5600, tickets = 40 } = {}) {
  const store = createStore();
  seed(store, tickets);
  const urls = { till: `http://127.0.0.1:${port}/`, console: `http://127.0.0.1:${port + 1}/` };
  const handlers = { till: createTill(store), console: createServer(store), tour: createTour(store, urls) };
  const servers = await Promise.all(Object.entries(handlers).map(([app, handle], index) => listen(app, handle, port + index, store)));
  return { store, close: () => servers.forEach((server) => server.close()) };
}

function listen(app, handle, port, store) {
  const server = createHttp(async (request, response) => {
    const url = new URL(request.url, `http://127.0.0.1:${port}`);
    if (app === 'till' && store.dead) return request.socket.destroy();
    if (!/^\/(till\/api|api|tour\/api)\//.test(url.pathname)) return asset(app, url.pathname, response);
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
    const reply = handle(request.method, url, body);
    response.writeHead(reply.status, { 'Content-Type': reply.status >= 400 ? 'application/problem+json' : 'application/json' });
    response.end(reply.body === undefined ? undefined : JSON.stringify(reply.body));
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

async function asset(app, name, response) {
  const file = path.join(webRoot, 'dist', app, path.extname(name) === '' ? 'index.html' : path.normalize(name));
  try {
    const data = await readFile(file);
    response.writeHead(200, { 'Content-Type': types[path.extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': policy });
    response.end(data);
  } catch {
    response.writeHead(404).end();
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { values } = parseArgs({ options: { port: { type: 'string' }, tickets: { type: 'string' } } });
  const port = Number(values.port ?? 5600);
  await serve({ port, tickets: Number(values.tickets ?? 40) });
  console.log(`till http://127.0.0.1:${port}/  console http://127.0.0.1:${port + 1}/  tour http://127.0.0.1:${port + 2}/`);
}

// SPDX-License-Identifier: BSL-1.0
// usage: node pages.mjs PROJECT
// Opens in headless Chromium what Vite has built there, under a strict Content-Security-Policy, and a page from file://.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const project = resolve(process.argv[2]);
const types = { '.html': 'text/html', '.js': 'text/javascript' };
const told = new EventEmitter(); // what the pages say, by POST
const server = createServer((request, answer) => {
  if (request.method === 'POST') {
    request.setEncoding('utf8').on('data', text => told.emit('said', text)).on('end', () => answer.end());
    return;
  }
  const path = join(project, 'vite/dist', request.url === '/' ? 'index.html' : request.url);
  if (!existsSync(path)) {
    answer.writeHead(404).end();
    return;
  }
  answer.writeHead(200, {
    'Content-Type': types[extname(path)] ?? 'application/octet-stream',
    'Content-Security-Policy':
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'",
  }).end(readFileSync(path));
});
await new Promise(listening => server.listen(0, '127.0.0.1', listening));
const origin = `http://127.0.0.1:${server.address().port}/`;

/** What a page says. */
async function saidBy(url) {
  const profile = mkdtempSync(join(tmpdir(), 'metapatch-chromium-'));
  const chromium = spawn('chromium', ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run',
    `--user-data-dir=${profile}`, url], { stdio: 'ignore' });
  const ended = once(chromium, 'exit');
  try {
    const [text] = await once(told, 'said', { signal: AbortSignal.timeout(120_000) });
    return text;
  } finally {
    chromium.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
try {
  assert.equal(await saidBy(origin), '[{"a":1,"b":2},{"a":1,"b":2},"{\\"a\\":1,\\"c\\":3}"]');
  assert.equal(await saidBy(`${pathToFileURL(join(project, 'page.html')).href}?${origin}`), '{"a":1,"b":2}');
  console.log('pages: what Vite has built, with a worker, under a strict policy; and one from file://');
} finally {
  server.close();
}

// SPDX-License-Identifier: BSL-1.0
// A folder over HTTP under a strict Content-Security-Policy, and what pages in headless browsers say by POST.

import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';

const types = {
  '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
};
const strict = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";

/**
 * Serves a folder, each file with a Content-Security-Policy; `said` gets what is posted.
 * @returns {Promise<{ origin: string, close: () => void }>}
 */
export async function serverOf(folder, policy, said = () => {}) {
  const server = createServer((request, answer) => {
    if (request.method === 'POST') {
      let text = '';
      request.setEncoding('utf8').on('data', part => { text += part; }).on('end', () => { said(text); answer.end(); });
      return;
    }
    const path = join(folder, request.url === '/' ? 'index.html' : request.url);
    if (!existsSync(path)) {
      answer.writeHead(404).end();
      return;
    }
    answer.writeHead(200, {
      'Content-Type': types[extname(path)] ?? 'application/octet-stream', 'Content-Security-Policy': policy,
    }).end(readFileSync(path));
  });
  await new Promise(listening => server.listen(0, '127.0.0.1', listening));
  return { origin: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** How each is started, without a window and with a profile of its own. */
const browsers = {
  chromium: profile =>
    ['chromium', '--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', `--user-data-dir=${profile}`],
  firefox: profile => ['firefox', '--headless', '--no-remote', '--new-instance', '--profile', profile],
};

/**
 * A folder that is served, and what a page of it, or from elsewhere, says in a browser that is started for it.
 * @param {'chromium' | 'firefox'} browser
 * @returns {Promise<{ origin: string, saidBy: (url: string) => Promise<string>, close: () => void }>}
 */
export async function browserOn(folder, browser) {
  const told = new EventEmitter();
  const { origin, close } = await serverOf(folder, strict, text => told.emit('said', text));

  async function saidBy(url) {
    const profile = mkdtempSync(join(tmpdir(), `metapatch-${browser}-`));
    const [program, ...options] = browsers[browser](profile);
    const running = spawn(program, [...options, url], { stdio: 'ignore' });
    const ended = once(running, 'exit');
    try {
      const [text] = await once(told, 'said', { signal: AbortSignal.timeout(300_000) });
      return text;
    } finally {
      running.kill();
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    }
  }
  return { origin, saidBy, close };
}

// SPDX-License-Identifier: BSL-1.0
// Chromium, and a site with the pages that it opens: another origin than that of the server.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import path from 'node:path';

import { build } from 'esbuild';
import { chromium } from 'playwright-core';

import { beside } from './support.mjs';

const types = { '.html': 'text/html', '.js': 'text/javascript', '.svg': 'image/svg+xml' };
const logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4"/></svg>';

/// The auth0.js that Lock brings says that it is an ES module; this file of it is.
const auth0OfLock = {
  name: 'auth0.js of Lock',
  setup: (bundle) => bundle.onResolve({ filter: /^auth0-js$/ }, () => (
    { path: beside('node_modules/auth0-lock/node_modules/auth0-js/dist/auth0.min.esm.js') })),
};

/// Lock as one script.
async function bundledLock() {
  const { outputFiles } = await build({
    stdin: { contents: "window.Auth0Lock = require('auth0-lock').Auth0Lock;", resolveDir: beside('.') },
    bundle: true, write: false, minify: true, format: 'iife', platform: 'browser', logLevel: 'error',
    plugins: [auth0OfLock], define: { global: 'window', 'process.env.NODE_ENV': '"production"' },
  });
  return outputFiles[0].text;
}

export async function openBrowser() {
  const files = new Map([
    ['/auth0.js', await readFile(beside('node_modules/auth0-js/dist/auth0.min.js'), 'utf8')],
    ['/lock.js', await bundledLock()],
    ['/logo.svg', logo],
  ]);
  const site = createServer(async ({ url }, answer) => {
    const { pathname } = new URL(url, 'http://localhost');
    const text = files.get(pathname) ??
      await readFile(path.join(beside('pages'), path.basename(pathname)), 'utf8').catch(() => undefined);
    answer.writeHead(text === undefined ? 404 : 200, { 'Content-Type': types[path.extname(pathname)] ?? 'text/plain' });
    answer.end(text);
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost'],
  });
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 900, height: 1000 } });
  context.setDefaultTimeout(30_000);
  const origin = `http://localhost:${site.address().port}`;
  return {
    origin,
    async open(name, parameters = {}) {
      const page = await context.newPage();
      await page.goto(`${origin}/${name}?${new URLSearchParams(parameters)}`);
      return page;
    },
    async close() {
      await browser.close();
      site.close();
    },
  };
}

/// Where a screenshot goes.
export const screenshot = (name) => (
  { path: path.join(process.env.SCREENSHOTS, `${name}.png`), animations: 'disabled' });

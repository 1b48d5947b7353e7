// SPDX-License-Identifier: BSL-1.0
// The playground in headless Chromium, over HTTP under a strict Content-Security-Policy or from a file, and what a
// person does there.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { serverOf } from './browsers.mjs';

export const build = fileURLToPath(new URL('../../build/javascript/', import.meta.url));
const tools = createRequire(`${build}playground-tools/`);
export const axe = readFileSync(tools.resolve('axe-core/axe.min.js'), 'utf8');

const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'";
const server = await serverOf(`${build}playground`, policy);
export const places = [server.origin, pathToFileURL(`${build}playground/`).href];

const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
const args = ['--no-sandbox', '--disable-gpu', '--no-first-run'];
const browser = await tools('playwright-core').chromium.launch({ executablePath, args });
export async function end() {
  await browser.close();
  server.close();
}

/** What no page may do: errors, what the policy refuses, requests of anything but the page's own files. */
export const wrong = [];
const FILES = 'index.html playground.css icon.svg metapatch.global.js playground.js vectors.js'.split(' ');

export async function opened(fragment = '', { from = server.origin, colorScheme = 'light', prepared } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme });
  context.setDefaultTimeout(30_000);
  await prepared?.(context);
  const page = await context.newPage();
  page.on('pageerror', error => wrong.push(error.stack));
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') wrong.push(message.text());
  });
  page.on('request', request => {
    const [url] = request.url().split('#');
    if (request.method() !== 'GET' || !FILES.some(file => url === `${from}${file}`)) wrong.push(`request: ${url}`);
  });
  await page.goto(`${from}index.html#${fragment}`);
  await page.waitForSelector('html[data-ready]');
  return page;
}

export const closed = page => page.context().close();
export const verdict = page => page.textContent('#verdict');

/** Types a text over all that an editor has. */
export async function typed(page, editor, text) {
  await page.click(`#${editor} .cm-content`);
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

/** What is marked in an editor, as soon as there are as many marks. */
export async function marked(page, editor, expected) {
  const marks = '.cm-lintRange-error';
  await page.waitForFunction(
    ([id, which, count]) => document.querySelector(`#${id} .host`).shadowRoot.querySelectorAll(which).length === count,
    [editor, marks, expected.length],
  );
  assert.deepEqual(await page.locator(`#${editor} ${marks}`).allTextContents(), expected);
}

/** The fragment when it has been written, which it is where nobody types for a while. */
export const fragmentIn = page =>
  page.evaluate(() => new Promise(done => setTimeout(() => done(location.hash.slice(1)), 400)));

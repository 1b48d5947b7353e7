// SPDX-License-Identifier: BSL-1.0
// usage: node pages.mjs PROJECT
// Opens in headless Chromium what Vite has built there, under a strict Content-Security-Policy, and a page from file://.

import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromiumOn } from './chromium.mjs';

const project = resolve(process.argv[2]);
const { origin, saidBy, close } = await chromiumOn(join(project, 'vite/dist'));
try {
  assert.equal(await saidBy(origin), '[{"a":1,"b":2},{"a":1,"b":2},"{\\"a\\":1,\\"c\\":3}"]');
  assert.equal(await saidBy(`${pathToFileURL(join(project, 'page.html')).href}?${origin}`), '{"a":1,"b":2}');
  console.log('pages: what Vite has built, with a worker, under a strict policy; and one from file://');
} finally {
  close();
}

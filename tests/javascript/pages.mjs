// SPDX-License-Identifier: BSL-1.0
// usage: node pages.mjs PROJECT
// Opens in headless Chromium and Firefox what Vite has built there, under a strict Content-Security-Policy, and a page
// from file://.

import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { browserOn } from './browsers.mjs';

const project = resolve(process.argv[2]);
for (const browser of ['chromium', 'firefox']) {
  const { origin, saidBy, close } = await browserOn(join(project, 'vite/dist'), browser);
  try {
    assert.equal(await saidBy(origin), '[{"a":1,"b":2},{"a":1,"b":2},"{\\"a\\":1,\\"c\\":3}"]');
    assert.equal(await saidBy(`${pathToFileURL(join(project, 'page.html')).href}?${origin}`), '{"a":1,"b":2}');
    console.log(`${browser}: what Vite has built, with a worker, under a strict policy; and a page from file://`);
  } finally {
    close();
  }
}

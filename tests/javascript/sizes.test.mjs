// SPDX-License-Identifier: BSL-1.0
// What a page has to load: an entry and one of its modules, compressed by brotli. A budget, in bytes.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { folder } from './package.mjs';

const compressed = file => brotliCompressSync(readFileSync(folder + file),
  { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } }).length;

for (const [entry, module, budget] of [['index', 'full', 110_000], ['text', 'text', 55_000]]) {
  for (const kind of ['portable', 'simd']) {
    test(`${entry}.mjs and ${module}_${kind}.mjs are within ${budget} bytes`, () => {
      const bytes = compressed(`${entry}.mjs`) + compressed(`${module}_${kind}.mjs`);
      console.log(`${entry}, ${kind}: ${bytes} bytes compressed`);
      assert.ok(bytes <= budget, `${bytes} bytes`);
    });
  }
}

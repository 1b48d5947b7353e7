// SPDX-License-Identifier: BSL-1.0
// The package that is tested: what examples/javascript/build has made.

import { fileURLToPath } from 'node:url';

export const folder = fileURLToPath(new URL('../../build/javascript/package/', import.meta.url));
export const { load, policies, definePolicy } = await import(`${folder}index.mjs`);
export const { load: loadText } = await import(`${folder}text.mjs`);
export const { loadSync } = await import(`${folder}index_sync.mjs`);
/** Both modules of all of the library. */
export const both = [['portable', await load({ simd: false })], ['simd', await load({ simd: true })]];

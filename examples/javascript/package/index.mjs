// SPDX-License-Identifier: BSL-1.0
import { metapatchOf } from './api.mjs';
import { asksForSimd, bytesOf } from './loading.mjs';

export { definePolicy, policies } from './policy.mjs';

/** Loads the module that this engine runs fastest, or the one that is asked for. */
export async function load(options) {
  const { default: carried } = asksForSimd(options) ? await import('./full_simd.mjs') : await import('./full_portable.mjs');
  return metapatchOf(await WebAssembly.compile(bytesOf(carried)));
}

// SPDX-License-Identifier: BSL-1.0
import { textOnlyOf } from './text_api.mjs';
import { asksForSimd, bytesOf } from './loading.mjs';

export { definePolicy, policies } from './policy.mjs';

/** Loads the module that this engine runs fastest, or the one that is asked for. */
export async function load(options) {
  const { default: carried } = asksForSimd(options) ? await import('./text_simd.mjs') : await import('./text_portable.mjs');
  return textOnlyOf(await WebAssembly.compile(bytesOf(carried)));
}

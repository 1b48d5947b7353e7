// SPDX-License-Identifier: BSL-1.0
import { textOnlyOf } from './text_api.mjs';
import portable from './text_portable.mjs';
import simd from './text_simd.mjs';
import { asksForSimd, bytesOf } from './loading.mjs';

export { definePolicy, policies } from './policy.mjs';

/** The same as load, at once: both modules are part of this entry. */
export const loadSync = options => textOnlyOf(new WebAssembly.Module(bytesOf(asksForSimd(options) ? simd : portable)));

export const load = async options => textOnlyOf(await WebAssembly.compile(bytesOf(asksForSimd(options) ? simd : portable)));

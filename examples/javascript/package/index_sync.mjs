// SPDX-License-Identifier: BSL-1.0
import { metapatchOf } from './api.mjs';
import portable from './full_portable.mjs';
import simd from './full_simd.mjs';
import { asksForSimd, bytesOf } from './loading.mjs';

export { definePolicy, policies } from './policy.mjs';

/** The same as load, at once: both modules are part of this entry. */
export const loadSync = options => metapatchOf(new WebAssembly.Module(bytesOf(asksForSimd(options) ? simd : portable)));

export const load = async options => metapatchOf(await WebAssembly.compile(bytesOf(asksForSimd(options) ? simd : portable)));

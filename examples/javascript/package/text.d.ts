// SPDX-License-Identifier: BSL-1.0
import type { LoadOptions, TextFunctions } from './common.js';

export * from './common.js';

/** Loads what patches from text to text take, half as large as all of the library. */
export function load(options?: LoadOptions): Promise<TextFunctions>;

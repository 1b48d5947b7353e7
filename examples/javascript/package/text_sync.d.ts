// SPDX-License-Identifier: BSL-1.0
import type { LoadOptions, TextFunctions } from './common.js';

export * from './text.js';

/** The same as load, at once. */
export function loadSync(options?: LoadOptions): TextFunctions;

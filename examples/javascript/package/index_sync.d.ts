// SPDX-License-Identifier: BSL-1.0
import type { LoadOptions } from './common.js';
import type { Metapatch } from './index.js';

export * from './index.js';

/** The same as load, at once. */
export function loadSync(options?: LoadOptions): Metapatch;

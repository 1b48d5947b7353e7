// SPDX-License-Identifier: BSL-1.0
import { Instance } from './instance.mjs';
import { definePolicy, policies } from './policy.mjs';
import { textFunctions } from './text_functions.mjs';

/** What patches from text to text take, on a module of that alone. */
export const textOnlyOf = module =>
  Object.freeze({ ...textFunctions(new Instance(module)), policies, definePolicy });

// SPDX-License-Identifier: BSL-1.0
import { fieldFunctions } from './field_functions.mjs';
import { Instance } from './instance.mjs';
import { definePolicy, policies } from './policy.mjs';
import { requestFunctions } from './request_functions.mjs';
import { textFunctions } from './text_functions.mjs';

/** All of the library, on a module of it. */
export function metapatchOf(module) {
  const instance = new Instance(module);
  return Object.freeze({
    ...textFunctions(instance), ...fieldFunctions(instance), ...requestFunctions(instance), policies, definePolicy,
  });
}

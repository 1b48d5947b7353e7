// SPDX-License-Identifier: BSL-1.0
// Patches from text to text, on an instance: what `metapatch/text` is, and part of the rest.

import { policyOf } from './policy.mjs';
import { indexOfByte } from './utf8.mjs';

/** A text of the caller's: a string, or bytes; undefined is none. */
export function givenText(text, name) {
  if (text === undefined || typeof text === 'string' || text instanceof Uint8Array) return text;
  throw new TypeError(`${name} must be a string, a Uint8Array or undefined`);
}

export function givenOptions(options, place) {
  if (options === undefined) return {};
  if (options === null || typeof options !== 'object') throw new TypeError(`${place}: options must be an object`);
  return options;
}

export function givenFlag(value, name) {
  if (value !== undefined && typeof value !== 'boolean') throw new TypeError(`${name} must be true or false`);
  return value === true;
}

/** An answer of the module; where an error is in a string, its place there too. */
export function resultOf(answer, parse, texts) {
  const result = parse(answer);
  for (const { input, position } of result.violations ?? []) {
    const text = texts[input];
    if (position !== undefined && typeof text === 'string') position.index = indexOfByte(text, position.offset);
  }
  return result;
}

export function textFunctions(instance) {
  function applyText(policy, stored, patch, options) {
    const rules = policyOf(policy, 'applyText: policy');
    givenText(stored, 'applyText: stored');
    givenText(patch, 'applyText: patch');
    const trusted = options !== undefined && givenFlag(givenOptions(options, 'applyText').trusted, 'applyText: trusted');
    const asBytes = typeof (stored ?? patch) === 'object';
    const { value, answer } = instance.apply(rules, stored, patch, trusted, asBytes);
    return answer === undefined ? { ok: true, value } : resultOf(answer, JSON.parse, { stored, patch });
  }

  function validateText(policy, stored, patch) {
    const rules = policyOf(policy, 'validateText: policy');
    const [before, body] = [givenText(stored, 'validateText: stored'), givenText(patch, 'validateText: patch')];
    const { answer } = instance.apply(rules, before, body, false);
    return answer === undefined ? { ok: true } : resultOf(answer, JSON.parse, { stored, patch });
  }

  return { applyText, validateText };
}

// SPDX-License-Identifier: BSL-1.0
// What patches of a field do, undo and lose: each function for values, and with `Text` behind its name for texts.

import { policyOf } from './policy.mjs';
import { givenFlag, givenOptions, givenText, resultOf } from './text_functions.mjs';
import { textOf, Unreadable, withBigInts } from './values.mjs';

const MESSAGES = {
  number_out_of_range: 'the number is not finite',
  too_deep: 'nested too deep',
};

function givenPresence(presence, place) {
  if (presence !== undefined && presence !== 'exact' && presence !== 'either')
    throw new TypeError(`${place}: presence must be 'exact' or 'either'`);
  return presence === 'either' ? 1 : 0;
}

/** The operations of one form: how it takes documents, and how an answer is read. */
function form(suffix, take, asTexts) {
  return {
    name: operation => operation + suffix,
    asTexts,
    /** @returns {{ texts: object } | { refused: object }} */
    read(place, documents) {
      const texts = {};
      let refused;
      for (const [name, given] of Object.entries(documents)) {
        try {
          texts[name] = take(given, `${place}: ${name}`);
        } catch (error) {
          if (!(error instanceof Unreadable)) throw error;
          refused ??= { ...error, input: name };
        }
      }
      if (refused === undefined) return { texts };
      const message = (refused.pointer === '' ? '' : `${refused.pointer}: `) + MESSAGES[refused.code];
      return { refused: { ok: false, violations: [{ ...refused, message }] } };
    },
    parse: options => (!asTexts && givenFlag(options.bigint, 'bigint') ? withBigInts : JSON.parse),
  };
}

export const valueForm = form('', textOf, 0);
export const textForm = form('Text', givenText, 1);

/** `{ ok, bodies }` with the one body there is, if that is so. */
const withPatch = result => (result.ok && result.bodies.length === 1 ? { ...result, patch: result.bodies[0] } : result);

function fieldFunctionsOf(instance, { name, asTexts, read, parse }) {
  const ask = (operation, policy, documents, options, extra = []) => {
    const place = name(operation);
    const rules = policyOf(policy, `${place}: policy`);
    const asked = givenOptions(options, place);
    const either = givenPresence(asked.presence, place);
    const { texts, refused } = read(place, documents);
    if (refused !== undefined) return refused;
    const answer = instance.answer(operation, rules, [...Object.values(texts), ...extra], either, asTexts);
    return resultOf(answer, parse(asked), texts);
  };
  return {
    diff: (policy, from, to, options) => withPatch(ask('diff', policy, { from, to }, options)),

    compose(policy, patches, options) {
      if (!Array.isArray(patches)) throw new TypeError(`${name('compose')}: patches must be an array`);
      const named = Object.fromEntries(patches.map((patch, at) => [`patches/${at}`, patch]));
      return withPatch(ask('compose', policy, named, options));
    },

    inverse: (policy, stored, patch, options) => withPatch(ask('inverse', policy, { stored, patch }, options)),
    rebase: (policy, patch, onto, options) => withPatch(ask('rebase', policy, { patch, onto }, options)),
    conflicts: (policy, patch, other, options) => ask('conflicts', policy, { patch, other }, options),
    merge3: (policy, base, mine, theirs, options) => withPatch(ask('merge3', policy, { base, mine, theirs }, options)),
    losses: (policy, stored, patch, options) => ask('losses', policy, { stored, patch }, options),

    deepen(policy, stored, intent, options) {
      const place = name('deepen');
      if (intent === null || typeof intent !== 'object' || ('mergePatch' in intent) === ('jsonPatch' in intent))
        throw new TypeError(`${place}: intent must have either mergePatch or jsonPatch`);
      const [kind] = ['mergePatch', 'jsonPatch'].filter(each => each in intent);
      if (intent[kind] === undefined) throw new TypeError(`${place}: ${kind} must not be undefined`);
      const documents = { stored, mergePatch: intent.mergePatch, jsonPatch: intent.jsonPatch };
      return withPatch(ask('deepen', policy, documents, options));
    },

    advise(policy, stored, patch, options) {
      const { field } = givenOptions(options, name('advise'));
      if (field !== undefined && typeof field !== 'string')
        throw new TypeError(`${name('advise')}: field must be a string`);
      return ask('advise', policy, { stored, patch }, options, [field]);
    },

    size: stored => ask('size', 'first_level', { stored }),
  };
}

/** A function for each operation, in both forms. */
export const inBothForms = (instance, functionsOf) => Object.fromEntries([valueForm, textForm].flatMap(each =>
  Object.entries(functionsOf(instance, each)).map(([operation, run]) => [each.name(operation), run])));

export const fieldFunctions = instance => {
  /** As applyText and validateText, on values. */
  const onValues = (operation, policy, stored, patch, options) => {
    const rules = policyOf(policy, `${operation}: policy`);
    const asked = givenOptions(options, operation);
    const trusted = givenFlag(asked.trusted, `${operation}: trusted`);
    const { texts, refused } = valueForm.read(operation, { stored, patch });
    if (refused !== undefined) return refused;
    const { value, answer } = instance.apply(rules, texts.stored, texts.patch, trusted, false);
    if (answer !== undefined) return resultOf(answer, JSON.parse, {});
    if (operation === 'validate') return { ok: true };
    return { ok: true, value: value === undefined ? undefined : valueForm.parse(asked)(value) };
  };
  return {
    apply: (policy, stored, patch, options) => onValues('apply', policy, stored, patch, options),
    validate: (policy, stored, patch) => onValues('validate', policy, stored, patch),
    ...inBothForms(instance, fieldFunctionsOf),
  };
};

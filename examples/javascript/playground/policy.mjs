// SPDX-License-Identifier: BSL-1.0
// The rules of a policy in words, and the text of one that is edited.

import { element, number } from './dom.mjs';

const characters = text => [...text].map(each => (each === ' ' ? 'space' : each === '\t' ? 'tab' : each)).join(' ');

/** Letters and digits of a set of characters, short. */
function inWords(allowed) {
  const letters = /[A-Z]/.test(allowed) && /[a-z]/.test(allowed);
  const rest = allowed.replace(/[A-Za-z0-9]/g, '');
  return [letters && 'letters', /[0-9]/.test(allowed) && 'digits', characters(rest)].filter(Boolean).join(', ');
}

function sentencesOf({ merge, keys, limits, read }) {
  return [
    merge.depth === 0
      ? 'A body replaces the field'
      : merge.depth === null
        ? 'Bodies merge at every level'
        : `Bodies merge at ${merge.depth === 1 ? 'the first level' : `${merge.depth} levels`}`,
    merge.on_empty === 'merges'
      ? '{} changes nothing'
      : `{} clears, and leaves ${merge.cleared === 'empty' ? '{}' : 'nothing'}`,
    merge.on_null === 'clears' ? 'null for a body clears' : 'null for a body is refused',
    keys.allowed !== undefined
      ? `keys of ${inWords(keys.allowed)}`
      : keys.forbidden
        ? `no ${characters(keys.forbidden)} in keys`
        : undefined,
    keys.reserved.length > 0 ? `${keys.reserved.length} names are reserved` : undefined,
    keys.empty === 'refused' ? 'no empty key' : undefined,
    limits.max_members !== null ? `at most ${number(limits.max_members)} members` : undefined,
    limits.max_key_code_points !== null
      ? `keys of at most ${number(limits.max_key_code_points)} characters`
      : undefined,
    limits.values === 'any' ? undefined : `values are strings${limits.values === 'string' ? ', and never null' : ''}`,
    limits.max_value_code_points !== null ? `of at most ${number(limits.max_value_code_points)} characters` : undefined,
    limits.max_bytes !== null ? `at most ${number(limits.max_bytes)} bytes` : undefined,
    read.duplicates === 'rejected' ? 'no key twice' : undefined,
    `at most ${number(read.max_nesting)} levels of nesting`,
  ].filter(each => each !== undefined);
}

export const rulesOf = policy => sentencesOf(policy).map(each => element('li', {}, each));

/** What an editor begins with: all rules of a policy, in the schema of a policy file. */
export function definitionOf({ name, merge, keys, limits, read }) {
  return JSON.stringify({ name: `like ${name}`, extends: name, merge, keys, limits, read }, null, 2);
}

/**
 * The policy that a text defines.
 * @returns {{ policy: object } | { violations: object[] }} each with the place that it is about
 */
export function defined(metapatch, text) {
  const read = metapatch.validateText('rfc7396', undefined, text);
  if (!read.ok) return { violations: read.violations };
  try {
    return { policy: metapatch.definePolicy(JSON.parse(text)) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const message = error.message.replace(/^definePolicy: /, '');
    const [place] = /^[a-z_]+(\.[a-z_]+)?(?=[ :])/.exec(message) ?? [''];
    return { violations: [{ code: 'policy', pointer: place === '' ? '' : `/${place.replace('.', '/')}`, message }] };
  }
}

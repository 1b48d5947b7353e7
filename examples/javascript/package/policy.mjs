// SPDX-License-Identifier: BSL-1.0
// Policies as data, in the schema of a policy file: what no definition names is as in the one that it extends.

import builtIn from './policies.mjs';

const words = (...all) => ({ is: value => all.includes(value), what: all.map(word => `'${word}'`).join(' or '), all });
const integer = (from, to) => ({
  is: value => Number.isSafeInteger(value) && value >= from && value <= to,
  what: `a whole number from ${from}` + (to < Number.MAX_SAFE_INTEGER ? ` to ${to}` : ''),
});
const limit = (from = 0) => {
  const { is, what } = integer(from, Number.MAX_SAFE_INTEGER);
  return { is: value => value === null || is(value), what: `${what}, or null for no limit` };
};
const ascii = { is: value => typeof value === 'string' && /^[\0-\x7F]*$/.test(value), what: 'a string of ASCII characters' };
const names = {
  is: value => Array.isArray(value) && value.every(name => typeof name === 'string'), what: 'an array of strings',
};

const SCHEMA = {
  merge: {
    depth: limit(), on_empty: words('clears', 'merges'), on_null: words('rejected', 'clears'),
    cleared: words('empty', 'absent'),
  },
  keys: { forbidden: ascii, allowed: ascii, reserved: names, empty: words('admitted', 'refused') },
  limits: {
    max_members: limit(), max_key_code_points: limit(), values: words('any', 'string_or_null', 'string'),
    max_value_code_points: limit(), max_bytes: limit(),
  },
  read: { max_nesting: integer(1, 1024), duplicates: words('last_wins', 'rejected'), max_violations: limit(1) },
};

/** The policies of all entries, which know each other's. */
const known = globalThis[Symbol.for('metapatch.policies')] ??= new WeakSet();
const records = new WeakMap();

const isPlain = value => value !== null && typeof value === 'object' && !Array.isArray(value);
const frozen = value => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
};
const wrong = (place, what) => { throw new TypeError(`definePolicy: ${place} must be ${what}`); };

function checkSection(section, given) {
  if (!isPlain(given)) wrong(section, 'an object');
  for (const [name, value] of Object.entries(given)) {
    const rule = Object.hasOwn(SCHEMA[section], name) ? SCHEMA[section][name] : undefined;
    if (rule === undefined) throw new TypeError(`definePolicy: ${section}.${name} is no rule of a policy`);
    if (!rule.is(value)) wrong(`${section}.${name}`, rule.what);
  }
  if (section === 'keys' && 'forbidden' in given && 'allowed' in given)
    throw new TypeError('definePolicy: keys.forbidden and keys.allowed are both given; one of the two says all');
}

/** A definition with all that it does not say from the policy that it extends. */
function completed({ name, extends: base = 'first_level', ...sections }) {
  const from = policyOf(base, 'definePolicy: extends');
  const made = { name: name ?? from.name, extends: from.extends };
  for (const section of Object.keys(SCHEMA)) {
    const given = sections[section] ?? {};
    const inherited = { ...from[section] };
    if ('forbidden' in given) delete inherited.allowed;
    if ('allowed' in given) delete inherited.forbidden;
    made[section] = { ...inherited, ...structuredClone(given) };
  }
  return made;
}

function registered(policy) {
  known.add(frozen(policy));
  return policy;
}

/** All of Auth0's fields, and the three plain merges, by name. */
export const policies = Object.freeze(Object.fromEntries(builtIn.map(each => [each.name, registered(each)])));

/** A policy from what differs from another. A mistake is a TypeError that names it. */
export function definePolicy(definition) {
  if (!isPlain(definition)) wrong('the definition', 'an object');
  const { name, extends: base, ...sections } = definition;
  if (name !== undefined && typeof name !== 'string') wrong('name', 'a string');
  for (const section of Object.keys(sections)) {
    if (!Object.hasOwn(SCHEMA, section)) throw new TypeError(`definePolicy: ${section} is no part of a policy`);
    if (sections[section] !== undefined) checkSection(section, sections[section]);
  }
  return registered(completed(definition));
}

/** The policy of that name, or what definePolicy gave. */
export function policyOf(given, place) {
  if (typeof given === 'string' && Object.hasOwn(policies, given)) return policies[given];
  if (isPlain(given) && known.has(given)) return given;
  throw new TypeError(typeof given === 'string' ? `${place}: there is no policy '${given}'`
    : `${place} must be the name of a policy, or what definePolicy gives`);
}

/** What the module reads of a policy: see policy_record.hpp. */
export function recordOf(policy) {
  let record = records.get(policy);
  if (record === undefined) records.set(policy, record = made(policy));
  return record;
}

function made({ extends: base, merge, keys, limits, read }) {
  const UNLIMITED = 0xFFFFFFFF;
  const encoder = new TextEncoder();
  const bytes = [];
  const put = number => bytes.push(number & 255, number >>> 8 & 255, number >>> 16 & 255, number >>> 24);
  const count = value => put(value === null ? UNLIMITED : Math.min(value, UNLIMITED));
  const word = (section, name, value) => put(SCHEMA[section][name].all.indexOf(value));
  const string = text => {
    const encoded = encoder.encode(text);
    put(encoded.length);
    for (const byte of encoded) bytes.push(byte);
  };
  count(merge.depth);
  word('merge', 'on_empty', merge.on_empty);
  word('merge', 'on_null', merge.on_null);
  word('merge', 'cleared', merge.cleared);
  word('keys', 'empty', keys.empty);
  count(limits.max_members);
  count(limits.max_key_code_points);
  word('limits', 'values', limits.values);
  count(limits.max_value_code_points);
  count(limits.max_bytes);
  count(read.max_nesting);
  word('read', 'duplicates', read.duplicates);
  count(read.max_violations);
  put(base === 'auth0.app_metadata' ? 1 : 0);
  put('allowed' in keys ? 1 : 0);
  string(keys.allowed ?? keys.forbidden);
  put(keys.reserved.length);
  keys.reserved.forEach(string);
  return Uint8Array.from(bytes);
}

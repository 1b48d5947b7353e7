// SPDX-License-Identifier: BSL-1.0
// usage: node fuzz.mjs [SECONDS [SEED]]
// Texts and values at random through the border, on both modules: no input may end an instance, the two must answer the
// same, and where all is JSON the result must be that of plain JavaScript. Prints what it was asked where one is not so.

import assert from 'node:assert/strict';
import { both, definePolicy, policies } from './package.mjs';

const [seconds = 10, seed = 1] = process.argv.slice(2).map(Number);
const [[, portable], [, simd]] = both;

let state = seed >>> 0 || 1; // mulberry32
function random(below) {
  state = state + 0x6D2B79F5 | 0;
  let t = Math.imul(state ^ state >>> 15, 1 | state);
  t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
  return ((t ^ t >>> 14) >>> 0) % below;
}
const pick = list => list[random(list.length)];

const keys = ['a', 'b', 'c', '', 'a.b', '$x', 'é', '😀', 'user_id', 'blocked', 'a'.repeat(300), '__proto__', '/~'];
const scalars = [null, true, false, 0, -1, 1.5, 1e300, 2 ** 53, '', 'x', 'é€😀', '\\"', '\u0000', 'y'.repeat(600)];
const value = depth => {
  const kind = depth > 4 ? 0 : random(6);
  if (kind < 4) return pick(scalars);
  return kind === 4 ? Array.from({ length: random(4) }, () => value(depth + 1)) : object(depth + 1);
};
const object = depth => {
  const made = {};
  for (let count = random(6); count > 0; --count)
    Object.defineProperty(made, pick(keys), { value: value(depth), enumerable: true, configurable: true, writable: true });
  return made;
};
const pieces = ['{', '}', '[', ']', ',', ':', '"', '"a"', '\\', '\\u00', '\\ud800', 'null', 'true', '1e400', '-0', '1.10',
  '\uD800', '\uFEFF', '\n', ' ', '\t', '"x.y":1', '{}', '9'.repeat(40), '['.repeat(600), '😀', 'e', '.', '+'];

/** A text that is JSON, or nearly, or not at all; as a string or as bytes, or none. */
function text() {
  const kind = random(12);
  if (kind === 0) return undefined;
  let made = kind < 8 ? JSON.stringify(object(0)) : Array.from({ length: random(12) }, () => pick(pieces)).join('');
  if (kind === 7) made = made.slice(0, random(made.length + 1)) + pick(pieces) + made.slice(random(made.length + 1));
  if (random(3) > 0) return made;
  const bytes = new TextEncoder().encode(made);
  if (bytes.length > 0 && random(4) === 0) bytes[random(bytes.length)] = random(256);
  return bytes;
}

const named = Object.keys(policies);
const policy = () => (random(4) > 0 ? pick(named) : definePolicy({
  merge: { depth: pick([null, 0, 1, 2, 3]), on_empty: pick(['clears', 'merges']), on_null: pick(['rejected', 'clears']), cleared: pick(['empty', 'absent']) },
  keys: { forbidden: pick(['', '.', 'a']), reserved: pick([[], ['a', 'b']]), empty: pick(['admitted', 'refused']) },
  limits: { max_members: pick([null, 2]), max_bytes: pick([null, 20]), values: pick(['any', 'string', 'string_or_null']) },
  read: { max_nesting: pick([1, 2, 512, 1024]), duplicates: pick(['last_wins', 'rejected']), max_violations: pick([null, 1]) },
}));
const presence = () => ({ presence: pick(['exact', 'either']) });
const token = () => pick([undefined, { scopes: 'update:users create:users read:users' }, { scopes: ['update:current_user_metadata'], subject: 'x' }, { scopes: '' }]);
const request = given => ({ stored: given(), body: given() ?? (given === text ? '{}' : {}), userId: pick(['x', 'auth0|1', '', '\uD800']), token: token(), table: pick(['enforced', 'documented']) });

/** A call: the function's name and its arguments, with texts, or with values. */
function call() {
  const [given, suffix] = random(2) === 0 ? [text, 'Text'] : [() => (random(8) === 0 ? undefined : value(0)), ''];
  const two = name => [name + suffix, policy(), given(), given()];
  const whole = () => given() ?? '{}';
  return pick([
    () => two('apply'), () => two('apply'), () => two('validate'), () => [...two('diff'), presence()], () => [...two('inverse'), presence()],
    () => [...two('rebase'), presence()], () => two('conflicts'), () => two('losses'), () => [...two('advise'), { field: pick(keys) }],
    () => ['compose' + suffix, policy(), Array.from({ length: random(4) }, given), presence()],
    () => ['merge3' + suffix, policy(), given(), given(), given(), presence()],
    () => ['deepen' + suffix, policy(), given(), { [pick(['mergePatch', 'jsonPatch'])]: whole() }, presence()],
    () => ['size' + suffix, given()],
    () => [pick(['updateUser', 'createUser', 'viewUser', 'signup']) + suffix, request(given)],
    () => ['authorize' + suffix, { ...request(given), operation: pick(['PATCH /users/{id}', 'GET /users/{id}', 'x']) }],
    () => ['userinfo' + suffix, { user: given(), scopes: pick(['openid email', '']), claims: given() }],
    () => ['lockSignup' + suffix, { fields: given(), values: given(), form: given() }],
  ])();
}
/** Of arrays, what JSON Patches are made of. */
const outcome = (metapatch, [name, ...given]) => {
  try {
    return metapatch[name](...given);
  } catch (error) {
    if (error instanceof TypeError && /^\w+: /.test(error.message)) return { wrong: error.message }; // no JSON in a request
    throw error;
  }
};

/** The first level's merge in plain JavaScript. */
function checkAgainstPlain() {
  const [stored, patch] = [object(0), object(0)];
  const { ok, value: made } = portable.apply('first_level', stored, patch);
  const expected = Object.keys(patch).length === 0 ? {} : structuredClone(stored);
  for (const key of Object.keys(patch)) {
    if (patch[key] === null) delete expected[key];
    else Object.defineProperty(expected, key, { value: patch[key], enumerable: true, configurable: true, writable: true });
  }
  assert.ok(ok);
  assert.deepEqual(made, expected);
}

/** What is done to strings is what is done to their bytes, also where what is trusted is no JSON. */
function checkFormsAgree() {
  const encode = each => (each === undefined ? undefined : new TextEncoder().encode(each));
  const decode = each => (each instanceof Uint8Array ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(each) : each);
  const long = () => {
    const made = decode(text());
    if (made === undefined || decode(encode(made)) !== made) return '{}'; // half of a character is another matter
    return made.replaceAll(/:"[^"\\]*"/g, () => `:"${pick(['é', '€😀', 'x', '']).repeat(random(3000))}"`);
  };
  const asked = [policy(), long(), random(8) === 0 ? undefined : long(), { trusted: random(2) === 0 }];
  const [rules, stored, patch, options] = asked;
  const withoutIndex = ({ ok, value, omitted, violations }) => ({ ok, value, omitted,
    violations: violations?.map(({ position, ...each }) => ({ ...each, offset: position?.offset })) });
  const expected = withoutIndex(portable.applyText(rules, encode(stored), encode(patch), options));
  try {
    for (const body of [patch, encode(patch)])
      assert.deepEqual(withoutIndex(portable.applyText(rules, stored, body, options)), { ...expected, value: decode(expected.value) });
  } catch (error) {
    console.error('asked:', JSON.stringify(asked));
    throw error;
  }
}

let count = 0;
let accepted = 0;
for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
  for (let i = 0; i < 200; ++i, ++count) {
    const asked = call();
    try {
      const answer = outcome(portable, asked);
      assert.deepEqual(outcome(simd, asked), answer);
      if (answer.ok) ++accepted;
    } catch (error) {
      console.error('asked:', JSON.stringify(asked, (_, each) => (each instanceof Uint8Array ? [...each] : each)));
      throw error;
    }
    checkAgainstPlain();
    checkFormsAgree();
  }
}
console.log(`fuzz: ${count} calls, ${accepted} of them accepted, seed ${seed}`);
assert.ok(accepted > count / 10 && accepted < count * 9 / 10, 'hardly any call says anything');

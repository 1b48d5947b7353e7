// SPDX-License-Identifier: BSL-1.0
// A conformance driver that is itself an implementation of apply, validate and size, on what JavaScript makes of JSON:
// numbers are doubles, nothing is known of how they were written, and keys that look like integers come first.
//
//   metapatch-conformance run -- node example_driver.mjs

import { createInterface } from 'node:readline';

const MAX_NESTING = 512;
const MIB = 1024 * 1024;
const strings = { valueLength: 255, keyLength: 255 };
const session = { ...strings, replaces: true, cleared: 'absent', nullClears: true, members: 25, badKey: /[^\w-]/ };
const PROFILES = {
  'auth0.user_metadata': { badKey: /[.$]/, bytes: 16 * MIB },
  'auth0.app_metadata': {
    badKey: /[.$]/, bytes: 16 * MIB, cleared: 'absent',
    reserved: `__tenant _id blocked clientID created_at email_verified email globalClientID global_client_id identities
      lastIP lastLogin loginsCount metadata multifactor_last_modified multifactor updated_at user_id username`.split(/\s+/),
  },
  'auth0.client_metadata': { ...strings, members: 10, badKey: /[^A-Za-z0-9\t :,\-+=_*?"/\\()<>@]/ },
  'auth0.organization_metadata': { ...strings, replaces: true, cleared: 'absent', members: 25 },
  'auth0.connection_metadata': { ...strings, replaces: true, cleared: 'absent', members: 10 },
  'auth0.domain_metadata': { ...strings, members: 10 },
  'auth0.session_metadata': session,
  'auth0.refresh_token_metadata': session,
  'auth0.agent_metadata': { replaces: true, cleared: 'absent', nullClears: true, bytes: 10240 },
  'auth0.signup_user_metadata': {
    badKey: /[.$]/, replaces: true, members: 10, keyLength: 100, valueLength: 500, noNulls: true,
  },
};

const refuse = (...violations) => { throw { outcome: 'rejected', violations }; };
const violation = (code, pointer = '', limit) => ({ code, pointer, limit });
const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);
const token = key => '/' + String(key).replaceAll('~', '~0').replaceAll('/', '~1');
const length = text => [...text].length; // in code points

function tooDeep(text) {
  let depth = 0;
  for (let i = 0, inString = false; i < text.length; ++i) {
    const c = text[i];
    if (c === '\\') ++i;
    else if (c === '"') inString = !inString;
    else if (!inString && (c === '{' || c === '[') && ++depth > MAX_NESTING) return true;
    else if (!inString && (c === '}' || c === ']')) --depth;
  }
  return false;
}

/** The text of a case, if it has one: what JSON.parse takes too much of is refused here. */
function read(request, name) {
  const bytes = request[name + '_base64'];
  if (bytes === undefined && (request[name] ?? null) === null) return undefined;
  try {
    const text = bytes === undefined ? request[name]
      : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(bytes, 'base64'));
    if (tooDeep(text)) refuse(violation('too_deep', '', MAX_NESTING));
    const pairs = /\\u[dD][89abAB]..\\u[dD][c-fC-F]../g;
    if (/\\u[dD][89a-fA-F]/.test(text.replaceAll('\\\\', '').replace(pairs, ''))) throw new SyntaxError('a lone surrogate');
    return JSON.parse(text);
  } catch (error) {
    throw error.violations ? error : { outcome: 'rejected', violations: [violation('malformed_json')] };
  }
}

function* keyFaults(rules, value, pointer, level) {
  if (value === null || typeof value !== 'object') return;
  for (const [key, inside] of Object.entries(value)) {
    const place = pointer + token(key);
    if (isObject(value)) {
      if (rules.badKey?.test(key)) yield violation('invalid_key_character', place);
      if (level === 1 && rules.reserved?.includes(key)) yield violation('reserved_key', place);
      if (level === 1 && length(key) > rules.keyLength) yield violation('key_too_long', place, rules.keyLength);
    }
    if (!rules.valueLength) yield* keyFaults(rules, inside, place, level + 1);
    else if (inside === null ? rules.noNulls : typeof inside !== 'string') yield violation('invalid_value_type', place);
    else if (inside && length(inside) > rules.valueLength) yield violation('value_too_long', place, rules.valueLength);
  }
}

function mergePatch(target, patch) { // RFC 7396
  if (!isObject(patch)) return patch;
  const merged = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch))
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value));
  return Object.fromEntries(merged); // where __proto__ is a key like others
}

/** The field afterwards; undefined is an absent one. */
function patched({ profile, ...request }) {
  let stored = read(request, 'stored');
  if (profile === 'rfc7396') {
    const patch = read(request, 'patch');
    return patch === undefined ? stored : mergePatch(stored, patch);
  }
  const rules = PROFILES[profile];
  const tooMany = value => Object.keys(value).length > rules.members ? [violation('too_many_members', '', rules.members)] : [];
  let patch, refusal;
  try { patch = read(request, 'patch'); } catch (error) { refusal = error; }
  const isPatch = patch !== undefined || refusal;
  const clears = isPatch && !refusal && ((patch === null && rules.nullClears) || (isObject(patch) && !Object.keys(patch).length));
  if (stored !== undefined && !isObject(stored)) {
    if (!clears && !(isPatch && rules.replaces)) refuse(violation('expected_object'));
    stored = undefined;
  }
  if (refusal) throw refusal;
  if (!isPatch) return stored;
  if (clears) return rules.cleared === 'absent' ? undefined : {};
  if (!isObject(patch)) refuse(violation('expected_object'));
  const faults = [...tooMany(patch), ...keyFaults(rules, patch, '', 1)];
  if (faults.length) refuse(...faults);
  const merged = new Map(rules.replaces ? [] : Object.entries(stored ?? {}));
  for (const [key, value] of Object.entries(patch))
    if (value === null) merged.delete(key);
    else merged.set(key, value);
  const result = Object.fromEntries(merged);
  const late = tooMany(result);
  if (Buffer.byteLength(JSON.stringify(result)) > rules.bytes) late.push(violation('too_large', '', rules.bytes));
  if (late.length) refuse(...late);
  return result;
}

const OPS = {
  apply(request) {
    const value = patched(request);
    return value === undefined ? { outcome: 'ok', field: 'absent' }
      : { outcome: 'ok', field: 'present', value: JSON.stringify(value) };
  },
  validate: request => (patched(request), { outcome: 'ok' }),
  size(request) {
    const value = read(request, 'stored');
    return { outcome: 'ok', bytes: value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value)) };
  },
};

function answer(request) {
  try {
    return { id: request.id, ...OPS[request.op](request) };
  } catch (error) {
    return { id: request.id, ...(error.outcome ? error : { outcome: 'errored', message: String(error) }) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { cmd, seq, cases } = JSON.parse(line);
  if (cmd === 'stop') break;
  console.log(JSON.stringify(cmd === 'run' ? { seq, results: cases.map(answer) } : {
    protocol: 1, implementation: { name: 'example', version: '1', language: 'JavaScript' },
    profiles: [...Object.keys(PROFILES), 'rfc7396'], ops: Object.keys(OPS), lacks: ['lexemes', 'order', 'exact_numbers'],
  }));
}
process.stdin.destroy(); // else it would be waited for

// SPDX-License-Identifier: BSL-1.0
import assert from 'node:assert/strict';
import test from 'node:test';
import { both, definePolicy, loadSync, loadText, policies } from './package.mjs';

const user = 'auth0.user_metadata';
const app = 'auth0.app_metadata';
const [[, metapatch]] = both;
const codes = result => result.violations.map(({ code, pointer }) => `${code} ${pointer}`);

test('undefined is an absent field, and a body that does not name it; null is null, and {} clears', () => {
  assert.deepEqual(metapatch.apply(app, { a: 1 }, undefined), { ok: true, value: { a: 1 } });
  assert.deepEqual(metapatch.apply(app, undefined, undefined), { ok: true, value: undefined });
  assert.deepEqual(metapatch.apply(app, undefined, { a: null }), { ok: true, value: {} });
  assert.deepEqual(metapatch.apply(app, { a: 1 }, {}), { ok: true, value: undefined });
  assert.deepEqual(metapatch.apply(user, { a: 1 }, {}), { ok: true, value: {} });
  assert.deepEqual(codes(metapatch.apply(app, { a: 1 }, null)), ['expected_object ']);
  assert.deepEqual(metapatch.apply('auth0.session_metadata', { a: '1' }, null), { ok: true, value: undefined });
  assert.deepEqual(codes(metapatch.apply(app, null, { a: 1 })), ['expected_object ']);
});

test('members that are undefined are as if they were not there, as in JSON.stringify', () => {
  assert.deepEqual(metapatch.apply(user, { a: 1 }, { a: undefined, b: [undefined], c: () => 1 }).value, { a: 1, b: [null] });
  assert.deepEqual(metapatch.apply(user, { a: 1 }, { b: undefined }).value, {}); // it is {}, which clears
  assert.deepEqual(metapatch.apply(user, {}, { at: new Date(0), n: null, s: new String('x') }).value,
    { at: '1970-01-01T00:00:00.000Z', s: 'x' });
});

test('a number that is not finite is refused at its place: JSON.stringify would remove the member', () => {
  for (const number of [NaN, Infinity, -Infinity]) {
    const refused = metapatch.apply(user, { a: 1 }, { a: { '/~': [0, number] } });
    assert.deepEqual(codes(refused), ['number_out_of_range /a/~1~0/1']);
    assert.equal(refused.violations[0].input, 'patch');
  }
  assert.deepEqual(codes(metapatch.diff(user, {}, { a: NaN })), ['number_out_of_range /a']);
  assert.throws(() => metapatch.updateUser({ userId: 'x', body: { user_metadata: { a: NaN } } }),
    { name: 'TypeError', message: /^updateUser: body .*\/user_metadata\/a/ });
});

test('BigInts are exact integers, and come back as such where that is asked for', () => {
  const large = 2n ** 70n;
  const stored = { a: large, s: '12345678901234567890', n: 9007199254740993n, small: 5n };
  assert.deepEqual(metapatch.apply(user, stored, { b: -large }, { bigint: true }).value,
    { a: large, s: '12345678901234567890', n: 9007199254740993n, small: 5, b: -large });
  assert.equal(metapatch.apply(user, stored, { b: 1 }).value.a, Number(large));
  assert.deepEqual(metapatch.diff(user, { a: large }, { a: large + 1n }, { bigint: true }).patch, { a: large + 1n });
  assert.deepEqual(metapatch.diff(user, { a: large }, { a: large }).bodies, []);
  const tricky = { 'n123': ':', 'a"': '"', 'x:': 'n12345678901234567890', y: ['s', '\\', 'é"12345678901234567890"'] };
  assert.deepEqual(metapatch.apply(user, {}, tricky, { bigint: true }).value, tricky);
});

test('what is nested too deep, or holds itself, is refused and never overflows', () => {
  const nested = depth => { let value = 1; for (let i = 0; i < depth; ++i) value = [value]; return value; };
  assert.equal(metapatch.apply(user, {}, { a: nested(511) }).ok, true);
  assert.deepEqual(codes(metapatch.apply(user, {}, { a: nested(512) })), ['too_deep ']);
  assert.deepEqual(codes(metapatch.apply(user, {}, { a: nested(100_000) })), ['too_deep ']);
  const cyclic = {};
  cyclic.a = cyclic;
  assert.deepEqual(codes(metapatch.apply(user, {}, cyclic)), ['too_deep ']);
  assert.equal(metapatch.applyText(user, '{}', '{"a":' + '['.repeat(3_000_000)).violations[0].code, 'too_deep');
});

test('a refusal tells every violation: code, pointer, limit, what was found, and a message', () => {
  const refused = metapatch.apply(definePolicy({ limits: { max_members: 1 }, keys: { forbidden: '.' } }), {}, { 'a.b': 1, c: 2 });
  assert.deepEqual(refused.violations.map(({ code, pointer, limit, actual }) => [code, pointer, limit, actual]),
    [['too_many_members', '', 1, 2], ['invalid_key_character', '/a.b', undefined, undefined]]);
  assert.match(refused.violations[0].message, /limit 1/);
  assert.deepEqual(codes(metapatch.apply(definePolicy({ limits: { max_members: 1 } }), { a: 1 }, { b: 2 })), ['too_many_members ']);
  assert.equal(metapatch.apply(definePolicy({ limits: { max_members: 1 } }), { a: 1 }, { b: 2 }).violations[0].input, 'result');
});

test('a wrong argument is a TypeError that names it', () => {
  const wrong = (call, message) => assert.throws(call, error => error instanceof TypeError && message.test(error.message), String(message));
  wrong(() => metapatch.apply('auth0.none', {}, {}), /apply: policy: there is no policy 'auth0.none'/);
  wrong(() => metapatch.apply({ merge: {} }, {}, {}), /apply: policy must be/);
  wrong(() => metapatch.apply('toString', {}, {}), /apply: policy/);
  wrong(() => metapatch.apply(user, () => 1, {}), /apply: stored must be a JSON value/);
  wrong(() => metapatch.apply(user, {}, Symbol()), /apply: patch must be/);
  wrong(() => metapatch.apply(user, {}, {}, 3), /apply: options/);
  wrong(() => metapatch.apply(user, {}, {}, { trusted: 1 }), /apply: trusted/);
  wrong(() => metapatch.applyText(user, {}, '{}'), /applyText: stored/);
  wrong(() => metapatch.applyText(user, '{}', null), /applyText: patch/);
  wrong(() => metapatch.diffText(user, '{}', 1), /diffText: to/);
  wrong(() => metapatch.diff(user, {}, {}, { presence: 'maybe' }), /diff: presence/);
  wrong(() => metapatch.compose(user, {}), /compose: patches/);
  wrong(() => metapatch.deepen(user, {}, {}), /deepen: intent/);
  wrong(() => metapatch.deepen(user, {}, { mergePatch: undefined }), /deepen: mergePatch/);
  wrong(() => metapatch.updateUser({ body: {} }), /updateUser: userId/);
  wrong(() => metapatch.updateUser({ userId: 'x' }), /updateUser: body/);
  wrong(() => metapatch.updateUser({ userId: 'x', body: {}, token: {} }), /updateUser: token.scopes/);
  wrong(() => metapatch.viewUserText({ userId: 'x', fields: [1] }), /viewUserText: fields/);
  wrong(() => metapatch.authorize({}), /authorize: operation/);
  wrong(() => definePolicy(3), /definePolicy: the definition/);
  wrong(() => definePolicy({ limit: {} }), /definePolicy: limit is no part/);
  wrong(() => definePolicy({ limits: { max_member: 1 } }), /definePolicy: limits.max_member is no rule/);
  wrong(() => definePolicy({ limits: { max_members: -1 } }), /definePolicy: limits.max_members must be a whole number from 0/);
  wrong(() => definePolicy({ limits: { values: 'strings' } }), /definePolicy: limits.values must be 'any' or/);
  wrong(() => definePolicy({ read: { max_nesting: 1025 } }), /definePolicy: read.max_nesting .* to 1024/);
  wrong(() => definePolicy({ keys: { forbidden: 'é' } }), /definePolicy: keys.forbidden .*ASCII/);
  wrong(() => definePolicy({ keys: { forbidden: '.', allowed: 'a' } }), /both given/);
  wrong(() => definePolicy({ extends: 'nothing' }), /definePolicy: extends/);
  wrong(() => loadSync({ simd: 1 }), /load: simd/);
});

test('a policy is what differs from the one that it extends, and is data', () => {
  const mine = definePolicy({ name: 'mine', extends: app, merge: { cleared: 'empty' }, keys: { allowed: 'ab' } });
  assert.deepEqual(mine, { ...policies[app], name: 'mine', merge: { ...policies[app].merge, cleared: 'empty' },
    keys: { reserved: policies[app].keys.reserved, empty: 'admitted', allowed: 'ab' } });
  assert.ok(Object.isFrozen(mine.keys.reserved));
  assert.deepEqual(metapatch.apply(mine, { a: 1 }, {}).value, {});
  assert.deepEqual(codes(metapatch.apply(mine, {}, { c: 1, blocked: 2 })),
    ['invalid_key_character /c', 'invalid_key_character /blocked', 'reserved_key /blocked']);
  assert.deepEqual(metapatch.apply(definePolicy({ merge: { depth: null, on_empty: 'merges' } }), [1], 'x').value, 'x');
  assert.deepEqual(metapatch.apply(definePolicy({ merge: { depth: 2 } }), { a: { b: 1 } }, { a: { c: 2 } }).value, { a: { b: 1, c: 2 } });
  assert.deepEqual(metapatch.apply(definePolicy({ merge: { on_empty: 'merges' } }), { a: 1 }, {}).value, { a: 1 });
  assert.deepEqual(metapatch.apply(definePolicy({ merge: { on_null: 'clears' } }), { a: 1 }, null).value, {});
  assert.deepEqual(codes(metapatch.apply(definePolicy({ keys: { empty: 'refused' } }), {}, { '': 1 })), ['empty_key /']);
  assert.deepEqual(codes(metapatch.applyText(definePolicy({ read: { duplicates: 'rejected' } }), '{}', '{"a":1,"a":2}')), ['duplicate_key /a']);
  assert.deepEqual(codes(metapatch.apply(definePolicy({ limits: { values: 'string', max_value_code_points: 2, max_key_code_points: 1, max_bytes: 9 } }),
    {}, { a: 1, b: 'xyz', cd: '' })), ['invalid_value_type /a', 'value_too_long /b', 'key_too_long /cd']);
  assert.deepEqual(codes(metapatch.apply(definePolicy({ limits: { max_bytes: 6 } }), {}, { a: 12 })), ['too_large ']);
  assert.equal(metapatch.apply(definePolicy({ read: { max_violations: 2 }, keys: { forbidden: 'a' } }), {},
    { a: 1, aa: 1, aaa: 1 }).omitted, 1);
});

test('more policies than an instance keeps are forgotten, and known again', () => {
  const many = Array.from({ length: 200 }, (_, i) => definePolicy({ limits: { max_members: i } }));
  for (let round = 0; round < 3; ++round)
    many.forEach((policy, i) => assert.equal(metapatch.apply(policy, {}, Object.fromEntries(Array.from({ length: 5 }, (_, k) => [k, k]))).ok, i >= 5));
});

test('what patches do, undo, lose and disagree on', () => {
  assert.deepEqual(metapatch.diff(user, { a: 1, b: 2 }, { b: 3 }), { ok: true, bodies: [{ a: null, b: 3 }], patch: { a: null, b: 3 } });
  assert.deepEqual(metapatch.diff(user, { a: 1 }, { a: 1.0 }), { ok: true, bodies: [] });
  const impossible = metapatch.diff(user, { a: 1 }, undefined);
  assert.equal(impossible.impossible, true);
  assert.deepEqual(metapatch.diff(user, { a: 1 }, undefined, { presence: 'either' }).patch, { a: null });
  assert.deepEqual(metapatch.compose(user, [{ a: 1 }, undefined, { b: 2, a: null }]).patch, { a: null, b: 2 });
  assert.deepEqual(metapatch.inverse(user, { a: 1 }, { a: 2, b: 1 }).patch, { a: 1, b: null });
  assert.deepEqual(metapatch.rebase(user, { a: 1, b: 2 }, { a: 1, b: 3 }), { ok: true, bodies: [{ b: 2 }], conflicts: ['b'], patch: { b: 2 } });
  assert.deepEqual(metapatch.conflicts(user, { a: 1 }, { a: 2 }), { ok: true, keys: ['a'] });
  assert.deepEqual(metapatch.conflicts('rfc7396', 1, { a: 2 }), { ok: true, keys: [], whole: true });
  assert.deepEqual(metapatch.merge3(user, { a: 1, b: { c: 1 } }, { a: 2, b: { c: 2 } }, { a: 3, b: { c: 1, d: 1 } }),
    { ok: true, bodies: [{ a: 2, b: { c: 2, d: 1 } }], conflicts: ['/a'], changedByBoth: ['a', 'b'], patch: { a: 2, b: { c: 2, d: 1 } } });
  assert.deepEqual(metapatch.losses(user, { ui: { theme: 1, size: 2 } }, { ui: { size: 3 } }), { ok: true, pointers: ['/ui/theme'] });
  assert.deepEqual(metapatch.advise(app, { a: 1 }, { app_metadata: { a: 'x' } }, { field: 'app_metadata' }).advice,
    [{ code: 'field_name', pointer: '/app_metadata' }, { code: 'root_collision', pointer: '/app_metadata' }]);
  assert.deepEqual(metapatch.deepen(user, { ui: { a: 1 } }, { mergePatch: { ui: { b: 2 } } }).patch, { ui: { a: 1, b: 2 } });
  assert.deepEqual(metapatch.deepen(user, { a: 1 }, { jsonPatch: [{ op: 'remove', path: '/a' }] }).patch, { a: null });
  const failed = metapatch.deepen(user, {}, { jsonPatch: [{ op: 'remove', path: '/a' }] });
  assert.deepEqual([failed.violations[0].operation, failed.violations[0].input], [0, 'jsonPatch']);
  assert.deepEqual(metapatch.size({ a: 'é' }), { ok: true, bytes: 10 });
  assert.deepEqual(metapatch.validate(user, {}, { 'a.b': 1 }).ok, false);
  assert.deepEqual(metapatch.validate(user, {}, { a: 1 }), { ok: true });
});

test('whole requests, as the service answers them', () => {
  const token = { scopes: ['update:current_user_metadata', 'read:current_user'], subject: 'auth0|1' };
  const stored = { user_id: 'auth0|1', user_metadata: { color: 'red' } };
  assert.deepEqual(metapatch.updateUser({ stored, token, userId: 'auth0|1', body: { user_metadata: { city: 'Oslo' } } }),
    { ok: true, user: { user_id: 'auth0|1', user_metadata: { color: 'red', city: 'Oslo' } }, grantedBy: ['update:current_user_metadata'] });
  const refused = metapatch.updateUser({ stored, token, userId: 'auth0|1', body: { app_metadata: {} } });
  assert.deepEqual([refused.status, refused.reason, refused.sufficient], [403, 'fields_out_of_reach', [['update:users'], ['update:users_app_metadata']]]);
  assert.equal(refused.body.statusCode, 403);
  assert.match(refused.headers['WWW-Authenticate'], /insufficient_scope/);
  assert.equal(metapatch.updateUser({ stored, userId: 'auth0|1', body: {} }).status, 401);
  assert.equal(metapatch.updateUser({ token: { scopes: 'update:users' }, userId: 'x', body: { name: 'x' } }).status, 404);
  const invalid = metapatch.updateUser({ stored, token, userId: 'auth0|1', body: { user_metadata: { 'a.b': 1 } } });
  assert.deepEqual([invalid.status, codes(invalid)], [400, ['invalid_key_character /user_metadata/a.b']]);
  const malformed = metapatch.updateUserText({ stored: '{}', token, userId: 'auth0|1', body: '{"name":é}' });
  assert.deepEqual([malformed.status, malformed.violations[0].input, malformed.violations[0].position],
    [400, 'body', { offset: 8, line: 1, column: 9, index: 8 }]);
  assert.equal(metapatch.createUser({ token: { scopes: 'create:users' }, userId: 'auth0|2', body: { email: 'a@b.example', connection: 'c', password: 'x' } }).user.user_id, 'auth0|2');
  assert.deepEqual(metapatch.viewUser({ stored, token, userId: 'auth0|1', fields: ['user_id'] }).user, { user_id: 'auth0|1' });
  assert.deepEqual(metapatch.viewUser({ stored, token, userId: 'auth0|1', fields: ['user_id'], includeFields: false }).user, { user_metadata: { color: 'red' } });
  assert.deepEqual(metapatch.authorize({ operation: 'PATCH /users/{id}', token, userId: 'auth0|2', body: { user_metadata: {} } }).reason, 'subject_mismatch');
  assert.deepEqual(metapatch.authorize({ operation: 'PATCH /users/{id}', token, userId: 'auth0|1', body: { user_metadata: {} } }).grantedBy, ['update:current_user_metadata']);
  assert.equal(metapatch.authorize({ operation: 'PATCH /users/{id}', token, userId: 'auth0|1', body: { user_metadata: { color: 1 } }, stored, table: 'documented' }).ok, true);
  assert.equal(metapatch.authorize({ operation: 'PATCH /users/{id}', token, userId: 'auth0|1', body: { user_metadata: { x: 1 } }, stored, table: 'documented' }).ok, false);
  assert.deepEqual(metapatch.userinfo({ user: { user_id: 'x', email: 'a@b.example' }, scopes: 'openid', claims: { 'https://x/y': 1, iss: 2 } }),
    { ok: true, claims: { sub: 'x', 'https://x/y': 1 }, dropped: [{ claim: 'iss', reason: 'restricted' }] });
  const posted = metapatch.lockSignup({ fields: [{ name: 'city', placeholder: 'City' }], values: { city: 'Oslo' }, form: { email: 'a@b.example' } });
  assert.deepEqual([posted.complete, posted.body], [true, { email: 'a@b.example', user_metadata: { city: 'Oslo' } }]);
  assert.equal(metapatch.signup({ userId: 'auth0|3', body: { email: 'a@b.example', password: 'x', connection: 'db' } }).ok, true);
});

test('the text entry and the synchronous one answer as the others do', async () => {
  const text = await loadText();
  for (const other of [text, await loadText({ simd: false }), loadSync(), loadSync({ simd: false })]) {
    assert.deepEqual(other.applyText(app, '{"a":1.10}', '{"b":2}'), metapatch.applyText(app, '{"a":1.10}', '{"b":2}'));
    assert.deepEqual(other.applyText(app, '{', '{"b":2}'), metapatch.applyText(app, '{', '{"b":2}'));
    assert.deepEqual(other.validateText(app, '{}', '{"b.":2}'), metapatch.validateText(app, '{}', '{"b.":2}'));
  }
});

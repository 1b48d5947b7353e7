// SPDX-License-Identifier: BSL-1.0
// What holds for as long as a program runs: no leak, no trap, memory that comes back, calls that do not meet.
// METAPATCH_CALLS=10000000 node --test lasting.test.mjs is the long form.

import assert from 'node:assert/strict';
import test from 'node:test';
import { both, definePolicy, loadSync } from './package.mjs';

const calls = Number(process.env.METAPATCH_CALLS ?? 60_000);
const user = 'auth0.user_metadata';

/** The memory of every instance that is made, whose module sees it. */
const memories = [];
const Instance = WebAssembly.Instance;
WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    super(module, imports);
    memories.push(this.exports.memory);
  }
};

test('calls of every kind leave nothing behind', () => {
  const metapatch = loadSync();
  const [memory] = memories.slice(-1);
  const patch = { b: null, c: [1, 'é'], d: { e: 'x'.repeat(200) } };
  const policy = definePolicy({ keys: { reserved: ['x'.repeat(100)] } });
  const long = JSON.stringify({ a: 'é'.repeat(1000), b: '😀'.repeat(500) });
  const round = () => {
    metapatch.applyText(user, long, '{"b":null,"é":1}'); // in pieces
    metapatch.apply(user, { a: 1, b: 2 }, patch);
    metapatch.apply(policy, { a: 1, b: 2 }, { ['x'.repeat(100)]: 1 });
    metapatch.apply(definePolicy({ limits: { max_members: 3 } }), { a: 1, b: 2 }, patch);
    metapatch.applyText(user, '{"a":', '{}');
    metapatch.diff(user, { a: 1, b: 2 }, patch);
    metapatch.merge3(user, { a: 1 }, { a: 2 }, { a: 3, b: patch });
    metapatch.deepen(user, { a: 1 }, { jsonPatch: [{ op: 'add', path: '/b', value: patch }] });
    metapatch.updateUser({ stored: { user_id: 'x' }, token: { scopes: 'update:users' }, userId: 'x', body: { user_metadata: patch } });
    metapatch.updateUser({ stored: { user_id: 'x' }, token: { scopes: 'x' }, userId: 'x', body: { user_metadata: patch } });
    metapatch.lockSignup({ fields: [{ name: 'city', placeholder: 'City' }], values: { city: '<b>x</b>' } });
  };
  for (let i = 0; i < 200; ++i) round();
  const before = memory.buffer.byteLength;
  for (let i = 0; i < calls / 11; ++i) round();
  assert.equal(memories.at(-1), memory, 'the instance had to begin anew');
  assert.equal(memory.buffer.byteLength, before);
});

test('memory returns after a document of 15 MB', () => {
  const metapatch = loadSync();
  const large = JSON.stringify({ a: 'x'.repeat(15 << 20) });
  assert.equal(metapatch.applyText(user, large, '{"b":1}').value.length, large.length + 6);
  assert.equal(metapatch.applyText(user, '{}', '{"b":1}').value, '{"b":1}');
  assert.ok(memories.at(-1).buffer.byteLength < 4 << 20);
  assert.equal(metapatch.diffText(user, '{}', large).patch.length, large.length);
  assert.ok(memories.at(-1).buffer.byteLength < 4 << 20);
});

test('where memory ends a RangeError says so, and the next call works', () => {
  const metapatch = loadSync();
  const numbers = `[${'0,'.repeat(90 << 20)}0]`; // its values take more than WebAssembly can have
  assert.throws(() => metapatch.diffText('rfc7396', '{}', numbers), { name: 'RangeError', message: /memory/ });
  assert.deepEqual(metapatch.diff(user, {}, { a: 1 }).patch, { a: 1 });
});

test('a call inside of another one, from a getter or toJSON, does not disturb it', () => {
  const [[, metapatch]] = both;
  const inner = [];
  const patch = {
    get a() { inner.push(metapatch.apply(user, { x: 1 }, { y: 2 }).value); return 1; },
    b: { toJSON() { inner.push(metapatch.diff(user, {}, { z: 1 }).patch); return null; } },
  };
  assert.deepEqual(metapatch.apply(user, { b: 2, c: 3 }, patch).value, { c: 3, a: 1 });
  assert.deepEqual(inner.at(0), { x: 1, y: 2 });
  const thrower = { toJSON() { throw new Error('mine'); } };
  assert.throws(() => metapatch.apply(user, {}, { thrower }), { message: 'mine' });
});

// SPDX-License-Identifier: BSL-1.0
import assert from 'node:assert/strict';
import test from 'node:test';
import { both } from './package.mjs';

const user = 'auth0.user_metadata';
const bytes = text => new TextEncoder().encode(text);
const text = value => (typeof value === 'string' ? value : new TextDecoder().decode(value));

for (const [kind, metapatch] of both) {
  test(`texts keep their bytes, numbers and order (${kind})`, () => {
    const stored = '{"é" : 1.10,\n"big":123456789012345678901234567890, "1":1e400, "x\\u0041":"\\u00e9"}';
    assert.equal(metapatch.applyText(user, stored, '{"new":0.0}').value, stored.slice(0, -1) + ',"new":0.0}');
  });

  test(`bytes go in, and come out where what is stored is bytes (${kind})`, () => {
    assert.deepEqual(metapatch.applyText(user, bytes('{"é":1}'), '{"b":2}').value, bytes('{"é":1,"b":2}'));
    assert.equal(metapatch.applyText(user, '{"a":1}', bytes('{"b":2}')).value, '{"a":1,"b":2}');
    assert.deepEqual(metapatch.applyText(user, undefined, bytes('{"b":2}')).value, bytes('{"b":2}'));
    assert.deepEqual(metapatch.applyText(user, Buffer.from('{"a":1}'), '{"b":2}', { trusted: true }).value, bytes('{"a":1,"b":2}'));
    const made = metapatch.applyText(user, bytes('{}'), '{"b":2}').value;
    metapatch.applyText(user, bytes('{}'), '{"c":3}');
    assert.equal(text(made), '{"b":2}'); // a copy, and no view of memory that goes on
    assert.equal(metapatch.applyText(user, bytes('{"a":1}').subarray(0, 7), bytes(' {"b":2}').subarray(1)).ok, true);
  });

  test(`a byte order mark, bad UTF-8 and lone surrogates are refused with their place (${kind})`, () => {
    const place = (stored, patch) => {
      const { violations: [{ code, input, position, cause }] } = metapatch.applyText(user, stored, patch);
      return [code, input, position.offset, position.index, cause];
    };
    assert.deepEqual(place('\uFEFF{}', '{}'), ['malformed_json', 'stored', 0, 0, 'byte_order_mark']);
    assert.deepEqual(place('{}', Uint8Array.of(0x7B, 0x22, 0xFF, 0x22)), ['malformed_json', 'patch', 2, undefined, 'not_utf8']);
    for (const lone of ['\uD800', '\uDFFF', '\uDC00\uD800']) {
      const [code, input, offset, index] = place(`{"é😀${lone}":1}`, '{"a":1}');
      assert.deepEqual([code, input, index], ['malformed_json', 'stored', 5]);
      assert.equal(offset >= 8 && offset <= 9, true);
    }
    assert.equal(metapatch.applyText(user, '{"😀":"\u{10FFFF}"}', '{"a":1}').value, '{"😀":"\u{10FFFF}","a":1}');
  });

  test(`line, column and index of an error are counted as editors count (${kind})`, () => {
    const { violations: [{ position }] } = metapatch.applyText(user, '{}', '{\n"é😀": }');
    assert.deepEqual(position, { offset: 12, line: 2, column: 7, index: 9 });
  });

  test(`texts of all sizes and of characters of all widths pass unchanged (${kind})`, () => {
    for (const character of ['a', 'é', '€', '😀']) {
      for (const count of [0, 1, 15, 16, 40, 47, 48, 1000, 1365, 1366, 4095, 4096, 70_000]) {
        const value = character.repeat(count);
        const stored = JSON.stringify({ value });
        assert.equal(metapatch.applyText(user, stored, '{"b":1}').value, stored.slice(0, -1) + ',"b":1}');
        assert.equal(metapatch.diffText(user, '{}', stored).patch, stored);
      }
    }
  });
}

// SPDX-License-Identifier: BSL-1.0
import assert from 'node:assert/strict';
import test from 'node:test';
import { both, definePolicy } from './package.mjs';

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

  test(`a string is put together of the characters it had, whatever their width and wherever the seams are (${kind})`, () => {
    const same = (policy, stored, patch, options) => {
      const expected = metapatch.applyText(policy, bytes(stored), bytes(patch), options);
      assert.equal(expected.ok, true);
      for (const form of [patch, bytes(patch)])
        assert.equal(metapatch.applyText(policy, stored, form, options).value, expected.value && text(expected.value));
    };
    for (const character of ['a', 'ÿ', '€', '😀', 'é€😀a']) {
      const long = character.repeat(500);
      const named = character.repeat(3);
      for (let before = 0; before < 66; ++before) { // the seams' places in blocks of 64 bytes
        const stored = `${' '.repeat(before)}{"${named}" : "${long}", "b":["${long}"] ,"c":{"${named}":"${long}","d":"${long}"},"e":"${long}"}\n`;
        const patches = [`{"${named}":null}`, '{"b":null}', '{"e":null}', `{"${named}":"${named}","b":"${long}"}`,
          `{"b":null,"c":null,"${named}1":"${long}"}`, `{"c":{"d":null,"${named}":"${named}"},"f":{"g":null}}`,
          `{"\\u0062":1,"e":"first","e":"${named}","\\ud83d\\ude00":2}`,
          `{"e":"${named}","c":"${named}","b":"${named}"}`];
        for (const patch of patches.slice(before % 2 * 4, before % 2 * 4 + 4))
          for (const policy of [user, 'rfc7396', 'replace', 'first_level'])
            same(policy, stored, patch, { trusted: before % 3 === 0 });
      }
      same(user, `{"a":"${long}"}`, `{"a":"${character}"}`);
      same(user, `{"a":"${long}"}`, '{}');
      same('rfc7396', `["${long}"]`, `{"a":{"b":null,"c":"${long}"}}`);
      same('rfc7396', `{"a":"${long}"}`, `["${long}"]`);
      assert.equal(metapatch.applyText('rfc7396', `["${long}"]`, undefined).value, `["${long}"]`);
      assert.equal(metapatch.applyText(user, undefined, `{"a":"${long}"}`).value, `{"a":"${long}"}`);
    }
  });

  test(`of so many pieces that one text is sooner read the string is the same (${kind})`, () => {
    const names = Array.from({ length: 300 }, (_, i) => `ключ ${i}`);
    const of = value => `{${names.map((name, i) => `"${name}":${value(i)}`).join()}}`;
    const patch = of(i => (i % 3 === 0 ? 'null' : i));
    for (const length of [1, 2000]) {
      const stored = of(i => `"${'ж'.repeat(i % length)}"`);
      const made = metapatch.applyText('first_level', stored, patch).value;
      assert.deepEqual(JSON.parse(made), Object.fromEntries(names.map((name, i) => [name, i]).filter(([, i]) => i % 3 !== 0)));
      assert.equal(made, text(metapatch.applyText('first_level', bytes(stored), patch).value));
    }
  });

  test(`a document's policy is the same in the place of what is no object (${kind})`, () => {
    const deep = `${'{"a":'.repeat(600)}1${'}'.repeat(600)}`;
    const policy = definePolicy({ extends: 'rfc7396', read: { max_nesting: 600 } });
    assert.equal(metapatch.applyText(policy, '[]', deep).value, deep);
    assert.equal(metapatch.applyText(policy, '[]', `{"b":${deep}}`).violations[0].code, 'too_deep');
  });
}

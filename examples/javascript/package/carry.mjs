// SPDX-License-Identifier: BSL-1.0
// usage: node carry.mjs MODULE.wasm > MODULE.mjs
// Writes a script that carries a WebAssembly module as a string of ASCII characters, most of them a byte each, which
// compresses as the module itself does: `bytesOf` in loading.mjs reads it. From 128 on a byte is the character 127 and what
// is left of it. What would take an escape changes places with what is rare in modules.

import { readFileSync } from 'node:fs';

import { swapped } from './loading.mjs';

const escapes = { '\n': '\\n', '\r': '\\r', "'": "\\'", '\\': '\\\\', '\0': '\\x00', '\x80': '\\x80' };
const character = byte => (swapped(byte) === 127 ? '\x80' : String.fromCharCode(swapped(byte)));
const characters = byte => (byte < 128 ? character(byte) : '\x7F' + character(byte - 128));

const text = Array.from(readFileSync(process.argv[2]), characters).join('').replace(/[\n\r'\\\0\x80]/g, c => escapes[c]);
process.stdout.write(`export default '${text}';\n`);

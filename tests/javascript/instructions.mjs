// SPDX-License-Identifier: BSL-1.0
// usage: node instructions.mjs MODULE.wasm [simd]
// Runs what instructions.cpp checks.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const [file, simd] = process.argv.slice(2);
const module = new WebAssembly.Module(readFileSync(file));
const imports = {};
for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = () => 0;
const { exports } = new WebAssembly.Instance(module, imports);
exports._initialize();
assert.equal(exports.fastest(), simd ? 4 : 0, 'the module has other instructions');
assert.equal(exports.wrong(), 0);
console.log(`instructions: every question is answered as byte by byte, ${simd ? 'by vectors' : 'without them'}`);

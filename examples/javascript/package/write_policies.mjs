// SPDX-License-Identifier: BSL-1.0
// usage: node write_policies.mjs POLICIES.wasm > policies.mjs
// Writes the library's policies as data, from a module that tells them: see policies.cpp.

import { readFileSync } from 'node:fs';

const nothing = () => 0;
const module = new WebAssembly.Module(readFileSync(process.argv[2]));
const imports = {};
for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = nothing;
const { exports } = new WebAssembly.Instance(module, imports);
exports._initialize();
const memory = new Uint8Array(exports.memory.buffer);
const begin = exports.policies();
const text = new TextDecoder().decode(memory.subarray(begin, memory.indexOf(0, begin)));
process.stdout.write(`export default ${JSON.stringify(JSON.parse(text))};\n`);

// SPDX-License-Identifier: BSL-1.0
// usage: node assemble.mjs SCRIPTS BUILD
// Puts the package together in BUILD/package, of the scripts and of what BUILD/made has: each entry as a module and for
// CommonJS, small, and one script for a page.

import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [scripts, build] = process.argv.slice(2).map(path => resolve(path));
const { buildSync } = createRequire(`${build}/tools/`)('esbuild');
const to = `${build}/package`;
const root = resolve(scripts, '../../..');
const read = path => readFileSync(`${root}/${path}`, 'utf8');
const version = /version = "(.*)"/.exec(read('include/metapatch/version.hpp'))[1];
const homepage = /HOMEPAGE_URL "(.*)"/.exec(read('CMakeLists.txt'))[1];

rmSync(to, { recursive: true, force: true });
mkdirSync(to);
const modules = ['full_portable', 'full_simd', 'text_portable', 'text_simd'];
for (const module of modules)
  copyFileSync(`${build}/made/${module}.mjs`, `${to}/${module}.mjs`);

/** The scripts beside what was made. */
const sources = `${build}/sources`;
rmSync(sources, { recursive: true, force: true });
mkdirSync(sources);
for (const name of ['api', 'field_functions', 'index', 'index_sync', 'instance', 'loading', 'pieces', 'policy',
  'request_functions', 'text', 'text_api', 'text_functions', 'text_sync', 'utf8', 'values'])
  copyFileSync(`${scripts}/${name}.mjs`, `${sources}/${name}.mjs`);
for (const name of ['policies', ...modules])
  copyFileSync(`${build}/made/${name}.mjs`, `${sources}/${name}.mjs`);

const bundle = (entry, outfile, format, more = {}) => buildSync({
  entryPoints: [`${sources}/${entry}.mjs`], outfile: `${to}/${outfile}`, bundle: true, minify: true, format,
  target: 'es2022', charset: 'ascii', legalComments: 'none', banner: { js: '// SPDX-License-Identifier: BSL-1.0' }, ...more,
});
const carried = { external: modules.map(module => `./${module}.mjs`) };
for (const entry of ['index', 'text']) {
  bundle(entry, `${entry}.mjs`, 'esm', carried);
  bundle(entry, `${entry}.cjs`, 'cjs', { ...carried, supported: { 'dynamic-import': true } });
  bundle(`${entry}_sync`, `${entry}_sync.mjs`, 'esm', carried);
  bundle(`${entry}_sync`, `${entry}_sync.cjs`, 'cjs');
}
bundle('index_sync', 'metapatch.global.js', 'iife', { globalName: 'metapatch' });

for (const types of ['index', 'index_sync', 'text', 'text_sync', 'common']) {
  const text = readFileSync(`${scripts}/${types}.d.ts`, 'utf8');
  writeFileSync(`${to}/${types}.d.mts`, text.replaceAll(".js'", ".mjs'"));
  writeFileSync(`${to}/${types}.d.cts`, text.replaceAll(".js'", ".cjs'"));
}
copyFileSync(`${scripts}/README.md`, `${to}/README.md`);
copyFileSync(`${root}/LICENSE`, `${to}/LICENSE`);

const entry = name => ({
  import: { types: `./${name}.d.mts`, default: `./${name}.mjs` },
  require: { types: `./${name}.d.cts`, default: `./${name}.cjs` },
});
writeFileSync(`${to}/package.json`, JSON.stringify({
  name: 'metapatch',
  version,
  description: "JSON metadata merge and validation with Auth0's PATCH semantics: the C++ library, compiled to WebAssembly",
  keywords: ['auth0', 'metadata', 'merge-patch', 'rfc7396', 'json', 'patch', 'webassembly'],
  homepage,
  repository: { type: 'git', url: `git+${homepage}.git`, directory: 'examples/javascript' },
  license: 'BSL-1.0',
  engines: { node: '>=18' },
  sideEffects: false,
  main: './index.cjs',
  types: './index.d.cts',
  exports: {
    '.': entry('index'),
    './sync': entry('index_sync'),
    './text': entry('text'),
    './text/sync': entry('text_sync'),
    './metapatch.global.js': './metapatch.global.js',
    './package.json': './package.json',
  },
}, null, 2) + '\n');

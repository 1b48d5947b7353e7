// SPDX-License-Identifier: BSL-1.0
// usage: node run.mjs FOLDER [--quick]   where FOLDER has metapatch and its peers installed: see ../javascript/run

import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { browserOn } from '../../tests/javascript/browsers.mjs';

const folder = resolve(process.argv[2]);
const quick = process.argv.includes('--quick');
const { buildSync } = createRequire(join(folder, '../tools/'))('esbuild');
const built = { bundle: true, format: 'esm', target: 'es2022', nodePaths: [join(folder, 'node_modules')], logLevel: 'error' };
const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;

buildSync({ ...built, entryPoints: [join(here, 'measure.mjs')], outfile: join(folder, 'measure.mjs'), platform: 'node' });
buildSync({ ...built, entryPoints: [join(here, 'page.mjs')], outdir: join(folder, 'page'), splitting: true, platform: 'browser' });
writeFileSync(join(folder, 'page/index.html'), '<!doctype html><meta charset="utf-8"><script type="module" src="/page.js"></script>');

const { measure, tableOf } = await import(pathToFileURL(join(folder, 'measure.mjs')));
const require = createRequire(join(folder, 'x.cjs'));
console.log(`Node ${process.version}`);
console.log(tableOf(measure(await require('metapatch/text').load(), await require('metapatch').load(), quick)));

const { origin, saidBy, close } = await browserOn(join(folder, 'page'), 'chromium');
try {
  const rows = JSON.parse(await saidBy(`${origin}${quick ? '#quick' : ''}`));
  if (!Array.isArray(rows)) throw new Error(rows);
  console.log('Chromium');
  console.log(tableOf(rows));
} finally {
  close();
}

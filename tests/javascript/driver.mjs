// SPDX-License-Identifier: BSL-1.0
// A conformance driver over the npm package: texts go through its text functions, so that what is tested is the border.
//
//   metapatch-conformance run -- node driver.mjs PACKAGE [portable|simd]

import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { answerTo, operationsOf } from '../../examples/javascript/playground/answers.mjs';

const [folder, kind] = process.argv.slice(2);
const { load } = await import(pathToFileURL(resolve(folder, 'index.mjs')));
const metapatch = await load(kind === undefined ? {} : { simd: kind === 'simd' });

const operations = operationsOf(metapatch);
const profiles = Object.keys(metapatch.policies).filter(name => name.startsWith('auth0.') || name === 'rfc7396');
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const request = JSON.parse(line);
  if (request.cmd === 'stop') break;
  const answer = request.cmd === 'start'
    ? { protocol: 1, implementation: { name: 'metapatch (npm)', version: '0.1.0', language: 'JavaScript' }, profiles,
      ops: Object.keys(operations) }
    : { seq: request.seq, results: request.cases.map(each => ({ id: each.id, ...answerTo(operations, each) })) };
  process.stdout.write(JSON.stringify(answer) + '\n');
}
process.stdin.destroy();

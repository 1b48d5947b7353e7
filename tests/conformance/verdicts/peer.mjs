// SPDX-License-Identifier: BSL-1.0
// Conformance drivers for implementations from npm, which must be installed in the working directory:
//
//   metapatch-conformance run -- node peer.mjs json-merge-patch
//
// Texts are read and written here, by JSON.parse and JSON.stringify: only what the implementation does is asked.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const require = createRequire(join(process.cwd(), 'package.json'));
const skipped = why => ({ outcome: 'skipped', why });
const present = value => ({ outcome: 'ok', field: 'present', value: JSON.stringify(value) });
const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);
class NoJson extends Error {}
function read(request, name) {
  try {
    return (request[name] ?? null) === null ? undefined : JSON.parse(request[name]);
  } catch {
    throw new NoJson('a text that is no JSON, which the implementation does not see');
  }
}

/** A library of RFC 7396: documents are values, and undefined is an absent one. */
function mergePatches(apply, diff) {
  const ops = {
    apply(request) {
      const stored = read(request, 'stored');
      const patch = read(request, 'patch');
      if (patch === undefined) return skipped('a request without a patch');
      return present(apply(stored, patch));
    },
    diff(request) {
      const from = read(request, 'from');
      const to = read(request, 'to');
      if (from === undefined || to === undefined) return skipped('a document that is absent');
      const patch = diff(from, to);
      return patch === undefined ? { outcome: 'no_patch' } : { outcome: 'ok', patch: JSON.stringify(patch) };
    },
  };
  if (!diff) delete ops.diff;
  return { profiles: ['rfc7396'], ops };
}

/**
 * WorkOS documents of its users' metadata what Auth0 does of user_metadata: what is named is set, null removes, {}
 * clears. Only that is asked: no absent field, and nothing that WorkOS itself would refuse or Auth0 alone does.
 */
async function workos() {
  const { createEmulator } = await import(pathToFileURL(join(process.cwd(), 'node_modules/workos/dist/emulate/index.js')));
  const emulator = await createEmulator({ port: 0 });
  let number = 0;
  const send = async (method, path, body) => {
    const response = await fetch(emulator.url + path, {
      method, body: body && JSON.stringify(body),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${emulator.apiKey}` },
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  };
  const plain = (value, nulls) => isObject(value) && Object.keys(value).length <= 10 && Object.entries(value).every(
    ([key, inside]) => /^[\x20-\x7e]{1,40}$/.test(key) && !/[.$]/.test(key) && ((nulls && inside === null)
      || (typeof inside === 'string' && /^[\x20-\x7e]{0,600}$/.test(inside))));
  const apply = async request => {
    const stored = read(request, 'stored');
    const patch = read(request, 'patch');
    if (stored === undefined) return skipped('a field that is absent, which WorkOS does not have');
    if (!plain(stored, false) || (patch !== undefined && !plain(patch, true)))
      return skipped('not strings of ASCII, of which WorkOS\'s metadata is');
    const user = await send('POST', '/user_management/users', { email: `user-${++number}@example.com`, metadata: stored });
    const path = `/user_management/users/${user.id}`;
    await send('PUT', path, patch === undefined ? { first_name: 'New' } : { metadata: patch });
    const { metadata } = await send('GET', path);
    await send('DELETE', path);
    return present(metadata);
  };
  return { profiles: ['auth0.user_metadata'], ops: { apply }, end: () => emulator.close() };
}

const PEERS = {
  'json-merge-patch': () => {
    const { apply, generate } = require('json-merge-patch');
    return mergePatches(apply, generate);
  },
  'json8-merge-patch': () => {
    const { apply, diff } = require('json8-merge-patch');
    return mergePatches(apply, diff);
  },
  'tiny-merge-patch': async () => {
    const { apply } = await import(pathToFileURL(join(process.cwd(), 'node_modules/tiny-merge-patch/dist/index.mjs')));
    return mergePatches(apply);
  },
  workos,
};

const name = process.argv[2];
const { version } = JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8'));
const { profiles, ops, end } = await PEERS[name]();
const start = {
  protocol: 1, implementation: { name: name === 'workos' ? 'workos/emulate' : name, version, language: 'npm' }, profiles,
  ops: Object.keys(ops), lacks: ['lexemes', 'order', 'exact_numbers'],
};
async function answer(request) {
  if ('stored_base64' in request || 'patch_base64' in request) return { id: request.id, ...skipped('bytes') };
  try {
    return { id: request.id, ...await ops[request.op](request) };
  } catch (error) {
    if (error instanceof NoJson) return { id: request.id, ...skipped(error.message) };
    return { id: request.id, outcome: 'errored', message: String(error) };
  }
}
for await (const line of createInterface({ input: process.stdin })) {
  const { cmd, seq, cases } = JSON.parse(line);
  if (cmd === 'stop') break;
  const results = [];
  for (const each of cases ?? []) results.push(await answer(each));
  console.log(JSON.stringify(cmd === 'run' ? { seq, results } : start));
}
await end?.();
process.stdin.destroy();

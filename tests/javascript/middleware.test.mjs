// SPDX-License-Identifier: BSL-1.0
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import test from 'node:test';
import { guardUpdate } from '../../examples/javascript/express.mjs';
import { answerUpdate, checkedUpdate } from '../../examples/javascript/fetch.mjs';
import { both, folder } from './package.mjs';

const express = createRequire(`${folder}../tools/`)('express');
const [[, metapatch]] = both;

function store() {
  const users = new Map([['auth0|1', '{"user_id":"auth0|1","app_metadata":{"n":1.10}}']]);
  return { users, find: id => users.get(id), save: (id, text) => users.set(id, text) };
}
/** Stands for the check of a token. */
const tokenOf = request => {
  const header = typeof request.headers.get === 'function' ? request.headers.get('authorization') : request.headers.authorization;
  return header === undefined || header === null ? undefined : { scopes: header.slice('Bearer '.length) };
};
const body = '{"app_metadata":{"plan":1e2}}';
const headers = { 'Content-Type': 'application/json', Authorization: 'Bearer update:users' };

/** What both kinds of server answer. */
async function check(ask, users) {
  const done = await ask('auth0%7C1', { body, headers });
  assert.deepEqual([done.status, await done.text()], [200, '{"user_id":"auth0|1","app_metadata":{"n":1.10,"plan":1e2}}']);
  assert.equal(users.get('auth0|1'), '{"user_id":"auth0|1","app_metadata":{"n":1.10,"plan":1e2}}');
  const refused = async (id, given) => {
    const answer = await ask(id, { headers, ...given });
    assert.match(answer.headers.get('content-type'), /^application\/json/);
    const { statusCode, errorCode } = await answer.json();
    assert.equal(statusCode, answer.status);
    return [answer.status, errorCode];
  };
  assert.deepEqual(await refused('auth0%7C1', { body: '{"app_metadata":{"blocked":1}}' }), [400, 'invalid_body']);
  assert.deepEqual(await refused('auth0%7C1', { body: '{' }), [400, 'invalid_body']);
  assert.deepEqual(await refused('auth0%7C2', { body }), [404, 'inexistent_user']);
  assert.deepEqual(await refused('auth0%7C1', { body, headers: { ...headers, Authorization: 'Bearer read:users' } }), [403, 'insufficient_scope']);
  const { Authorization, ...without } = headers;
  assert.deepEqual(await refused('auth0%7C1', { body, headers: without }), [401, undefined]);
  assert.equal(users.get('auth0|1'), '{"user_id":"auth0|1","app_metadata":{"n":1.10,"plan":1e2}}');
}

test('an Express app answers PATCH /users/:id as the service', async () => {
  const { users, find, save } = store();
  const app = express();
  app.patch('/users/:id', express.text({ type: 'application/json' }), guardUpdate(metapatch, { tokenOf, find }), (request, response) => {
    save(request.params.id, request.changedUser);
    response.type('json').send(request.changedUser);
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await check((id, given) => fetch(`http://127.0.0.1:${server.address().port}/users/${id}`, { method: 'PATCH', ...given }), users);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test('a server of Requests and Responses does too', async () => {
  const { users, find, save } = store();
  const answer = answerUpdate(metapatch, { tokenOf, find, save });
  await check((id, given) => answer(new Request(`http://x.example/users/${id}`, { method: 'PATCH', ...given })), users);
});

test('a client knows beforehand what would be refused, and sends nothing', async () => {
  const sent = [];
  const update = checkedUpdate(metapatch, { update: async (...given) => sent.push(given) }, { scopes: 'update:users' });
  await assert.rejects(update('auth0|1', { user_metadata: { 'a.b': 1 } }),
    ({ status, violations }) => status === 400 && violations[0].pointer === '/user_metadata/a.b');
  assert.deepEqual(sent, []);
  await update('auth0|1', { user_metadata: { a: 1 } });
  assert.deepEqual(sent, [['auth0|1', { user_metadata: { a: 1 } }]]);
});

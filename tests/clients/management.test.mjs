// SPDX-License-Identifier: BSL-1.0
// The ManagementClient of node-auth0: metadata is viewed, created, updated and deleted, with each scope.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { beside, connection, newAddress, refused, startServer } from './support.mjs';

let server, documented;
before(async () => {
  const seed = ['--seed', beside('scripts/seed.json')];
  [server, documented] = await Promise.all([startServer(...seed), startServer(...seed, '--documented-permissions')]);
});
after(() => Promise.all([server?.stop(), documented?.stop()]));

describe('an application with every scope', () => {
  it('creates, views, updates and deletes a user with metadata', async () => {
    const { users } = server.everything;
    const email = newAddress();
    const created = await users.create({
      connection, email, password: 'correct horse', user_metadata: { hobby: 'chess', nested: { a: 1 } },
      app_metadata: { plan: 'free' },
    });
    assert.match(created.user_id, /^auth0\|/);
    assert.deepEqual(created.user_metadata, { hobby: 'chess', nested: { a: 1 } });
    assert.equal(created.password, undefined);

    const updated = await users.update(created.user_id, {
      user_metadata: { hobby: null, nested: { b: [null] }, city: 'Oslo' }, app_metadata: { seats: 3 },
    });
    assert.deepEqual(updated.user_metadata, { nested: { b: [null] }, city: 'Oslo' });
    assert.deepEqual(updated.app_metadata, { plan: 'free', seats: 3 });
    assert.deepEqual(await users.get(created.user_id), updated);

    const cleared = await users.update(created.user_id, { user_metadata: {}, app_metadata: {} });
    assert.deepEqual(cleared.user_metadata, {});
    assert.equal('app_metadata' in cleared, false);

    assert.deepEqual((await users.listUsersByEmail({ email })).map((user) => user.user_id), [created.user_id]);
    await users.delete(created.user_id);
    await refused(users.get(created.user_id), 'NotFoundError', 404, 'inexistent_user', /The user does not exist/);
  });

  it('shows only the fields that are asked for', async () => {
    const user = await server.createUser({ user_metadata: { hobby: 'chess' } });
    assert.deepEqual(await server.everything.users.get(user.user_id, { fields: 'user_metadata', include_fields: true }),
      { user_metadata: { hobby: 'chess' } });
  });

  it('goes through the pages of users', async () => {
    const ids = new Set();
    for (let i = 0; i < 3; ++i)
      ids.add((await server.createUser()).user_id);
    for await (const user of await server.everything.users.list({ per_page: 2 }))
      ids.delete(user.user_id);
    assert.equal(ids.size, 0);
  });

  it('deletes a second factor', async () => {
    const { users } = server.everything;
    const reader = await server.applicationWith('read:users');
    await refused(reader.users.multifactor.deleteProvider('auth0|factors', 'duo'), 'ForbiddenError', 403,
      'insufficient_scope', /Insufficient scope/);
    assert.deepEqual((await users.get('auth0|factors')).multifactor, ['duo', 'guardian']);
    await users.multifactor.deleteProvider('auth0|factors', 'duo');
    assert.deepEqual((await users.get('auth0|factors')).multifactor, ['guardian']);
    await refused(users.multifactor.deleteProvider('auth0|nobody', 'duo'), 'NotFoundError', 404, 'inexistent_user',
      /does not exist/);
  });

  it('keeps the metadata of clients and of organizations', async () => {
    const { clients, organizations } = server.everything;
    const client = await clients.create({ name: 'Shop', client_metadata: { a: '1', b: '2' } });
    assert.deepEqual((await clients.update(client.client_id, { client_metadata: { a: null, c: '3' } })).client_metadata,
      { b: '2', c: '3' });
    const emptied = await clients.update(client.client_id, { client_metadata: { b: null, c: null } });
    assert.deepEqual(emptied.client_metadata, {});
    const organization = await organizations.create({ name: `o${Date.now()}`, metadata: { a: '1', b: '2' } });
    assert.deepEqual((await organizations.update(organization.id, { metadata: { c: '3' } })).metadata, { c: '3' });
    await refused(clients.update(client.client_id, { client_metadata: { 'a.b': '1' } }), 'BadRequestError', 400,
      'invalid_body', /a\.b/);
  });

  it('is told what is wrong', async () => {
    const { users } = server.everything;
    const user = await server.createUser({ user_metadata: { keep: 1 } });
    const update = (body) => users.update(user.user_id, body);
    await refused(update({ user_metadata: { 'a.b': 1 } }), 'BadRequestError', 400, 'invalid_body',
      /Fields with "\." are not allowed.*user_metadata/);
    await refused(update({ app_metadata: { blocked: true } }), 'BadRequestError', 400, 'invalid_body', /blocked/);
    await refused(update({ user_metadata: null }), 'BadRequestError', 400, 'invalid_body', /user_metadata/);
    await refused(update({ user_metadata: 'text' }), 'BadRequestError', 400, 'invalid_body', /Expected type object/);
    await refused(update({ hobby: 'chess' }), 'BadRequestError', 400, 'invalid_body', /Additional properties.*hobby/);
    await refused(users.update('auth0|nobody', { user_metadata: { a: 1 } }), 'NotFoundError', 404, 'inexistent_user',
      /does not exist/);
    await refused(users.create({ connection, email: user.email, password: 'correct horse' }), 'ConflictError', 409,
      'auth0_idp_error', /already exists/);
    assert.deepEqual((await users.get(user.user_id)).user_metadata, { keep: 1 });
  });

  it('is refused without a token that is one', async () => {
    const get = (token) => server.managementClient({ token }).users.get('auth0|x');
    await refused(get('a.b.c'), 'UnauthorizedError', 401, undefined, /Invalid token/);
    await refused(get('text'), 'BadRequestError', 400, 'Bearer', /Bad HTTP authentication header format/);
    const stranger = server.managementClient({ clientId: 'metapatch', clientSecret: 'wrong' });
    await assert.rejects(stranger.users.list(), { statusCode: 401 });
  });
});

describe('a limit of requests', () => {
  let limited;
  before(async () => { limited = await startServer('--rate-limit', '2', '--rate-limit-span', '3600'); });
  after(() => limited?.stop());

  it('is surfaced by the client, with its headers', async () => {
    const { users } = limited.everything;
    await users.listUsersByEmail({ email: 'nobody@example.com' });
    const { rawResponse } = await users.listUsersByEmail({ email: 'nobody@example.com' }).withRawResponse();
    assert.deepEqual(['limit', 'remaining'].map((name) => rawResponse.headers.get(`x-ratelimit-${name}`)), ['2', '0']);
    await refused(users.listUsersByEmail({ email: 'nobody@example.com' }), 'TooManyRequestsError', 429,
      'too_many_requests', /Global limit has been reached/);
  });
});

/// What becomes of each request with a scope: '+' it is done, 's' the scope is not for it, 'u' it is another user.
const requests = {
  view: (client, user) => client.users.get(user.user_id),
  user_metadata: (client, user) => client.users.update(user.user_id, { user_metadata: { hobby: 'go' } }),
  app_metadata: (client, user) => client.users.update(user.user_id, { app_metadata: { plan: 'gold' } }),
  factor: (client) => client.users.multifactor.deleteProvider('auth0|factors', 'guardian'),
  delete: (client, user) => client.users.delete(user.user_id),
};

async function outcome(promise) {
  try {
    await promise;
    return '+';
  } catch (error) {
    assert.equal(error.statusCode, 403, String(error));
    if (error.body.errorCode === 'insufficient_scope')
      return 's';
    assert.equal(error.body.message, 'User to be acted on does not match subject in bearer token.');
    return 'u';
  }
}

async function outcomes(client, user) {
  let told = '';
  for (const request of Object.values(requests))
    told += await outcome(request(client, user));
  return told;
}

describe('each scope of an application', () => {
  const expected = {
    'read:users': '+ssss',
    'update:users': 's+++s',
    'update:users_app_metadata': 'ss+ss',
    'delete:users': 'ssss+',
    'create:users': 'sssss',
    'read:clients': 'sssss',
  };
  for (const [scope, told] of Object.entries(expected))
    it(`${scope} does what it is for`, async () => {
      const client = await server.applicationWith(scope);
      assert.equal(await outcomes(client, await server.createUser({ app_metadata: { plan: 'free' } })), told);
    });
  it('create:users creates', async () => {
    const user = { connection, email: newAddress(), password: 'correct horse', user_metadata: { a: 1 } };
    await refused((await server.applicationWith('update:users')).users.create(user), 'ForbiddenError', 403,
      'insufficient_scope', /create:users/);
    assert.deepEqual((await (await server.applicationWith('create:users')).users.create(user)).user_metadata, { a: 1 });
  });
});

describe('each scope of a user that has logged in', () => {
  const expected = { // of the own profile, and of that of another user
    'read:current_user': ['+ssss', 'ussss'],
    'update:current_user_metadata': ['s+sss', 'suuss'],
    'read:current_user update:current_user_metadata': ['++sss', 'uuuss'],
    'openid profile': ['sssss', 'sssss'],
  };
  for (const [scope, [own, others]] of Object.entries(expected))
    it(`${scope} reaches the own profile alone`, async () => {
      const [user, other] = await Promise.all([server.createUser(), server.createUser()]);
      const client = await server.userWith(user, scope);
      assert.equal(await outcomes(client, other), others);
      assert.equal(await outcomes(client, user), own);
    });
});

describe('the scopes of current users as they are documented', () => {
  const change = (client, user, user_metadata) => outcome(client.users.update(user.user_id, { user_metadata }));
  const expected = { // view, create a key, update one, remove one, clear
    'read:current_user_metadata': '+ssss',
    'create:current_user_metadata': 's+sss',
    'update:current_user_metadata': 'ss+ss',
    'delete:current_user_metadata': 'sss++',
    'create:current_user_metadata update:current_user_metadata': 's++ss',
  };
  for (const [scope, told] of Object.entries(expected))
    it(`${scope} does what it is for`, async () => {
      const user = await documented.signUp({ user_metadata: { hobby: 'chess', city: 'Oslo' } });
      const client = await documented.userWith(user, scope);
      assert.equal(await outcome(client.users.get(user.user_id)) + await change(client, user, { color: 'red' }) +
        await change(client, user, { hobby: 'go' }) + await change(client, user, { city: null }) +
        await change(client, user, {}), told);
      const other = await documented.signUp();
      assert.match(await change(client, other, { hobby: 'go' }), /^[su]$/);
    });

  it('delete:current_user_metadata deletes the own second factor', async () => {
    const user = { user_id: 'auth0|factors', email: 'factors@example.com', password: 'correct horse' };
    for (const [scope, told] of [['update:current_user_metadata', 's'], ['delete:current_user_metadata', '+']]) {
      const { multifactor } = (await documented.userWith(user, scope)).users;
      assert.equal(await outcome(multifactor.deleteProvider(user.user_id, 'duo')), told);
    }
    const client = await documented.userWith(user, 'read:current_user_metadata');
    assert.deepEqual(await client.users.get(user.user_id), { user_metadata: { hobby: 'chess' } });
  });
});

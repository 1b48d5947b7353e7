// SPDX-License-Identifier: BSL-1.0
// auth0.js and Lock in Chromium, on a page of another origin.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import { openBrowser, screenshot } from './browser.mjs';
import { beside, connection, newAddress, password, startServer } from './support.mjs';

let browser, servers;
before(async () => {
  browser = await openBrowser();
  const [plain, ruled, acted] = await Promise.all([
    startServer(), startServer('--rules', beside('scripts/rules')), startServer('--actions', beside('scripts/actions')),
  ]);
  servers = { plain, ruled, acted };
  for (const server of Object.values(servers)) // a page keeps no secret
    server.clientId = (await server.everything.clients.create({
      name: 'A page', app_type: 'spa', cross_origin_authentication: true,
      callbacks: ['lock.html', 'auth0-js.html'].map((name) => `${browser.origin}/${name}`),
      allowed_logout_urls: [`${browser.origin}/auth0-js.html`],
    })).client_id;
});
after(async () => {
  await browser?.close();
  await Promise.all(Object.values(servers ?? {}).map((server) => server.stop()));
});

describe('auth0.js', () => {
  let page, user;
  before(async () => {
    page = await browser.open('auth0-js.html');
    user = { email: newAddress(), password };
  });

  /// Calls a function of auth0.js in the page, which hands on its error or its answer to a callback.
  const call = (server, what, ...given) => page.evaluate(([domain, clientID, object, name, values]) => {
    const [kind, member] = object.split('.');
    const { token } = values[0]?.token ? values.shift() : {};
    const made = new auth0[kind]({ domain, clientID, token });
    const on = member ? made[member] : made;
    return new Promise((resolve) => on[name](...values, (error, answer) => resolve({
      answer, error: error && { code: error.code, description: error.description, statusCode: error.statusCode,
        body: error.original?.response?.body },
    })));
  }, [server.domain, server.clientId, ...what.split('#'), given]);

  const done = async (...given) => {
    const { answer, error } = await call(...given);
    assert.equal(error ?? undefined, undefined, JSON.stringify(error));
    return answer;
  };
  const logIn = (server, who, scope) => done(server, 'WebAuth.client#login', {
    realm: connection, username: who.email, password: who.password, scope, audience: server.audience,
  });

  it('signs up with user_metadata', async () => {
    const asked = { connection, ...user, user_metadata: { hobby: 'chess' } };
    const answer = await done(servers.ruled, 'WebAuth#signup', asked);
    assert.deepEqual([answer.email, answer.emailVerified], [user.email, false]);
    const stored = await servers.ruled.everything.users.get(`auth0|${answer.Id}`);
    assert.deepEqual(stored.user_metadata, { hobby: 'chess' });
    user.user_id = stored.user_id;
  });

  it('is told the hobby by userInfo', async () => {
    const { accessToken } = await logIn(servers.ruled, user, 'openid email');
    const told = await done(servers.ruled, 'WebAuth.client#userInfo', accessToken);
    assert.deepEqual([told.email, told['https://example.com/user_metadata'].hobby], [user.email, 'chess']);
  });

  it('views and changes the own metadata', async () => {
    const { accessToken } = await logIn(servers.ruled, user, 'openid read:current_user update:current_user_metadata');
    const management = (name, ...given) => done(servers.ruled, `Management#${name}`, { token: accessToken }, ...given);
    const before = await management('getUser', user.user_id);
    const after = await management('patchUserMetadata', user.user_id, { hobby: null, city: 'Oslo' });
    assert.deepEqual(before.user_metadata, { hobby: 'chess', logins: 2 });
    assert.deepEqual(after.user_metadata, { logins: 2, city: 'Oslo' });
    const cleared = await management('patchUserMetadata', user.user_id, {});
    assert.deepEqual(cleared.user_metadata, {});
  });

  it('surfaces refusals', async () => {
    const { plain } = servers;
    const other = { email: newAddress(), password };
    await done(plain, 'WebAuth#signup', { connection, ...other });
    const refused = async (...given) => (await call(...given)).error;
    assert.deepEqual(await refused(plain, 'WebAuth#signup', { connection, ...other }), {
      code: 'user_exists', description: 'The user already exists.', statusCode: 400,
      body: { name: 'BadRequestError', code: 'user_exists', description: 'The user already exists.', statusCode: 400 },
    });
    const wrong = await refused(plain, 'WebAuth.client#login',
      { realm: connection, username: other.email, password: 'x' });
    assert.deepEqual([wrong.code, wrong.description, wrong.statusCode],
      ['invalid_grant', 'Wrong email or password.', 403]);
    const [{ user_id: id }] = await plain.everything.users.listUsersByEmail({ email: other.email });
    const token = (await logIn(plain, other, 'openid update:current_user_metadata')).accessToken;
    const patch = (whom, metadata) => refused(plain, 'Management#patchUserMetadata', { token }, whom, metadata);
    const dotted = await patch(id, { 'a.b': 1 });
    assert.deepEqual([dotted.code, dotted.statusCode, dotted.body.errorCode], ['Bad Request', 400, 'invalid_body']);
    const foreign = await patch('auth0|somebody', { a: 1 });
    assert.deepEqual([foreign.code, foreign.statusCode], ['Forbidden', 403]);
    const view = await refused(plain, 'Management#getUser', { token }, id);
    assert.deepEqual([view.statusCode, view.body.errorCode], [403, 'insufficient_scope']);
    assert.equal((await refused(plain, 'WebAuth.client#userInfo', 'a.b.c')).statusCode, 401);
  });
});

describe('auth0.js in a redirection', () => {
  let page;
  beforeEach(async () => {
    page = await browser.open('auth0-js.html');
  });
  afterEach(() => page.close());

  /// Calls a function of auth0.js that leaves the page, or hands a refusal to its callback.
  const leave = (server, name, given = {}) => page.evaluate(([options, what, values]) => {
    window.said = undefined;
    new auth0.WebAuth(options)[what](values, (error) => { window.said = error; });
  }, [optionsOf(server), name, given]);
  const optionsOf = (server) => ({
    domain: server.domain, clientID: server.clientId, redirectUri: `${browser.origin}/auth0-js.html`,
    responseType: 'token id_token', scope: 'openid profile email',
  });
  const back = () => page.waitForURL((url) => url.origin === browser.origin && url.hash !== '');
  const parsed = (server) => page.evaluate((options) => new Promise((resolve) => {
    new auth0.WebAuth(options).parseHash((error, answer) => resolve({ error, answer }));
  }), optionsOf(server));
  const hobbyOf = (server, token) => page.evaluate(([options, accessToken]) => new Promise((resolve) => {
    new auth0.WebAuth(options).client.userInfo(accessToken, (_, told) => (
      resolve(told['https://example.com/user_metadata']?.hobby)));
  }), [optionsOf(server), token]);

  it('logs in with a form of the page (login)', async () => {
    const server = servers.ruled;
    const user = await server.createUser({ user_metadata: { hobby: 'chess' } });
    await leave(server, 'login', { realm: connection, username: user.email, password, appState: 'where it was' });
    await back();
    const { error, answer } = await parsed(server);
    assert.equal(error, null);
    assert.deepEqual([answer.idTokenPayload.sub, answer.appState, answer.tokenType],
      [user.user_id, 'where it was', 'Bearer']);
    assert.equal(await hobbyOf(server, answer.accessToken), 'chess');
    assert.match((await parsed(server)).error.errorDescription, /state/, 'an answer is taken once');
  });

  it('is told a wrong password', async () => {
    await leave(servers.plain, 'login', { realm: connection, username: newAddress(), password: 'x' });
    await page.waitForFunction(() => window.said);
    const { code, description } = await page.evaluate(() => window.said);
    assert.deepEqual([code, description], ['access_denied', 'Wrong email or password.']);
  });

  it('logs in with the page of the server (authorize)', async () => {
    const server = servers.acted;
    const user = await server.createUser({ user_metadata: { hobby: 'go' } });
    await leave(server, 'authorize', { connection });
    await page.fill('input[name="username"]', user.email);
    await page.fill('input[name="password"]', 'wrong');
    await page.click('button');
    await page.waitForSelector('[role="alert"]');
    await page.screenshot(screenshot('login-page'));
    await page.fill('input[name="username"]', user.email);
    await page.fill('input[name="password"]', password);
    await page.click('button');
    await back();
    const { error, answer } = await parsed(server);
    assert.equal(error, null);
    assert.equal(answer.idTokenPayload.email, user.email);
    assert.equal(await hobbyOf(server, answer.accessToken), 'go');
  });

  it('is told a denial of a script', async () => {
    const server = servers.acted;
    const user = await server.createUser({ user_metadata: { banned: true } });
    await leave(server, 'login', { realm: connection, username: user.email, password });
    await back();
    const { error } = await parsed(server);
    assert.deepEqual([error.error, error.errorDescription], ['access_denied', 'You are banned.']);
  });

  it('finds no session (checkSession), and logs out', async () => {
    const server = servers.plain;
    const error = await page.evaluate((options) => new Promise((resolve) => {
      new auth0.WebAuth(options).checkSession({}, (failed) => resolve(failed));
    }), optionsOf(server));
    assert.equal(error.error, 'login_required');
    await leave(server, 'logout', { returnTo: `${browser.origin}/auth0-js.html?out` });
    await page.waitForURL(/[?]out$/);
  });
});

describe('Lock', () => {
  const fill = async (page, values) => {
    for (const [name, value] of Object.entries(values))
      await page.fill(`.auth0-lock input[name="${name}"]`, value);
  };
  const state = (page, text) => page.waitForFunction(
    (expected) => document.getElementById('state')?.textContent.startsWith(expected), text);
  const open = (server, parameters = {}) => browser.open('lock.html', {
    domain: server.domain, clientId: server.clientId, connection, ...parameters,
  });

  for (const [kind, way, redirect] of [['ruled', 'a redirection', true], ['acted', 'a frame', false]])
    it(`signs up with the field hobby and logs in, and the page shows it (${kind}, in ${way})`, async () => {
      const server = servers[kind];
      const email = newAddress();
      const page = await open(server, { redirect });
      await fill(page, { email, password, hobby: '<b>chess</b> & go', given_name: 'Ann' });
      await page.screenshot(screenshot(`lock-${kind}`));
      await page.click('.auth0-lock-submit');
      await state(page, 'logged in');
      assert.equal(new URL(page.url()).search === '', redirect);
      // Lock takes the markup away, and what is left is HTML.
      assert.equal(await page.textContent('#hobby'), 'chess &amp; go');
      assert.equal(await page.textContent('#email'), email);
      await page.waitForFunction(() => !document.querySelector('.auth0-lock.auth0-lock-opened'));
      await page.screenshot(screenshot(`profile-${kind}`));

      const [user] = await server.everything.users.listUsersByEmail({ email });
      assert.deepEqual([user.user_metadata.hobby, user.user_metadata.newsletter, user.given_name, user.logins_count],
        ['chess &amp; go', 'true', 'Ann', 1]);
      await page.close();
    });

  it('tells who signs up twice', async () => {
    const server = servers.plain;
    const user = await server.createUser();
    const page = await open(server);
    await fill(page, { email: user.email, password, hobby: 'chess', given_name: 'Ann' });
    await page.click('.auth0-lock-submit');
    await state(page, 'refused: user_exists');
    await page.waitForFunction(() => document.querySelector('.auth0-global-message-error')?.textContent);
    await page.waitForSelector('.auth0-lock-submit:not([disabled])');
    await page.screenshot(screenshot('lock-refused'));
    await page.close();
  });

  it('logs in, and shows no hobby where no claim tells it', async () => {
    const server = servers.plain;
    const user = await server.createUser({ user_metadata: { hobby: 'chess' } });
    const page = await open(server, { screen: 'login' });
    await fill(page, { email: user.email, password: 'wrong' });
    await page.click('.auth0-lock-submit');
    await state(page, 'not logged in: invalid_user_password');
    await page.waitForSelector('.auth0-lock-submit:not([disabled])');
    await fill(page, { password });
    await page.click('.auth0-lock-submit');
    await state(page, 'logged in');
    assert.equal(await page.textContent('#hobby'), 'unknown');
    await page.close();
  });
});

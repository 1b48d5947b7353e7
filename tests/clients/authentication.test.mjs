// SPDX-License-Identifier: BSL-1.0
// The AuthenticationClient and the UserInfoClient of node-auth0 4 (auth0/legacy); jose and express-oauth2-jwt-bearer
// verify what the server issues.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';

import { UserInfoClient } from 'auth0/legacy';
import { auth, requiredScopes } from 'express-oauth2-jwt-bearer';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';

import { beside, password, startServer } from './support.mjs';

const claim = 'https://example.com/user_metadata';
const callback = 'https://app.example/callback';
let plain, ruled, acted;
before(async () => {
  [plain, ruled, acted] = await Promise.all([
    startServer(), startServer('--rules', beside('scripts/rules')),
    startServer('--actions', beside('scripts/actions'), '--callback', callback),
  ]);
});
after(() => Promise.all([plain?.stop(), ruled?.stop(), acted?.stop()]));

const userInfo = async (server, tokens) =>
  (await new UserInfoClient({ domain: server.domain }).getUserInfo(tokens.access_token)).data;

describe('a sign-up', () => {
  it('keeps user_metadata, and its user logs in', async () => {
    const user = await plain.signUp({ user_metadata: { hobby: 'chess' } });
    assert.equal(user.email_verified, false);
    const stored = await plain.everything.users.get(user.user_id);
    assert.deepEqual(stored.user_metadata, { hobby: 'chess' });
    assert.equal((await userInfo(plain, await plain.tokensOf(user, 'openid email'))).email, user.email);
  });

  it('is refused as the client surfaces it', async () => {
    const user = await plain.signUp();
    const refusals = [
      [{ email: user.email }, 'user_exists', /already exists/],
      [{ user_metadata: { age: 7 } }, 'invalid user_metadata.age type (only strings are allowed)', /./],
      [{ connection: 'nowhere' }, 'invalid_signup', /no such connection/],
    ];
    for (const [members, code, words] of refusals)
      await assert.rejects(plain.signUp(members), (error) => {
        assert.deepEqual([error.name, error.statusCode, error.error], ['AuthApiError', 400, code]);
        assert.match(error.error_description ?? error.message, words);
        return true;
      });
  });
});

describe('an authorization code', () => {
  const verifier = randomBytes(32).toString('base64url');

  /// What the page of the server sends an application after a login.
  const codeFor = async (clientId, user) => {
    const login = new URL('/authorize', acted.issuer);
    login.search = new URLSearchParams({
      client_id: clientId, redirect_uri: callback, response_type: 'code', scope: 'openid email', state: 'a', nonce: 'b',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
    });
    const form = new URLSearchParams({ username: user.email, password });
    const answer = await fetch(login, { method: 'POST', redirect: 'manual', body: form });
    const at = new URL(answer.headers.get('location'));
    assert.deepEqual([at.origin + at.pathname, at.searchParams.get('state')], [callback, 'a']);
    return at.searchParams.get('code');
  };

  it('is changed for tokens by an application with a secret (authorizationCodeGrantWithPKCE)', async () => {
    const user = await acted.createUser({ user_metadata: { hobby: 'go' } });
    const code = await codeFor('metapatch', user);
    const change = (code_verifier) => acted.authentication.oauth.authorizationCodeGrantWithPKCE(
      { code, code_verifier, redirect_uri: callback }, { idTokenValidateOptions: { nonce: 'b' } });
    const { data } = await change(verifier);
    assert.equal(decodeJwt(data.id_token)[claim].hobby, 'go');
    assert.equal((await userInfo(acted, data))[claim].hobby, 'go');
    await assert.rejects(change(verifier), { error: 'invalid_grant' });
  });

  it('is changed for tokens by one without, which has begun the login', async () => {
    const { client_id } = await acted.everything.clients.create({ name: 'An app', callbacks: [callback] });
    const user = await acted.createUser();
    const change = async (code_verifier) => (await fetch(new URL('/oauth/token', acted.issuer), {
      method: 'POST', body: new URLSearchParams({
        grant_type: 'authorization_code', client_id, redirect_uri: callback, code_verifier,
        code: await codeFor(client_id, user),
      }),
    })).json();
    const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', acted.issuer));
    const { id_token } = await change(verifier);
    const { payload } = await jwtVerify(id_token, keys, { issuer: acted.issuer, audience: client_id });
    assert.deepEqual([payload.sub, payload.nonce], [user.user_id, 'b']);
    assert.equal((await change(randomBytes(32).toString('base64url'))).error, 'invalid_grant');
  });
});

describe('a custom claim', () => {
  it('of a Rule tells user_metadata to getUserInfo', async () => {
    const user = await ruled.signUp({ user_metadata: { hobby: 'chess' } });
    const told = await userInfo(ruled, await ruled.tokensOf(user, 'openid profile'));
    assert.equal(told[claim].hobby, 'chess');
  });

  it('of an Action tells user_metadata to getUserInfo', async () => {
    const user = await acted.signUp({ user_metadata: { hobby: 'go' } });
    const told = await userInfo(acted, await acted.tokensOf(user, 'openid profile'));
    assert.equal(told[claim].hobby, 'go');
  });

  it('is what metadata needs to be told', async () => {
    const user = await plain.signUp({ user_metadata: { hobby: 'chess' } });
    const told = await userInfo(plain, await plain.tokensOf(user, 'openid profile'));
    assert.deepEqual(Object.keys(told).filter((name) => /metadata/.test(name)), []);
  });
});

describe('metadata at login', () => {
  it('is updated by a Rule', async () => {
    const user = await ruled.signUp({ user_metadata: { hobby: 'chess' } });
    for (const logins of [1, 2]) {
      await ruled.tokensOf(user, 'openid');
      const stored = await ruled.everything.users.get(user.user_id);
      assert.deepEqual(stored.user_metadata, { hobby: 'chess', logins });
    }
  });

  it('is updated by an Action', async () => {
    const user = await acted.signUp({ user_metadata: { hobby: 'chess' } });
    await acted.tokensOf(user, 'openid');
    const stored = await acted.everything.users.get(user.user_id);
    assert.deepEqual([stored.user_metadata, stored.app_metadata], [{ hobby: 'chess' }, { logins: 1 }]);
  });
});

describe('a login', () => {
  const refusedWith = (status, code, words) => (error) => {
    assert.deepEqual([error.name, error.statusCode, error.error], ['AuthApiError', status, code]);
    assert.match(error.error_description, words);
    return true;
  };

  it('is refused as the client surfaces it', async () => {
    const user = await plain.signUp();
    await assert.rejects(plain.authentication.oauth.passwordGrant({ username: user.email, password: 'wrong' }),
      refusedWith(403, 'invalid_grant', /Wrong email or password/));
  });

  it('is denied by a Rule and by an Action', async () => {
    for (const server of [ruled, acted]) {
      const user = await server.signUp({ user_metadata: { banned: 'yes' } });
      await assert.rejects(server.tokensOf(user, 'openid'), refusedWith(403, 'access_denied', /^You are banned\.$/));
    }
  });
});

describe('user information', () => {
  it('is refused without a token for it', async () => {
    const { data } = await plain.authentication.oauth.clientCredentialsGrant({ audience: plain.audience });
    for (const token of ['a.b.c', data.access_token])
      await assert.rejects(userInfo(plain, { access_token: token }), (error) => {
        assert.deepEqual([error.name, error.statusCode, error.error], ['UserInfoError', 401, 'invalid_token']);
        return true;
      });
  });
});

describe('a token', () => {
  let tokens, user, keys;
  before(async () => {
    user = await plain.signUp();
    tokens = await plain.tokensOf(user, 'openid read:current_user');
    keys = createRemoteJWKSet(new URL(`${plain.issuer}.well-known/jwks.json`));
  });
  const verified = (token, audience) =>
    jwtVerify(token, keys, { issuer: plain.issuer, audience, algorithms: ['RS256'] });

  it('is verified by jose', async () => {
    const { payload } = await verified(tokens.access_token, plain.audience);
    assert.equal(payload.sub, user.user_id);
    assert.equal((await verified(tokens.id_token, 'metapatch')).payload.sub, payload.sub);
  });

  it('of another audience, of another server or changed is not', async () => {
    await assert.rejects(verified(tokens.access_token, 'https://other.example/'),
      { code: 'ERR_JWT_CLAIM_VALIDATION_FAILED' });
    const foreign = await acted.tokensOf(await acted.signUp(), 'openid');
    await assert.rejects(verified(foreign.access_token, acted.audience), { code: 'ERR_JWKS_NO_MATCHING_KEY' });
    const [head, , signature] = tokens.access_token.split('.');
    const claims = JSON.stringify({ ...decodeJwt(tokens.access_token), sub: 'auth0|else' });
    const changed = [head, Buffer.from(claims).toString('base64url'), signature].join('.');
    await assert.rejects(verified(changed, plain.audience),
      { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
  });

  it('is taken by express-oauth2-jwt-bearer, with the scopes that it has', async () => {
    const check = auth({ issuerBaseURL: plain.issuer, audience: plain.audience });
    const admitted = async (token, scope) => {
      const request = {
        method: 'GET', url: '/', originalUrl: '/', protocol: 'https', query: {}, is: () => false,
        headers: { host: 'localhost', authorization: `Bearer ${token}` },
        get(name) { return this.headers[name.toLowerCase()]; },
      };
      const next = (middleware) => new Promise((resolve, reject) =>
        middleware(request, {}, (error) => error ? reject(error) : resolve()));
      await next(check);
      await next(requiredScopes(scope));
      return request.auth.payload.sub;
    };
    assert.equal(await admitted(tokens.access_token, 'read:current_user'), user.user_id);
    await assert.rejects(admitted(tokens.access_token, 'update:users'), { status: 403, code: 'insufficient_scope' });
    await assert.rejects(admitted(tokens.id_token, 'openid'), { status: 401, code: 'invalid_token' });
  });
});

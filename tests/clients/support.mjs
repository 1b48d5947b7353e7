// SPDX-License-Identifier: BSL-1.0
// A metapatch-server of one's own over https, and what tests ask it for through Auth0's clients. `run` sets the
// environment.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { ManagementClient } from 'auth0';
import { AuthenticationClient } from 'auth0/legacy';

export const connection = 'Username-Password-Authentication';
export const password = 'correct horse battery';
export const secret = 'the secret of the client';

/// The path of what lies beside the tests.
export const beside = (name) => fileURLToPath(new URL(name, import.meta.url));

let lastNumber = 0;
/// An address that nobody else has, in any run on the same store.
export const newAddress = () => `user-${process.pid}-${Date.now()}-${++lastNumber}@example.com`;

/// Starts a server; `stop()` ends it, and fails where it has not ended well.
export async function startServer(...options) {
  const program = spawn(process.env.METAPATCH_SERVER, [
    '--port', '0', '--store', process.env.METAPATCH_STORE, '--password-grant', '--no-access-log',
    '--tls-cert', process.env.NODE_EXTRA_CA_CERTS, '--tls-key', process.env.METAPATCH_TLS_KEY, ...options,
  ], { env: { ...process.env, METAPATCH_CLIENT_SECRET: secret }, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(program, 'exit');
  process.on('exit', () => program.kill('SIGKILL')); // where a test has failed before it could stop it
  for await (const line of createInterface({ input: program.stdout })) {
    const found = /listens on https:\/\/(localhost:\d+)/.exec(line);
    if (found)
      return new Server(program, ended, found[1]);
  }
  throw new Error(`the server did not start: ${await ended}`);
}

class Server {
  constructor(program, ended, domain) {
    const issuer = `https://${domain}/`;
    Object.assign(this, { program, ended, domain, issuer, audience: `${issuer}api/v2/` });
    program.stdout.resume().unref();
    program.unref();
    this.everything = this.managementClient({ clientId: 'metapatch', clientSecret: secret });
    this.authentication = new AuthenticationClient({ domain, clientId: 'metapatch', clientSecret: secret });
  }

  async stop() {
    this.program.ref();
    this.program.kill('SIGTERM');
    const [status] = await this.ended;
    assert.equal(status, 0);
  }

  managementClient(credentials) {
    return new ManagementClient({ domain: this.domain, maxRetries: 0, ...credentials });
  }

  /// A user that has signed up.
  async signUp(members = {}) {
    const email = newAddress();
    const { data } = await this.authentication.database.signUp({ connection, email, password, ...members });
    return { ...data, email, user_id: `auth0|${data.id}` };
  }

  /// A user as GET shows it.
  async createUser(members = {}) {
    return this.everything.users.create({ connection, email: newAddress(), password, ...members });
  }

  /// What the client may do with these scopes alone.
  async applicationWith(scope) {
    const { data } = await this.authentication.oauth.clientCredentialsGrant({ audience: this.audience, scope });
    assert.equal(data.scope ?? scope, scope);
    return this.managementClient({ token: data.access_token });
  }

  /// The tokens of a user.
  async tokensOf(user, scope) {
    const { data } = await this.authentication.oauth.passwordGrant({
      username: user.email, password: user.password ?? password, realm: connection, audience: this.audience, scope,
    });
    return data;
  }

  /// What a user may do itself with these scopes.
  async userWith(user, scope) {
    return this.managementClient({ token: (await this.tokensOf(user, scope)).access_token });
  }
}

/// The refusal of a Management API as node-auth0 surfaces it.
export async function refused(promise, name, statusCode, errorCode, message) {
  await assert.rejects(promise, (error) => {
    assert.equal(error.name ?? error.constructor.name, name);
    assert.equal(error.statusCode, statusCode);
    assert.equal(error.body.statusCode, statusCode);
    assert.equal(error.body.errorCode, errorCode);
    assert.match(error.body.message, message);
    return true;
  });
}

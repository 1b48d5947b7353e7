// SPDX-License-Identifier: BSL-1.0
// The requests that carry the fields, as texts: what is typed goes in as it is.

const path = (resource, member, operation = `PATCH /${resource}/{id}`) => ({
  operation,
  member,
  path: id => `/api/v2/${resource}/${segment(id)}`,
});

const REQUESTS = {
  'auth0.user_metadata': { ...path('users', 'user_metadata'), whole: 'updateUserText' },
  'auth0.app_metadata': { ...path('users', 'app_metadata'), whole: 'updateUserText' },
  'auth0.client_metadata': path('clients', 'client_metadata'),
  'auth0.organization_metadata': path('organizations', 'metadata'),
  'auth0.connection_metadata': path('connections', 'metadata'),
  'auth0.domain_metadata': path('custom-domains', 'domain_metadata'),
  'auth0.session_metadata': path('sessions', 'session_metadata'),
  'auth0.refresh_token_metadata': path('refresh-tokens', 'refresh_token_metadata'),
  'auth0.agent_metadata': path('agents', 'metadata'),
  'auth0.signup_user_metadata': {
    operation: 'POST /dbconnections/signup',
    member: 'user_metadata',
    path: () => '/dbconnections/signup',
    whole: 'signupText',
    others: {
      client_id: 'CLIENT_ID',
      email: 'jo@example.com',
      password: 'correct horse battery',
      connection: 'Username-Password-Authentication',
    },
  },
};

/** The member of a user, or of another document, that a policy's field is; of a policy of one's own there is none. */
export const memberOf = ({ policy, definition }) => (definition === undefined ? REQUESTS[policy]?.member : undefined);

/** A segment of a path, which a URL's other characters and a shell's have no meaning in. */
const segment = text =>
  encodeURIComponent(
    text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD'),
  ).replace(/[!'()*]/g, each => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);

const objectOf = members =>
  `{${members
    .filter(([, text]) => text !== undefined)
    .map(([name, text]) => `${JSON.stringify(name)}:${text}`)
    .join()}}`;

/** The request that a state is: undefined where the policy is of no field of Auth0's. */
export function requestOf({ policy, patch, stored, user, typed }) {
  const found = REQUESTS[policy];
  if (found === undefined) return undefined;
  if (typed === 'whole' && found.whole !== undefined) {
    const needsToken = found.operation.includes('{id}');
    return { ...found, path: found.path(user), needsToken, body: patch ?? '', document: stored, isTyped: true };
  }
  const others = Object.entries(found.others ?? {}).map(([name, value]) => [name, JSON.stringify(value)]);
  return {
    ...found,
    path: found.path(user),
    needsToken: found.operation.includes('{id}'),
    body: objectOf([...others, [found.member, patch]]),
    /** The document that the field is in. */
    document: objectOf([
      [found.whole === undefined ? 'id' : 'user_id', JSON.stringify(user)],
      [found.member, stored],
    ]),
  };
}

/** A word of a POSIX shell that stands for a text, whatever it has: undefined where no word can. */
export const quoted = text => (text.includes('\0') ? undefined : `'${text.replaceAll("'", `'\\''`)}'`);

/** The command for a request, its token a variable of the shell; undefined where no argument can have the body. */
export function curlOf({ operation, path: address, needsToken, body }, withToken) {
  const data = quoted(body);
  if (data === undefined) return undefined;
  return [
    `curl --request ${operation.split(' ')[0]} "https://$AUTH0_DOMAIN"${quoted(address)}`,
    ...(needsToken && withToken ? ['--header "Authorization: Bearer $AUTH0_TOKEN"'] : []),
    "--header 'Content-Type: application/json'",
    `--data-raw ${data}`,
  ].join(' \\\n  ');
}

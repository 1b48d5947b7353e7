// SPDX-License-Identifier: BSL-1.0
// What the conformance vectors ask, answered by the package: texts go through its text functions.

const isGiven = value => value !== undefined && value !== null;
const bytesOf = base64 => Uint8Array.from(atob(base64), character => character.charCodeAt(0));
const written = text =>
  typeof text === 'string' ? text : text.parts.map(([piece, times]) => piece.repeat(times)).join('');

/** The text of that name: a string, bytes, or undefined. */
function textIn(request, name) {
  if (isGiven(request[name + '_base64'])) return bytesOf(request[name + '_base64']);
  return isGiven(request[name]) ? written(request[name]) : undefined;
}
/** A document that a case may also give as JSON of the request. */
function documentIn(request, name) {
  const given = request[name];
  const isText = typeof given === 'string' || (isGiven(given) && Array.isArray(given.parts));
  return isGiven(given) && !isText ? JSON.stringify(given) : textIn(request, name);
}
const string = value =>
  value instanceof Uint8Array ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(value) : value;

function refused({ violations, omitted, impossible }) {
  const told = violations.map(({ code, pointer, limit, actual, position, operation, fault }) => ({
    code,
    pointer,
    limit,
    actual,
    offset: position?.offset,
    operation,
    fault,
  }));
  const answer = { outcome: impossible ? 'impossible' : 'rejected', violations: told, omitted };
  return impossible ? { ...answer, why: violations.map(({ message }) => message).join('; ') } : answer;
}
const answered = (result, tell) => (result.ok ? { outcome: 'ok', ...tell(result) } : refused(result));
const difference = result =>
  answered(result, ({ bodies, patch }) =>
    bodies.length === 0 ? { outcome: 'no_patch' } : bodies.length === 1 ? { patch } : { bodies },
  );
const service = (result, name) =>
  result.ok
    ? { outcome: 'ok', value: string(result[name]) }
    : { outcome: 'refused', status: result.status, body: result.body };

function patchesIn({ patches }) {
  return patches.map(patch => (isGiven(patch) ? written(patch) : undefined));
}
/** Members of a request on a whole user. */
const requestIn = request => ({
  stored: textIn(request, 'stored'),
  body: textIn(request, 'body'),
  userId: request.user_id,
  table: request.table ?? undefined,
  token: isGiven(request.token)
    ? { scopes: request.token.scopes, subject: request.token.subject ?? undefined }
    : undefined,
});

/** The operations that a driver may be asked, each answered by a function of the package. */
export const operationsOf = metapatch => ({
  apply: (request, text) =>
    answered(metapatch.applyText(request.profile, text('stored'), text('patch')), ({ value }) =>
      value === undefined ? { field: 'absent' } : { field: 'present', value: string(value) },
    ),
  validate: (request, text) =>
    answered(metapatch.validateText(request.profile, text('stored'), text('patch')), () => ({})),
  size: (_, text) => answered(metapatch.sizeText(text('stored')), ({ bytes }) => ({ bytes })),
  diff: (request, text, options) => difference(metapatch.diffText(request.profile, text('from'), text('to'), options)),
  compose: (request, _, options) =>
    answered(metapatch.composeText(request.profile, patchesIn(request), options), ({ bodies }) => ({ bodies })),
  inverse: (request, text, options) =>
    answered(metapatch.inverseText(request.profile, text('stored'), text('patch'), options), ({ bodies }) => ({
      bodies,
    })),
  rebase: (request, text, options) =>
    answered(
      metapatch.rebaseText(request.profile, text('patch'), text('onto'), options),
      ({ bodies, conflicts, presence, whole }) => ({ bodies, conflicts, presence, whole }),
    ),
  conflicts: (request, text, options) =>
    answered(
      metapatch.conflictsText(request.profile, text('patch'), text('other'), options),
      ({ keys, presence, whole }) => ({ keys, presence, whole }),
    ),
  commutes: (request, text) =>
    answered(metapatch.conflictsText(request.profile, text('patch'), text('other')), ({ keys, presence, whole }) => ({
      value: String(keys.length === 0 && !presence && !whole),
    })),
  losses: (request, text) =>
    answered(metapatch.lossesText(request.profile, text('stored'), text('patch')), ({ pointers, omitted }) => ({
      pointers,
      omitted,
    })),
  deepen: (request, text, options) =>
    difference(
      metapatch.deepenText(
        request.profile,
        text('stored'),
        text('merge_patch') !== undefined ? { mergePatch: text('merge_patch') } : { jsonPatch: text('json_patch') },
        options,
      ),
    ),
  advise: (request, text) =>
    answered(
      metapatch.adviseText(request.profile, text('stored'), text('patch'), { field: request.field ?? undefined }),
      ({ advice, omitted }) => ({ advice, omitted }),
    ),
  authorize(request, text) {
    const { ok, grantedBy, reason, sufficient } = metapatch.authorizeText({
      operation: request.operation,
      token: { scopes: request.scopes, subject: request.subject ?? undefined },
      userId: request.user ?? '',
      table: request.table ?? undefined,
      body: text('patch'),
      stored: text('stored'),
    });
    return ok ? { outcome: 'allow', granted_by: grantedBy } : { outcome: 'deny', reason, sufficient };
  },
  update_user: request => service(metapatch.updateUserText(requestIn(request)), 'user'),
  create_user: request => service(metapatch.createUserText(requestIn(request)), 'user'),
  view_user: request =>
    service(
      metapatch.viewUserText({
        ...requestIn(request),
        fields: request.fields ?? undefined,
        includeFields: request.include_fields ?? undefined,
      }),
      'user',
    ),
  signup: request => service(metapatch.signupText(requestIn(request)), 'user'),
  userinfo: request =>
    answered(
      metapatch.userinfoText({
        user: textIn(request, 'stored'),
        scopes: request.scopes ?? '',
        claims: documentIn(request, 'claims'),
      }),
      ({ claims, dropped }) => ({ value: claims, dropped }),
    ),
  lock_signup: request =>
    answered(
      metapatch.lockSignupText({
        fields: documentIn(request, 'fields'),
        values: documentIn(request, 'values'),
        form: documentIn(request, 'form'),
      }),
      ({ body, warnings }) => ({ value: body, warnings }),
    ),
});

/** The answer to a request of the conformance runner: see tests/conformance/README.md. */
export function answerTo(operations, request) {
  const run = operations[request.op];
  if (run === undefined) return { outcome: 'skipped', why: 'operation not offered' };
  try {
    const options = isGiven(request.presence) ? { presence: request.presence } : undefined;
    return run(request, name => textIn(request, name), options);
  } catch (error) {
    return { outcome: 'errored', message: String(error.stack ?? error) };
  }
}

// SPDX-License-Identifier: BSL-1.0
// The request that carries a patch: who may make it, what the service answers, and the command that sends it.

import { counted, element, textBlock } from './dom.mjs';
import { indented, part, violationList } from './parts.mjs';
import { curlOf, requestOf } from './requests.mjs';

const STATUS = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Payload Too Large',
  500: 'Internal Server Error',
};
const REASONS = {
  unauthorized: 'There is no token',
  insufficient_scope: 'The token has no scope for it',
  malformed_body: 'The body is no JSON object',
  subject_mismatch: 'The token is of another user',
  fields_out_of_reach: 'The token may not change all that the body names',
  not_found: 'There is no such user',
  rule_violation: 'The body breaks a rule',
  conflict: 'It conflicts with what is stored',
  unreadable_state: 'What is stored is no user',
};

const joined = (words, between = ', ') => words.map((word, at) => [at > 0 && between, element('code', {}, word)]);
const scopesOf = sets =>
  element(
    'ul.pointers',
    {},
    sets.map(set => element('li', {}, joined(set, ' with '))),
  );

/** Who may make the request. */
function permission(metapatch, request, state, token) {
  if (!request.needsToken)
    return { ok: true, part: part('Who may', element('p.remark', {}, 'Anybody: a sign-up takes no token.')) };
  const unknown = {
    ok: false,
    part: part('Who may', element('p.remark', {}, 'That cannot be told of what is no JSON.')),
  };
  let decision;
  try {
    decision = metapatch.authorizeText({
      operation: request.operation,
      token,
      userId: state.user,
      body: request.body,
      stored: request.document,
      table: state.table,
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return unknown;
  }
  if (decision.sufficient === undefined) return unknown; // a refusal of a text
  const lines = [
    element(
      'p',
      {},
      element(
        `strong.${decision.ok ? 'good' : 'bad'}`,
        {},
        token === undefined ? 'Nobody without a token. ' : decision.ok ? 'This token may. ' : 'This token may not. ',
      ),
      decision.ok
        ? ['Granted by ', joined(decision.grantedBy), '.']
        : token === undefined
          ? ''
          : `${REASONS[decision.reason]}.`,
    ),
    !decision.ok &&
      decision.outOfReach.length > 0 &&
      element('p', {}, 'Out of its reach: ', joined(decision.outOfReach)),
    decision.sufficient.length > 0 && [element('p', {}, 'Each of these would do:'), scopesOf(decision.sufficient)],
  ];
  return { ok: decision.ok && token !== undefined, part: part('Who may', ...lines.flat()) };
}

function responsePart(answer) {
  const status = answer.ok ? 200 : answer.status;
  const headers = answer.ok ? { 'Content-Type': 'application/json; charset=utf-8' } : answer.headers;
  const body = answer.ok ? indented(answer.user) : JSON.stringify(answer.body, null, 2);
  return textBlock(
    'The answer of the service',
    [
      `HTTP/1.1 ${status} ${STATUS[status] ?? ''}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      '',
      body,
    ].join('\n'),
  );
}

const curlPart = (request, state) => {
  const command = curlOf(request, state.token === 'given');
  return command === undefined
    ? part('curl', element('p.remark', {}, 'The body has a zero byte, which no command line can have.'))
    : textBlock('curl', command);
};

/** Where the package answers no whole request: who may make it, and whether the field takes the patch. */
function fieldAnswer({ metapatch, rules, state, show }, request, may) {
  const verdict = metapatch.validateText(rules, state.stored, state.patch);
  const taken = verdict.ok ? 'the field takes the patch' : counted(verdict.violations.length, 'violation');
  return {
    ok: may.ok && verdict.ok,
    verdict: !may.ok ? 'Not permitted' : verdict.ok ? 'Accepted' : 'Refused',
    summary: `${request.operation}: ${taken}`,
    marks: verdict.violations ?? [],
    parts: [
      verdict.ok ? undefined : violationList(verdict, show),
      may.part,
      curlPart(request, state),
      element(
        'p.remark',
        {},
        'The package answers whole requests of users and sign-ups; of this one it tells who may make it, and whether ' +
          'the field takes the patch.',
      ),
    ],
  };
}

/** The service judges by the field's own rules, whatever a policy of the page's user says. */
export function requestView({ metapatch, state, show }) {
  const rules = metapatch.policies[state.policy];
  const request = requestOf(state);
  if (request === undefined) {
    return {
      ok: false,
      verdict: 'No request',
      summary: `${rules.name} is of no field of Auth0's`,
      marks: [],
      parts: [element('p', {}, "Choose one of Auth0's fields as the policy.")],
    };
  }
  const token =
    state.token === 'none'
      ? undefined
      : { scopes: state.scopes, subject: state.subject === '' ? undefined : state.subject };
  const may = permission(metapatch, request, state, token);
  if (request.whole === undefined) return fieldAnswer({ metapatch, rules, state, show }, request, may);
  const answer = metapatch[request.whole]({
    stored: request.document,
    body: request.body,
    userId: state.user,
    token,
    table: state.table,
  });
  // Of the texts that are typed, not of the request around them.
  const { violations = [] } = request.isTyped
    ? answer
    : metapatch.validateText(rules, request.needsToken ? state.stored : undefined, state.patch);
  return {
    ok: answer.ok,
    verdict: answer.ok ? '200 OK' : `${answer.status} ${STATUS[answer.status] ?? ''}`.trim(),
    summary: answer.ok ? `${request.operation} is accepted` : (REASONS[answer.reason] ?? answer.message),
    marks: violations,
    parts: [
      answer.ok || violations.length === 0 ? undefined : violationList({ violations }, show),
      responsePart(answer),
      may.part,
      curlPart(request, state),
      state.definition !== undefined &&
        element('p.remark', {}, 'The service judges by its own rules for this field, not by yours.'),
    ],
  };
}

// SPDX-License-Identifier: BSL-1.0
// The conformance vectors, which a script beside the page brings when they are asked for.

import kit from '../../../tests/conformance/package/kit.cjs';
import { answerTo, operationsOf } from './answers.mjs';
import { comparisonWith } from './comparison.mjs';

const { rulesOfIn, requestOf, expectationOf, casesIn } = kit;
const LONGEST = 100_000; // characters that an editor takes without making anybody wait

let loading;
/** All of them; from file:// too, where nothing can be fetched. */
export function loadVectors(metapatch) {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = 'vectors.js';
    script.addEventListener('load', () => resolve(vectorsOf(metapatch, globalThis.metapatchVectors)));
    script.addEventListener('error', () => {
      loading = undefined;
      reject(new Error('vectors.js is not beside this page'));
    });
    document.head.append(script);
  });
  return loading;
}

function vectorsOf(metapatch, { version, rules, files }) {
  const cases = new Map(casesIn(files).map(each => [each.id, each]));
  const rulesOf = rulesOfIn(rules);
  const operations = operationsOf(metapatch);
  const faultsOf = comparisonWith(metapatch);
  return {
    version,
    cases,
    rulesOf,
    /** What a case asks, what is expected, and what this library gives: nothing where the package does not offer it. */
    asked(vector) {
      const request = requestOf(vector);
      const expected = expectationOf(vector);
      if (!Object.hasOwn(operations, vector.op)) return { request, expected };
      const given = answerTo(operations, request);
      return { request, expected, given, faults: faultsOf(expected, given) };
    },
  };
}

const FIELDS = {
  apply: ({ stored, patch }) => ({ mode: 'patch', stored, patch }),
  diff: ({ from, to, presence }) => ({ mode: 'wanted', stored: from, wanted: to, presence: presence ?? 'exact' }),
};
const sent = (policy, { stored, body, token, user_id, table }) => ({
  mode: 'request',
  typed: 'whole',
  policy,
  stored,
  patch: body,
  token: token === undefined || token === null ? 'none' : 'given',
  ...(token && { scopes: token.scopes, subject: token.subject ?? '' }),
  user: user_id,
  table: table ?? 'enforced',
});
FIELDS.update_user = request => sent('auth0.user_metadata', request);
FIELDS.signup = request => sent('auth0.signup_user_metadata', request);
for (const like of ['validate', 'losses', 'advise', 'inverse', 'size']) FIELDS[like] = FIELDS.apply;

/** What the fields of the page hold for a case: undefined where they cannot hold what it asks. */
export function fieldsOf({ op, profile, ...vector }, request) {
  if (!Object.hasOwn(FIELDS, op) || Object.keys(vector).some(name => name.endsWith('_base64'))) return undefined;
  const fields = FIELDS[op](request);
  for (const name of ['stored', 'patch', 'wanted']) {
    fields[name] ??= undefined;
    if ((fields[name]?.length ?? 0) > LONGEST) return undefined;
  }
  return { policy: fields.policy ?? profile, ...fields };
}

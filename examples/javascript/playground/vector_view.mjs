// SPDX-License-Identifier: BSL-1.0
// A vector: what it asks, what is expected and why, and what this library gives.

import { element, shortened } from './dom.mjs';

const LEVELS = {
  required: 'Auth0 documents it, or a recording shows it',
  observed: 'others have seen it',
  chosen: 'Auth0 is silent, and the decision is ours',
};
const KINDS = { doc: 'documented', recorded: 'recorded', observed: 'observed', chosen: 'chosen' };

const isGiven = value => value !== undefined && value !== null;
/** Members of a request or of an answer, a line each; texts of JSON as they are. */
function membersPart(title, members, faults) {
  const rows = Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [
      element('dt', {}, name),
      element(
        'dd',
        {},
        element(
          'code',
          {},
          value === null
            ? 'absent'
            : typeof value === 'string'
              ? shortened(value === '' ? '(an empty text)' : value, 2000)
              : shortened(JSON.stringify(value, undefined, 1), 4000),
        ),
      ),
    ]);
  return element(
    'section',
    {},
    element('h3', {}, title),
    element('dl', {}, rows),
    isGiven(faults) && faults.length > 0 && element('p.bad', {}, faults.join('; ')),
  );
}

const evidence = ({ kind, ref }) =>
  element(
    'li',
    {},
    element('strong', {}, `${KINDS[kind]}: `),
    /^https:\/\/\S+$/.test(ref) ? element('a', { href: ref, rel: 'noreferrer noopener' }, ref) : ref,
  );

const verdictOf = ({ given, faults }, changed) =>
  changed
    ? ['changed', 'You have changed the texts: below is the answer to yours.']
    : given === undefined
      ? ['unasked', 'The package does not offer this operation; the library does, and its tests ask it.']
      : faults.length === 0
        ? ['same', 'Given as expected.']
        : ['differs', 'The answer differs from what is expected.'];

/** Shows a vector that is open. */
export function showVector(place, { vector, rules, asked, changed }, { reopen, close }) {
  const { id, op, level, profile } = vector;
  const { id: _, op: __, profile: ___, ...request } = asked.request;
  const [verdict, words] = verdictOf(asked, changed);
  place.dataset.verdict = verdict;
  place.replaceChildren(
    element(
      'header',
      {},
      element(
        'div',
        {},
        element('p.eyebrow', {}, `Vector · ${op}${profile === 'auth0' ? '' : ` · ${profile}`}`),
        element('h2', {}, id),
      ),
      element(
        'div.buttons',
        {},
        changed && element('button', { type: 'button', click: reopen }, 'Open it anew'),
        element('button', { type: 'button', click: close }, 'Close'),
      ),
    ),
    element(`p.verdict.${verdict}`, {}, words),
    element(
      'div.why',
      {},
      element(
        'section',
        {},
        element('h3', {}, rules.length === 1 ? 'Rule' : 'Rules'),
        element(
          'ul',
          {},
          rules.map(each => element('li', {}, element('strong', {}, `${each.id} `), each.rule)),
        ),
      ),
      element(
        'section',
        {},
        element('h3', {}, 'Evidence'),
        element('p', {}, element(`span.level.${level}`, {}, level), ` ${LEVELS[level]}`),
        element('ul', {}, vector.evidence.map(evidence)),
      ),
    ),
    element(
      'div.answers',
      {},
      membersPart('Asked', request),
      membersPart('Expected', asked.expected),
      asked.given === undefined
        ? element('section', {}, element('h3', {}, 'Given'), element('p.remark', {}, 'Not asked.'))
        : membersPart('Given', asked.given, asked.faults),
    ),
  );
  place.hidden = false;
}

/** That there is no vector of that id. */
export function showMissing(place, id, close) {
  place.dataset.verdict = 'missing';
  place.replaceChildren(
    element(
      'header',
      {},
      element('h2', {}, 'No such vector'),
      element('button', { type: 'button', click: close }, 'Close'),
    ),
    element('p', {}, 'There is none with the id ', element('code', {}, shortened(id, 120)), '.'),
  );
  place.hidden = false;
}

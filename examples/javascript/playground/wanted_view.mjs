// SPDX-License-Identifier: BSL-1.0
// What to send so that the field becomes what is wanted, and a merge of what two have made of it.

import { counted, element, shortened, textBlock } from './dom.mjs';
import { bodiesPart, part, violationList } from './parts.mjs';
import { tokensOf } from './places.mjs';

const INPUTS = { from: 'stored', to: 'wanted', base: 'stored' };
/** Violations, each in the text that it is of; those of no text are of the wanted one. */
const marksOf = (violations, otherwise) =>
  violations.map(each => ({ ...each, input: INPUTS[each.input] ?? each.input ?? otherwise }));

function refusal({ violations, impossible, omitted }, otherwise, show) {
  const marks = marksOf(violations, otherwise);
  return {
    ok: false,
    verdict: impossible ? 'Impossible' : 'Refused',
    summary: impossible ? 'No body leads there' : counted(violations.length + (omitted ?? 0), 'violation'),
    marks,
    parts: [violationList({ violations: marks, omitted }, show)],
  };
}

const usePart = (bodies, use) =>
  bodies.length !== 1
    ? undefined
    : element('p', {}, element('button', { type: 'button', click: () => use(bodies[0]) }, 'Look at it as a patch'));

export function wantedView({ metapatch, rules, state, show, use }) {
  const { stored, wanted, presence } = state;
  const result = metapatch.diffText(rules, stored, wanted, { presence });
  if (!result.ok) return refusal(result, 'wanted', show);
  const { bodies } = result;
  return {
    ok: true,
    verdict:
      bodies.length === 0 ? 'Nothing to send' : bodies.length === 1 ? 'Send this body' : `Send ${bodies.length} bodies`,
    summary:
      bodies.length === 0
        ? 'The field is as it is wanted'
        : 'The smallest that leads from what is stored to what is wanted',
    marks: [],
    parts: [
      bodiesPart(
        bodies,
        'Body',
        rules.merge.on_empty === 'clears'
          ? 'Send no body at all: an empty one would clear the field.'
          : 'Send no body at all.',
      ),
      usePart(bodies, use),
    ],
  };
}

export function mergeView({ metapatch, rules, state, show, use }) {
  const { stored, mine, theirs, presence } = state;
  const result = metapatch.merge3Text(rules, stored, mine, theirs, { presence });
  if (!result.ok) return refusal(result, 'mine', show);
  const { bodies, conflicts, changedByBoth } = result;
  const merged = bodies.reduce((field, body) => metapatch.applyText(rules, field, body).value, theirs);
  const peaceful = changedByBoth.filter(key => !conflicts.some(pointer => tokensOf(pointer)[0] === key));
  const codes = list =>
    element(
      'ul.pointers',
      {},
      list.map(each => element('li', {}, element('code', {}, shortened(each, 120)))),
    );
  return {
    ok: conflicts.length === 0 ? true : 'partly',
    verdict: conflicts.length === 0 ? 'Merged' : `Merged, with ${counted(conflicts.length, 'conflict')}`,
    summary: conflicts.length === 0 ? 'Both edits are kept' : 'Where both have changed the same, mine counts',
    marks: [],
    parts: [
      bodiesPart(bodies, 'Body to send onto theirs', 'Nothing to send: theirs is what the two make together.'),
      conflicts.length > 0 && part('Conflicts', codes(conflicts)),
      peaceful.length > 0 && part('Changed by both, without a conflict', codes(peaceful)),
      merged === undefined
        ? element('p.remark', {}, 'Then the field is absent.')
        : textBlock('The field afterwards', merged),
      usePart(bodies, body => use(body, theirs)),
    ],
  };
}

// SPDX-License-Identifier: BSL-1.0
// A patch: what it makes of the field, what is wrong with it, what it loses, and what undoes it.

import { changesOf, countsOf, listOf } from './changes.mjs';
import { counted, element, shortened, textBlock } from './dom.mjs';
import { bodiesPart, measure, part, violationList } from './parts.mjs';
import { membersOf } from './places.mjs';
import { memberOf } from './requests.mjs';

const ADVICE = {
  root_collision:
    'The profile has an attribute of this name at its root, which this member hides where the two are laid together.',
  type_change: 'The value is of another type than the stored one.',
  unsafe_integer: 'JavaScript cannot tell this integer from its neighbours.',
  field_name:
    'The only member bears the name of the field: this looks like a whole body, and not like the patch of its field.',
};

function sizePart(metapatch, rules, value) {
  const { bytes } = metapatch.sizeText(value);
  return element(
    'dl.measures',
    {},
    measure('Size', bytes, rules.limits.max_bytes, 'byte'),
    measure('Members', membersOf(value).length, rules.limits.max_members, 'member'),
  );
}

function carePart(metapatch, rules, state) {
  const lost = metapatch.lossesText(rules, state.stored, state.patch);
  const field = memberOf(state);
  const told = metapatch.adviseText(rules, state.stored, state.patch, field === undefined ? {} : { field });
  const omitted = (lost.omitted ?? 0) + (told.omitted ?? 0);
  const losses = lost.ok ? lost.pointers : [];
  const advice = told.ok ? told.advice.filter(({ code }) => code !== 'loss') : []; // losses tell of those
  if (losses.length + advice.length === 0) return part('Losses and advice', element('p.remark', {}, 'None.'));
  return part(
    'Losses and advice',
    element(
      'ul.advice',
      {},
      losses.map(pointer =>
        element(
          'li',
          {},
          element('code.code', {}, 'loss'),
          element('code', {}, shortened(pointer, 120)),
          element('span', {}, 'is stored, and vanishes: the object around it is replaced.'),
        ),
      ),
      advice.map(({ code, pointer }) =>
        element(
          'li',
          {},
          element('code.code', {}, code),
          element('code', {}, shortened(pointer, 120)),
          element('span', {}, ADVICE[code] ?? ''),
        ),
      ),
    ),
    omitted > 0 && element('p.remark', {}, `and ${omitted} more`),
  );
}

function undoPart(metapatch, rules, { stored, patch }) {
  const undone = metapatch.inverseText(rules, stored, patch);
  if (undone.ok && undone.bodies.length > 0) return bodiesPart(undone.bodies, 'To undo it, send', '');
  return part(
    'To undo it',
    undone.ok
      ? element('p.remark', {}, 'Nothing: the patch changes nothing.')
      : [element('p.remark', {}, 'No body does that.'), violationList(undone)],
  );
}

export function patchView({ metapatch, rules, state, show }) {
  const { stored, patch } = state;
  const result = metapatch.applyText(rules, stored, patch);
  if (!result.ok) {
    return {
      ok: false,
      verdict: 'Refused',
      summary: `${counted(result.violations.length + (result.omitted ?? 0), 'violation')}; the field stays as it is`,
      marks: result.violations,
      parts: [violationList(result, show)],
    };
  }
  const { value } = result;
  const rows = changesOf(stored, patch, value, rules.merge.depth ?? Infinity);
  return {
    ok: true,
    verdict: 'Accepted',
    summary:
      patch === undefined
        ? 'The body does not name the field, which stays as it is'
        : countsOf(rows) || (value === undefined ? 'The field is absent' : 'The field has no members'),
    marks: [],
    parts: [
      rows.length > 0 && listOf(rows),
      carePart(metapatch, rules, state),
      value === undefined
        ? element(
            'p.nothing-to-send',
            {},
            element('strong', {}, 'Absent: '),
            'the field is not there any more, or was not.',
          )
        : textBlock('The field afterwards', value),
      sizePart(metapatch, rules, value),
      undoPart(metapatch, rules, state),
    ],
  };
}

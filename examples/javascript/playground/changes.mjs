// SPDX-License-Identifier: BSL-1.0
// What has become of each member, by looking at what was stored, at what was sent, and at the library's result.

import { element, shortened } from './dom.mjs';
import { membersIn, rootOf } from './places.mjs';

const MOST_ROWS = 200;
const isObject = node => node?.name === 'Object';
const byName = ({ text, node }) => new Map(membersIn(text, node).map(each => [each.name, each])); // of two, the last
const whole = text => ({ text, node: text === undefined ? undefined : rootOf(text) });

/**
 * @param {number} levels  that merge
 * @returns {{ what: 'set' | 'removed' | 'kept' | 'cleared', path: string[], value?: string, was?: string }[]}
 */
export const changesOf = (stored, patch, result, levels) =>
  changesIn(whole(stored), whole(patch), whole(result), levels, []);

function changesIn(stored, patch, result, levels, path) {
  const [before, named, after] = [byName(stored), byName(patch), byName(result)];
  const inside = (texts, member) => ({ text: texts.text, node: member.node });
  const rows = [];
  for (const [name, now] of after) {
    const [was, sent] = [before.get(name), named.get(name)];
    const here = [...path, name];
    if (sent === undefined) rows.push({ what: 'kept', path: here, value: now.value });
    else if (levels > 1 && isObject(sent.node) && isObject(was?.node))
      rows.push(...changesIn(inside(stored, was), inside(patch, sent), inside(result, now), levels - 1, here));
    else rows.push({ what: 'set', path: here, value: now.value, was: was?.value });
  }
  for (const [name, was] of before)
    if (!after.has(name))
      rows.push({ what: named.has(name) ? 'removed' : 'cleared', path: [...path, name], was: was.value });
  for (const [name, { value }] of named)
    if (value === 'null' && !before.has(name) && !after.has(name))
      rows.push({ what: 'removed', path: [...path, name] });
  return rows;
}

export function countsOf(rows) {
  const counts = { set: 0, removed: 0, kept: 0, cleared: 0 };
  for (const { what } of rows) ++counts[what];
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ');
}

const keyOf = path => path.map(name => JSON.stringify(name)).join(' › ');

function rowOf({ what, path, value, was }) {
  return element(
    `li.${what}`,
    {},
    element('span.mark', {}, what),
    element('code.key', {}, shortened(keyOf(path), 120)),
    element(
      'span.values',
      {},
      value !== undefined && element('code', {}, shortened(value)),
      what === 'set' && was === undefined && element('small', {}, 'new'),
      was !== undefined &&
        was !== value &&
        element('small', {}, 'was ', element(what === 'set' ? 'code' : 's', {}, shortened(was))),
      what === 'set' && was === value && element('small', {}, 'as it was'),
      what === 'removed' && was === undefined && element('small', {}, 'was not there'),
    ),
  );
}

export const listOf = rows =>
  element(
    'ul.changes',
    { 'aria-label': 'Members' },
    rows.slice(0, MOST_ROWS).map(rowOf),
    rows.length > MOST_ROWS && element('li.kept', {}, `and ${rows.length - MOST_ROWS} more`),
  );

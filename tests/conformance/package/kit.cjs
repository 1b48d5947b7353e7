// SPDX-License-Identifier: BSL-1.0
'use strict';
// What the vectors are taken by, wherever they were read from.

const patterns = new Map();
function matches(glob, id) {
  if (!patterns.has(glob)) {
    const escaped = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    patterns.set(glob, new RegExp(`^${escaped.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`));
  }
  return patterns.get(glob).test(id);
}

/** The function that tells which of these rules a case shows. */
const rulesOfIn = rules => id => {
  const globs = rule => [...rule.cases ?? [], ...rule.admitted ?? [], ...rule.refused ?? []];
  return rules.filter(rule => globs(rule).some(glob => matches(glob, id)));
};

/** A value with its long texts, which stand in parts, written out. */
function writtenOut(value) {
  if (Array.isArray(value)) return value.map(writtenOut);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0][0] === 'parts')
    return value.parts.map(([text, times]) => text.repeat(times)).join('');
  return Object.fromEntries(entries.map(([name, inside]) => [name, writtenOut(inside)]));
}

function requestOf({ expect, level, evidence, profile, ...asked }) {
  return writtenOut(profile === 'auth0' ? asked : { profile, ...asked });
}

const expectationOf = ({ expect }) => writtenOut(expect);

/** The cases of files, each with its profile. */
const casesIn = files => files.flatMap(({ profile, cases }) => cases.map(each => ({ profile, ...each })));

module.exports = { rulesOfIn, requestOf, expectationOf, casesIn };

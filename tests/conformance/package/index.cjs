// SPDX-License-Identifier: BSL-1.0
'use strict';
const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const read = (...path) => JSON.parse(readFileSync(join(__dirname, ...path), 'utf8'));
const names = (...path) => readdirSync(join(__dirname, ...path)).sort();
const frozen = value => {
  if (value !== null && typeof value === 'object') Object.values(Object.freeze(value)).forEach(frozen);
  return value;
};

const { version } = read('package.json');
const rules = frozen(read('rules.json'));
const cases = frozen(names('vectors').flatMap(folder => names('vectors', folder).flatMap(file => {
  const { profile, cases } = read('vectors', folder, file);
  return cases.map(each => ({ profile, ...each }));
})));

const patterns = new Map();
function matches(glob, id) {
  if (!patterns.has(glob)) {
    const escaped = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    patterns.set(glob, new RegExp(`^${escaped.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`));
  }
  return patterns.get(glob).test(id);
}

function rulesOf(id) {
  const globs = rule => [...rule.cases ?? [], ...rule.admitted ?? [], ...rule.refused ?? []];
  return rules.filter(rule => globs(rule).some(glob => matches(glob, id)));
}

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

module.exports = { version, cases, rules, rulesOf, requestOf, expectationOf };

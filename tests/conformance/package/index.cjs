// SPDX-License-Identifier: BSL-1.0
'use strict';
const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const { rulesOfIn, requestOf, expectationOf, casesIn } = require('./kit.cjs');

const read = (...path) => JSON.parse(readFileSync(join(__dirname, ...path), 'utf8'));
const names = (...path) => readdirSync(join(__dirname, ...path)).sort();
const frozen = value => {
  if (value !== null && typeof value === 'object') Object.values(Object.freeze(value)).forEach(frozen);
  return value;
};

const { version } = read('package.json');
const rules = frozen(read('rules.json'));
const cases = frozen(casesIn(names('vectors').flatMap(folder =>
  names('vectors', folder).map(file => read('vectors', folder, file)))));

module.exports = { version, cases, rules, rulesOf: rulesOfIn(rules), requestOf, expectationOf };

// SPDX-License-Identifier: BSL-1.0
import kit from './index.cjs';

export const { version, cases, rules, rulesOf, requestOf, expectationOf } = kit;

// SPDX-License-Identifier: BSL-1.0
// Whether an answer is the one that a vector expects, as tests/conformance/README.md says. What JSON texts are equal,
// the package says: it is asked whether there is anything to send from one to the other.

import { membersOf } from './places.mjs';

const SETS = ['keys', 'conflicts', 'pointers', 'advice', 'dropped', 'warnings', 'granted_by', 'sufficient'];
/** Members that make an answer another one where nobody expects them. */
const TELLING = ['field', 'patch', 'bodies', 'presence', 'whole', 'keys', 'conflicts', 'pointers'];
const HINTS = ['bytes_of', 'any_key', 'split', 'lexemes'];

/** Data as text, the keys of objects in order: equal where the data is. */
const sorted = data =>
  JSON.stringify(data, (_, value) =>
    value === null || typeof value !== 'object' || Array.isArray(value)
      ? value
      : Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
const asSet = list => sorted((list ?? []).map(each => sorted(Array.isArray(each) ? [...each].sort() : each)).sort());

const isRemoval = ({ value }) => value === 'null';

export function comparisonWith(metapatch) {
  const reading = { max_nesting: 1024, duplicates: 'last_wins' };
  const policy = metapatch.definePolicy({ name: 'comparison', read: reading });
  const inside = text => `{"":[${text}]}`;

  /** Whether two JSON texts are equal: numbers by their exact value, the order of keys aside. */
  function equal(one, other) {
    if (one === other) return true;
    const result = metapatch.diffText(policy, inside(one), inside(other));
    return result.ok && result.bodies.length === 0;
  }

  const named = ({ name, value }) => `{${JSON.stringify(name)}:[${value}]}`;
  const sameInAnyOrder = (wanted, found) => {
    const left = [...found];
    return (
      wanted.length === found.length &&
      wanted.every(each => {
        const at = left.findIndex(other => each.name === other.name && equal(named(each), named(other)));
        return at >= 0 && left.splice(at, 1).length === 1;
      })
    );
  };

  /** Members may be split among bodies in any way of the same sizes, but none is removed behind one that is set. */
  function splitFault(wanted, found) {
    const sizes = bodies => bodies.map(each => each.length).join();
    if (sizes(wanted) !== sizes(found)) return 'bodies of other sizes';
    if (!sameInAnyOrder(wanted.flat(), found.flat())) return 'other members';
    const firstSetting = found.findIndex(each => each.some(member => !isRemoval(member)));
    return firstSetting >= 0 &&
      found
        .slice(firstSetting + 1)
        .flat()
        .some(isRemoval)
      ? 'a member is removed behind one that is set'
      : undefined;
  }

  function bodiesFault(expect, expected, given) {
    if (Array.isArray(expected) !== Array.isArray(given) || given === undefined) return 'an answer of another form';
    const [wanted, found] = [[expected].flat(), [given].flat()];
    if (expect.split) return splitFault(wanted.map(membersOf), found.map(membersOf));
    const same = !expect.any_key
      ? equal
      : (one, other) => {
          const [mine, theirs] = [membersOf(one), membersOf(other)];
          return mine.length === theirs.length && mine.every(({ value }, at) => equal(value, theirs[at].value));
        };
    if (wanted.length !== found.length || !wanted.every((body, at) => same(body, found[at]))) return 'other bodies';
    const unwritten = (expect.lexemes ?? []).find(lexeme => !found.some(body => body.includes(lexeme)));
    return unwritten === undefined ? undefined : `not written as it was: ${unwritten}`;
  }

  /** Each by its code and pointer; what else an answer tells must be right. What is impossible is told in any order. */
  function violationsFault({ outcome }, expected, given = []) {
    const refused = outcome === 'rejected';
    if (given.length === 0 && !refused) return undefined;
    const same = (wanted, told) =>
      Object.entries(wanted).every(([name, value]) =>
        (told[name] ?? undefined) === undefined ? name !== 'code' && name !== 'pointer' : told[name] === value,
      );
    const left = [...given];
    const found = expected.every((wanted, at) => {
      const where = refused ? (same(wanted, given[at] ?? {}) ? 0 : -1) : left.findIndex(told => same(wanted, told));
      return where >= 0 && left.splice(where, 1).length === 1;
    });
    return found && expected.length === given.length ? undefined : refused ? 'other violations' : 'other reasons';
  }

  function valueFaults(expect, given) {
    if (typeof given !== 'string') return ['the value is no text'];
    if (!equal(expect.value, given)) return ['another value'];
    const members = membersOf(given);
    return Object.entries(expect.bytes_of ?? {})
      .filter(([name, bytes]) => members.findLast(member => member.name === name)?.value !== bytes)
      .map(([name, bytes]) => `the value of ${JSON.stringify(name)} should have the bytes ${bytes}`);
  }

  function faultsOfMember(name, expect, answer) {
    const [expected, given] = [expect[name], answer[name] ?? undefined];
    switch (name) {
      case 'violations':
        return [violationsFault(expect, expected, given)];
      case 'value':
        return valueFaults(expect, given);
      case 'patch':
      case 'bodies':
        return [bodiesFault(expect, expected, given)];
      case 'body_has': {
        const shown = Object.entries(answer.body ?? {}).filter(([member]) => Object.hasOwn(expected, member));
        return JSON.stringify(Object.fromEntries(shown)) === JSON.stringify(expected)
          ? []
          : ['a body without what it should have'];
      }
      case 'body':
        return JSON.stringify(given) === JSON.stringify(expected) ? [] : ['another body'];
      default:
        if (SETS.includes(name)) return asSet(expected) === asSet(given) ? [] : [`other ${name}`];
        return sorted(given) === sorted(expected) ? [] : [given === undefined ? `no ${name}` : `another ${name}`];
    }
  }

  /** What is wrong with an answer: nothing where it is as expected. */
  return function faultsOf(expect, answer) {
    if (answer.outcome !== expect.outcome) return ['another outcome'];
    const unexpected = TELLING.filter(
      name =>
        !Object.hasOwn(expect, name) &&
        (answer[name] ?? undefined) !== undefined &&
        !(SETS.includes(name) && answer[name].length === 0),
    ).map(name => `an answer of another form: ${name}`);
    return [
      ...Object.keys(expect)
        .filter(name => !HINTS.includes(name))
        .flatMap(name => faultsOfMember(name, expect, answer)),
      ...unexpected,
    ].filter(fault => fault !== undefined);
  };
}

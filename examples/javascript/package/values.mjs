// SPDX-License-Identifier: BSL-1.0
// Values as JSON texts and back. What JSON.stringify would silently turn into null, which removes members, is refused here.

const MOST_LEVELS = 1025; // one more than any policy admits

/** Thrown where a value is no JSON that the library could be asked about: a refusal, not a mistake of the caller. */
export class Unreadable {
  constructor(code, pointer, limit) {
    Object.assign(this, { code, pointer, limit });
  }
}

const pointerOf = path => path.map(key => '/' + String(key).replaceAll('~', '~0').replaceAll('/', '~1')).join('');

/** JSON.stringify for what that does badly: BigInts, numbers that are not finite, and values of any depth. */
function written(value, path) {
  if (typeof value?.toJSON === 'function') value = value.toJSON(String(path.at(-1) ?? ''));
  if (value instanceof Number || value instanceof String || value instanceof Boolean) value = value.valueOf();
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Unreadable('number_out_of_range', pointerOf(path));
    return String(Object.is(value, -0) ? 0 : value);
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (path.length >= MOST_LEVELS) throw new Unreadable('too_deep', '', MOST_LEVELS - 1);
  const inside = (key, item) => {
    path.push(key);
    const text = written(item, path);
    path.pop();
    return text;
  };
  if (Array.isArray(value)) return `[${Array.from(value, (item, at) => inside(at, item) ?? 'null').join()}]`;
  const members = [];
  for (const key of Object.keys(value)) {
    const text = inside(key, value[key]);
    if (text !== undefined) members.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${members.join()}}`;
}

/**
 * The JSON text of a value; nothing of undefined. What is no JSON at all is a TypeError that names it.
 * @throws {Unreadable}
 */
export function textOf(value, name) {
  if (value === undefined) return undefined;
  let text;
  try {
    text = JSON.stringify(value);
  } catch (error) { // it holds a BigInt or itself, is too deep, or its toJSON throws
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    text = 'null';
  }
  if (text === undefined) throw new TypeError(`${name} must be a JSON value, and is a ${typeof value}`);
  return text.includes('null') ? written(value, []) : text;
}

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"(?!\s*:)|"(?:[^"\\]|\\.)*"\s*:|-?\d[\d.eE+-]*/g;
const isUnsafe = number => /^-?\d{16,}$/.test(number) && !Number.isSafeInteger(Number(number));

/** The value of a JSON text, with a BigInt for each integer that a number cannot tell from its neighbours. */
export function withBigInts(text) {
  // Each string is marked by its first character, so that no string can be taken for a number's text.
  const marked = text.replace(STRING_OR_NUMBER, token =>
    token[0] !== '"' ? isUnsafe(token) ? `"n${token}"` : token : token.endsWith('"') ? `"s${token.slice(1)}` : token);
  return JSON.parse(marked, (_, value) =>
    typeof value !== 'string' ? value : value[0] === 'n' ? BigInt(value.slice(1)) : value.slice(1));
}

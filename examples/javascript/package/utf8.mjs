// SPDX-License-Identifier: BSL-1.0
// Strings as bytes, and places in bytes as places in strings.

const encoder = new TextEncoder();

/**
 * Writes a text to `memory` from `begin` on.
 * @returns {number} how many bytes, or -1 where they do not end before `end`
 */
export function writeInto(memory, begin, end, text) {
  if (typeof text !== 'string') {
    memory.set(text, begin);
    return text.length;
  }
  if (text.length < 48) { // a call costs more than this
    let at = 0;
    for (; at < text.length; ++at) {
      const code = text.charCodeAt(at);
      if (code > 0x7F) break;
      memory[begin + at] = code;
    }
    if (at === text.length) return at;
  }
  const { read, written } = encoder.encodeInto(text, memory.subarray(begin, end));
  return read === text.length ? written : -1;
}

const surrogate = /\p{Surrogate}/u;

/** Whether no surrogate stands without its other half. */
export const isWellFormed = typeof String.prototype.isWellFormed === 'function'
  ? text => text.isWellFormed()
  : text => !surrogate.test(text);

const utf8Size = code => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);

/** The bytes of a string with lone surrogates, which become what UTF-8 would be of them: no text has such bytes. */
export function bytesOfIllFormed(text) {
  const bytes = new Uint8Array(3 * text.length);
  let at = 0;
  for (const character of text) {
    const code = character.codePointAt(0);
    if (code >= 0xD800 && code <= 0xDFFF) {
      bytes.set([0xED, code >> 6 & 0x3F | 0x80, code & 0x3F | 0x80], at);
      at += 3;
    } else {
      at += encoder.encodeInto(character, bytes.subarray(at)).written;
    }
  }
  return bytes.subarray(0, at);
}

/** The index in a string of the character that a byte of its UTF-8 is of. */
export function indexOfByte(text, offset) {
  let index = 0;
  for (let bytes = 0; index < text.length;) {
    const code = text.codePointAt(index);
    bytes += utf8Size(code);
    if (bytes > offset) break;
    index += code > 0xFFFF ? 2 : 1;
  }
  return index;
}

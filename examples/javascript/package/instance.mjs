// SPDX-License-Identifier: BSL-1.0
// A WebAssembly instance of the library. A call writes texts into its memory, runs to its end, and reads one text; nothing
// of a caller's runs meanwhile, so calls cannot meet inside of it.

import { isAscii, joined, sourcesOf } from './pieces.mjs';
import { recordOf } from './policy.mjs';
import { bytesOfIllFormed, isWellFormed, writeInto } from './utf8.mjs';

const MISSING = 0xFFFFFFFF;
const RENEWED_BEYOND = 16 << 20; // bytes: WebAssembly has no way to give memory back but to begin anew
const MOST_POLICIES = 64;
const MOST_BYTES = 0x3FFFFFFF;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class Instance {
  #module;
  #exports;
  #bytes;      // of the memory, as long as it has not grown
  #policies;   // what the instance knows of them, the oldest first
  #operations;

  constructor(module) {
    this.#module = module;
    this.#begin();
  }

  #begin() {
    const number = (at, size) => Number(decoder.decode(this.#memory().subarray(at, at + size)));
    this.#exports = new WebAssembly.Instance(this.#module, { env: { number } }).exports;
    this.#bytes = undefined;
    this.#policies = new Map();
    this.#operations = new Map();
    this.#exports._initialize();
  }

  #memory() {
    if (this.#bytes?.buffer !== this.#exports.memory.buffer) this.#bytes = new Uint8Array(this.#exports.memory.buffer);
    return this.#bytes;
  }

  /** Runs `work`, and begins anew where it ends badly or has used much memory. */
  #run(work) {
    try {
      const made = work(this.#exports);
      if (this.#exports.memory.buffer.byteLength > RENEWED_BEYOND) this.#begin();
      return made;
    } catch (error) { // no memory is left, or no stack below the caller's
      this.#begin();
      if (error instanceof WebAssembly.RuntimeError)
        throw Object.assign(new RangeError('metapatch: out of memory'), { cause: error });
      throw error;
    }
  }

  /** Writes texts behind `head` bytes, each where `told(index, offset, size)` says. */
  #write(texts, head, told) {
    for (let most = false; ; most = true) {
      let room = head;
      for (const text of texts)
        if (text !== undefined)
          room += typeof text === 'string' ? roomFor(text, most) : text.length;
      if (room > MOST_BYTES) throw new RangeError('metapatch: the texts are too large');
      const input = this.#exports.reserve(room);
      const memory = this.#memory();
      let at = head;
      let index = 0;
      for (; index < texts.length; ++index) {
        const size = texts[index] === undefined ? MISSING : writeInto(memory, input + at, input + room, texts[index]);
        if (size < 0) break; // there are more bytes than characters
        told(index, at, size, input, memory);
        if (size !== MISSING) at += size;
      }
      if (index === texts.length) return;
    }
  }

  #handle(policy) {
    let handle = this.#policies.get(policy);
    if (handle === undefined) {
      if (this.#policies.size >= MOST_POLICIES) {
        const [oldest, itsHandle] = this.#policies.entries().next().value;
        this.#exports.forget_policy(itsHandle);
        this.#policies.delete(oldest);
      }
      const record = recordOf(policy);
      const at = this.#exports.reserve(record.length);
      this.#memory().set(record, at);
      handle = this.#exports.define_policy(record.length);
      this.#policies.set(policy, handle);
    }
    return handle;
  }

  /** The output; a copy. */
  #output(asBytes) {
    const at = this.#exports.output();
    const end = at + this.#exports.output_size();
    return asBytes ? this.#memory().slice(at, end) : decoder.decode(this.#memory().subarray(at, end));
  }

  /** The text that the output's pieces are. */
  #joined(sources) {
    const memory = this.#memory();
    const count = this.#exports.piece_count();
    const places = new DataView(memory.buffer, this.#exports.pieces(), 8 * count);
    const each = take => {
      for (let i = 0; i < 8 * count; i += 8) take(places.getUint32(i, true), places.getUint32(i + 4, true));
    };
    return joined(each, sources, (at, size) => decoder.decode(memory.subarray(at, at + size)));
  }

  /**
   * @param asBytes  undefined where only an answer is asked for
   * @returns {{ value?: string | Uint8Array, answer?: string }}
   */
  apply(policy, stored, patch, trusted, asBytes) {
    const texts = [wellFormed(stored), wellFormed(patch)];
    return this.#run(exports => {
      const handle = this.#handle(policy);
      const begins = [0, 0];
      const sizes = [MISSING, MISSING];
      this.#write(texts, 0, (index, offset, size, input) => {
        begins[index] = input + offset;
        sizes[index] = size;
      });
      const inPieces = asBytes === false && texts.some((text, i) => typeof text === 'string' && !isAscii(text, sizes[i]));
      const status = exports.apply(handle, sizes[0], sizes[1], trusted, inPieces);
      if (status === 2) return { answer: this.#output(false) };
      if (status === 1 || asBytes === undefined) return { value: undefined };
      if (status === 0) return { value: this.#output(asBytes) };
      return { value: this.#joined(sourcesOf(texts, begins, sizes, exports.units)) };
    });
  }

  /** The JSON of an operation's answer. */
  answer(operation, policy, texts, either, asTexts) {
    const given = texts.map(wellFormed);
    return this.#run(exports => {
      const handle = policy === undefined ? 0 : this.#handle(policy);
      const found = this.#operation(operation);
      this.#write(given, 8 * given.length, (index, offset, size, input, memory) => {
        const view = new DataView(memory.buffer, input + 8 * index, 8);
        view.setUint32(0, offset, true);
        view.setUint32(4, size, true);
      });
      exports.run(found, handle, given.length, either, asTexts);
      return this.#output(false);
    });
  }

  #operation(name) {
    let found = this.#operations.get(name);
    if (found === undefined) {
      let size = 0;
      this.#write([name], 0, (_, __, written) => { size = written; });
      found = this.#exports.find_operation(size);
      this.#operations.set(name, found);
    }
    return found;
  }
}

/** Bytes for a string: three of each character are always enough, and of a long one mostly much less is. */
function roomFor({ length }, most) {
  return most || length < 4096 ? 3 * length : length + (length >> 3);
}

/** A text whose bytes say the same: a lone surrogate would be replaced by another character on the way. */
function wellFormed(text) {
  return typeof text !== 'string' || isWellFormed(text) ? text : bytesOfIllFormed(text);
}

// SPDX-License-Identifier: BSL-1.0
// A string of pieces, most of which are of strings that the caller gave: of those they are slices, so that nothing is
// decoded that was encoded. To decode takes long where not all is ASCII, and no time to speak of where it is.

/** Whether a string of so many bytes of UTF-8 is nothing but ASCII: any other has more of them than code units. */
export const isAscii = (text, size) => size === text.length;

/** A string that was written to the module's memory, and places in its bytes as places in it. */
class Source {
  #begin;
  #size;
  #text;
  #units;
  #passed = 0; // bytes,
  #index = 0;  // and where that is in the string

  /** @param units  tells how many code units some bytes in memory are */
  constructor(begin, size, text, units) {
    this.#begin = begin;
    this.#size = size;
    this.#text = text;
    this.#units = isAscii(text, size) ? (_, bytes) => bytes : units;
  }

  #indexOf(place) {
    if (place < this.#passed) this.#passed = this.#index = 0;
    const rest = this.#size - place;
    this.#index = rest < place - this.#passed
      ? this.#text.length - this.#units(this.#begin + place, rest)
      : this.#index + this.#units(this.#begin + this.#passed, place - this.#passed);
    this.#passed = place;
    return this.#index;
  }

  holds(at, size) {
    return at >= this.#begin && at + size <= this.#begin + this.#size;
  }

  slice(at, size) {
    const begin = this.#indexOf(at - this.#begin);
    return this.#text.slice(begin, this.#indexOf(at - this.#begin + size));
  }
}

/** The texts that are strings, by where they begin in memory. */
export const sourcesOf = (texts, begins, sizes, units) =>
  texts.flatMap((text, i) => (typeof text === 'string' ? [new Source(begins[i], sizes[i], text, units)] : []));

/**
 * @param each     calls what it is given with the address and the size of one piece after the other
 * @param decoded  gives the text of what is in memory
 */
export function joined(each, sources, decoded) {
  let made = '';
  each((at, size) => {
    const source = sources.find(text => text.holds(at, size));
    made += source === undefined ? decoded(at, size) : source.slice(at, size);
  });
  return made;
}

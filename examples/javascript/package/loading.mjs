// SPDX-License-Identifier: BSL-1.0
// Which module an engine can run, and how it is carried in a script: no file is looked for and no address is fetched, so
// that it loads from any place that scripts load from.

// (module (func (result v128) (i32x4.splat (i32.const 0))))
const PROBE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 17, 11);

/** Whether the engine has WebAssembly's vector instructions. */
export const hasSimd = () => WebAssembly.validate(PROBE);

/** Whether the module with vector instructions is asked for: where nobody says, it is where it can run. */
export function asksForSimd({ simd } = {}) {
  if (simd !== undefined && typeof simd !== 'boolean') throw new TypeError('load: simd must be true or false');
  return simd ?? hasSimd();
}

const ESCAPED = [0, 10, 13, 39, 92, 127]; // by a script, or here
const RARE = [74, 89, 87, 90, 78, 83];    // in a module

/** What a byte below 128 is carried as, and the other way round. */
export const swapped = byte => RARE[ESCAPED.indexOf(byte)] ?? ESCAPED[RARE.indexOf(byte)] ?? byte;

/** The bytes of a module from the string that carry.mjs has made of them. */
export function bytesOf(carried) {
  const read = Uint8Array.from({ length: 129 }, (_, code) => swapped(code === 128 ? 127 : code));
  const bytes = new Uint8Array(carried.length);
  let size = 0;
  for (let i = 0; i < carried.length; ++i) {
    const code = carried.charCodeAt(i);
    bytes[size++] = code === 127 ? read[carried.charCodeAt(++i)] + 128 : read[code];
  }
  return bytes.subarray(0, size);
}

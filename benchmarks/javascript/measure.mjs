// SPDX-License-Identifier: BSL-1.0
// How long a patch of a text takes, in this engine: by the package, by what is written by hand, and by packages that people
// use for merge patches. Every result is compared with that of the loop, and is read to its end.

import { apply as jsonMergePatch } from 'json-merge-patch';
import { default as json8 } from 'json8-merge-patch';

const SIZES = [200, 2048, 65_536, 1 << 20];

/** A document of about that many bytes; small ones are flat. */
function documentOf(bytes) {
  const made = {};
  for (let i = 0, size = 2; size < bytes; ++i) {
    const value = bytes < 300 ? `value ${i}` : {
      name: `Name of ${i}`, tags: ['new', 'paid', `t${i}`], score: i * 1.5, active: i % 2 === 0,
      address: { city: 'Zürich', note: `lives at number ${i}` },
    };
    made[`member ${i}`] = value;
    size += JSON.stringify(value).length + `member ${i}`.length + 4;
  }
  return JSON.stringify(made);
}
const PATCH = '{"member 1":null,"newsletter":true,"member 3":"replaced"}';

const loop = (stored, patch) => {
  const made = JSON.parse(stored);
  for (const [key, value] of Object.entries(JSON.parse(patch))) {
    if (value === null) delete made[key];
    else made[key] = value;
  }
  return JSON.stringify(made);
};
const cloned = (stored, patch) => {
  const made = { ...structuredClone(JSON.parse(stored)), ...JSON.parse(patch) };
  for (const key of Object.keys(made)) if (made[key] === null) delete made[key];
  return JSON.stringify(made);
};

/** Reads the last of a result: engines put a string together that is made of others only where it is read. */
let read = 0;
const use = made => { read ^= typeof made === 'string' ? made.charCodeAt(made.length - 1) : made[made.length - 1]; };

/** Microseconds of a call with a look at its result: the best of some rounds, each of at least that many milliseconds. */
function time(run, milliseconds) {
  let times = 1;
  const round = () => {
    const begin = performance.now();
    for (let i = 0; i < times; ++i) use(run());
    return performance.now() - begin;
  };
  while (round() < milliseconds) times *= 2;
  return Math.min(...Array.from({ length: 5 }, round)) / times * 1000;
}

/**
 * @param text, full  what `load` of `metapatch/text` and of `metapatch` gives
 * @returns  rows of `{ bytes, name, us }`; throws where a result differs
 */
export function measure(text, full, quick) {
  const policy = 'auth0.user_metadata';
  const rows = [];
  for (const size of quick ? SIZES.slice(0, 2) : SIZES) {
    const stored = documentOf(size);
    const [storedBytes, patchBytes] = [stored, PATCH].map(each => new TextEncoder().encode(each));
    const ways = {
      'JSON.parse, loop, JSON.stringify': () => loop(stored, PATCH),
      'structuredClone and spread': () => cloned(stored, PATCH),
      'json-merge-patch': () => JSON.stringify(jsonMergePatch(JSON.parse(stored), JSON.parse(PATCH))),
      'json8-merge-patch': () => JSON.stringify(json8.apply(JSON.parse(stored), JSON.parse(PATCH))),
      'metapatch/text, strings': () => text.applyText(policy, stored, PATCH).value,
      'metapatch/text, bytes': () => text.applyText(policy, storedBytes, patchBytes).value,
      'metapatch/text, bytes, trusted': () => text.applyText(policy, storedBytes, patchBytes, { trusted: true }).value,
      'metapatch, strings': () => full.applyText(policy, stored, PATCH).value,
      'metapatch, values': () => JSON.stringify(full.apply(policy, JSON.parse(stored), JSON.parse(PATCH)).value),
    };
    const expected = loop(stored, PATCH);
    for (const [name, run] of Object.entries(ways)) {
      const made = run();
      if ((typeof made === 'string' ? made : new TextDecoder().decode(made)) !== expected) throw new Error(`${name} differs`);
      rows.push({ bytes: storedBytes.length, name, us: time(run, quick ? 1 : 100) });
    }
  }
  return rows;
}

/** A table for people. */
export function tableOf(rows) {
  const lines = [];
  for (const bytes of new Set(rows.map(each => each.bytes))) {
    const here = rows.filter(each => each.bytes === bytes);
    lines.push(`${bytes} bytes`);
    for (const { name, us } of here)
      lines.push(`  ${name.padEnd(34)}${us.toFixed(2).padStart(12)} µs${(here[0].us / us).toFixed(1).padStart(8)}×`);
  }
  return lines.join('\n');
}

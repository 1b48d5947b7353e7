// SPDX-License-Identifier: BSL-1.0
// What several answers have in common.

import { counted, element, number, shortened, textBlock } from './dom.mjs';

const INPUTS = {
  stored: 'in what is stored',
  patch: 'in the patch',
  result: 'of the result',
  from: 'in what is stored',
  to: 'in the wanted state',
  base: 'in the base',
  mine: 'in mine',
  theirs: 'in theirs',
  body: 'in the body',
};

/** A refusal's violations; each goes to its place where there is one. */
export function violationList({ violations, omitted }, show) {
  const items = violations.map(each => {
    const { code, pointer, input, message } = each;
    const words = pointer !== '' && message.startsWith(`${pointer}: `) ? message.slice(pointer.length + 2) : message;
    const told = [
      element('code.code', {}, code),
      element('span', {}, `${shortened(words[0].toUpperCase() + words.slice(1))}.`),
      element('small', {}, [pointer !== '' && shortened(pointer, 80), INPUTS[input]].filter(Boolean).join(' ')),
    ];
    return element(
      'li',
      {},
      show === undefined
        ? element('div', {}, told)
        : element(
            'button',
            { type: 'button', click: () => show(each) },
            told,
            element('span.beyond', {}, ' Go to its place'),
          ),
    );
  });
  return element(
    'div',
    {},
    element('ul.violations', { 'aria-label': 'Violations' }, items),
    omitted > 0 && element('p.remark', {}, `and ${counted(omitted, 'violation')} more`),
  );
}

/** A JSON text with a line for each member; its numbers and strings stay as they are written. */
export function indented(text) {
  let depth = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  return tokens
    .map((token, at) => {
      const empty = /^[{[]$/.test(tokens[at - 1] ?? '') && /^[}\]]$/.test(token);
      if (/^[{[]$/.test(token)) {
        ++depth;
        return /^[}\]]$/.test(tokens[at + 1] ?? '') ? token : token + line();
      }
      if (/^[}\]]$/.test(token)) {
        --depth;
        return empty ? token : line() + token;
      }
      return token === ',' ? token + line() : token === ':' ? ': ' : token;
    })
    .join('');
}

/** Bodies to send, one after the other; or that there are none. */
export function bodiesPart(bodies, title, none) {
  if (bodies.length === 0) return element('p.nothing-to-send', {}, none);
  return element(
    'div',
    {},
    bodies.map((body, at) =>
      textBlock(bodies.length === 1 ? title : `${title}, ${at + 1} of ${bodies.length}`, indented(body)),
    ),
    bodies.length > 1 &&
      element('p.remark', {}, 'One body would exceed a limit on the way: they are sent in this order.'),
  );
}

/** A size beside its limit. */
export function measure(what, size, limit, unit) {
  if (limit === null)
    return element(
      'div.measure',
      {},
      element('dt', {}, what),
      element('dd', {}, counted(size, unit), element('small', {}, 'no limit')),
    );
  const meter = element('meter', {
    min: 0,
    max: limit,
    value: Math.min(size, limit),
    high: limit * 0.9,
    'aria-label': `${what}, of its limit`,
  });
  return element(
    'div.measure',
    {},
    element('dt', {}, what),
    element('dd', {}, counted(size, unit), element('small', {}, `of ${number(limit)}`), meter),
  );
}

export const part = (title, ...inside) => element('section.part', {}, element('h3', {}, title), ...inside);

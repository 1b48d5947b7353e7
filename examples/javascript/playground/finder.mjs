// SPDX-License-Identifier: BSL-1.0
// Finds vectors by words of their ids, operations, policies and rules.

import { counted, element, number } from './dom.mjs';

const MOST = 60;

export function finderIn(dialog, load) {
  const status = element('p.remark', { role: 'status' });
  const list = element('ul.found', { 'aria-label': 'Vectors' });
  const words = element('input', { type: 'search', id: 'words', autocomplete: 'off', spellcheck: 'false' });
  const level = element(
    'select',
    { id: 'level' },
    ['any', 'required', 'observed', 'chosen'].map(each => element('option', { value: each }, each)),
  );
  dialog.append(
    element(
      'header',
      {},
      element('h2', { id: 'finder-title' }, 'Find a vector'),
      element('button', { type: 'button', click: () => dialog.close() }, 'Close'),
    ),
    element(
      'form.form',
      { submit: event => event.preventDefault() },
      element('p', {}, element('label', { for: 'words' }, 'Words of its id, operation, policy or rule'), words),
      element('p', {}, element('label', { for: 'level' }, 'Level'), level),
    ),
    status,
    list,
  );

  let texts;
  const textsOf = vectors =>
    (texts ??= [...vectors.cases.values()].map(each => ({
      each,
      rules: vectors.rulesOf(each.id),
      text: `${each.id} ${each.op} ${each.profile} ${vectors
        .rulesOf(each.id)
        .map(({ id, rule }) => `${id} ${rule}`)
        .join(' ')}`.toLowerCase(),
    })));
  function search(vectors) {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = textsOf(vectors).filter(
      ({ each, text }) =>
        (level.value === 'any' || each.level === level.value) && wanted.every(word => text.includes(word)),
    );
    status.textContent =
      `${counted(found.length, 'vector')} of ${number(vectors.cases.size)}` +
      (found.length > MOST ? `; the first ${MOST} are shown` : '');
    list.replaceChildren(
      ...found
        .slice(0, MOST)
        .map(({ each, rules }) =>
          element(
            'li',
            {},
            element(
              'a',
              { href: `#vector=${encodeURIComponent(each.id)}`, click: () => dialog.close() },
              element('span', {}, each.id),
              element('small', {}, `${each.op} · ${each.level} · ${rules[0]?.rule ?? ''}`),
            ),
          ),
        ),
    );
  }
  const again = () =>
    load().then(search, error => {
      status.textContent = error.message;
    });
  words.addEventListener('input', again);
  level.addEventListener('change', again);
  return () => {
    dialog.showModal();
    status.textContent = 'Loading…';
    again();
  };
}

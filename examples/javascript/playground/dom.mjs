// SPDX-License-Identifier: BSL-1.0

/** An element: `is` may have a class behind a dot; members that are functions listen, others are attributes. */
export function element(is, attributes = {}, ...inside) {
  const [name, ...classes] = is.split('.');
  const made = document.createElement(name);
  if (classes.length > 0) made.className = classes.join(' ');
  for (const [attribute, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(attribute, value);
    else if (value === true) made.setAttribute(attribute, '');
    else if (value !== undefined && value !== false) made.setAttribute(attribute, value);
  }
  made.append(...inside.flat(Infinity).filter(each => each !== undefined && each !== false));
  return made;
}

export const byId = id => document.getElementById(id);

const format = new Intl.NumberFormat('en');
/** A number as people read it. */
export const number = value => format.format(value);

/** A text that may be long: what is too long to be read is cut, and says so. */
export const shortened = (text, most = 240) =>
  text.length <= most ? text : `${text.slice(0, most)}… (${number(text.length)} characters)`;

export const counted = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

/** A button that copies a text, and says so. */
export function copyButton(what, textOf) {
  const button = element('button.quiet', { type: 'button', 'aria-label': `Copy ${what}` }, 'Copy');
  button.addEventListener('click', async () => {
    button.textContent = await copied(textOf());
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 1500);
  });
  return button;
}

/** Copies; from file:// too, where browsers may refuse the clipboard but to a selection. */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied';
  } catch {
    const area = element('textarea', { 'aria-hidden': 'true', tabindex: '-1', class: 'beyond' });
    area.value = text;
    document.body.append(area);
    const before = document.activeElement;
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    before?.focus();
    return done ? 'Copied' : 'Not copied';
  }
}

/** A block of text that can be scrolled by the keyboard, with its title and a button that copies it. */
export function textBlock(title, text, { level = 'h3', copy = true, most = 20_000 } = {}) {
  const cut = text.length > most;
  return element(
    'section.block',
    {},
    element('header', {}, element(level, {}, title), copy && copyButton(title.toLowerCase(), () => text)),
    element('pre', { tabindex: '0', role: 'region', 'aria-label': title }, cut ? shortened(text, most) : text),
  );
}

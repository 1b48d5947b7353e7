// SPDX-License-Identifier: BSL-1.0
// CodeMirror for JSON. Each editor is in a shadow root, where its styles are adopted and no policy has to allow them.

import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { Annotation, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { element } from './dom.mjs';
import { placeOf } from './places.mjs';

const colour = name => `var(--${name})`;
const theme = EditorView.theme({
  '&': { color: colour('ink'), backgroundColor: colour('surface'), fontSize: 'var(--code-size)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6', maxHeight: 'var(--editor-most)' },
  '.cm-content': { padding: '0.75rem 0', minHeight: 'var(--editor-least)', caretColor: colour('ink') },
  '.cm-line': { padding: '0 1rem 0 0.375rem' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: colour('active') },
  '.cm-cursor': { borderLeftColor: colour('ink') },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: colour('selection'),
  },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: colour('selection') },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'transparent', color: colour('bad') },
  '.cm-gutters': { backgroundColor: 'transparent', border: 'none' },
  '.cm-gutter-lint': { width: '1.25rem' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0' },
  '.cm-lint-marker': { width: '0.5rem', height: '0.5rem', margin: '0.55em auto 0', borderRadius: '50%' },
  '.cm-lint-marker-error': { content: 'none', backgroundColor: colour('bad') },
  '.cm-lint-marker-warning': { content: 'none', backgroundColor: colour('care') },
  '.cm-lintRange': { backgroundImage: 'none', paddingBottom: '0' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    backgroundColor: colour('bad-soft'),
    textDecoration: `underline wavy ${colour('bad')} 1px`,
    textUnderlineOffset: '3px',
  },
  '.cm-lintPoint:after': { borderBottomColor: `${colour('bad')} !important` },
  '.cm-tooltip': { backgroundColor: colour('surface'), border: `1px solid ${colour('line')}`, borderRadius: '6px' },
  '.cm-diagnostic': { padding: '0.375rem 0.75rem', fontFamily: 'var(--sans)', fontSize: '0.875rem' },
  '.cm-diagnostic-error': { borderLeft: `3px solid ${colour('bad')}` },
  '.cm-panels': { backgroundColor: colour('ground'), color: colour('ink'), borderTop: `1px solid ${colour('line')}` },
  '.cm-panel.cm-panel-lint ul [aria-selected]': { backgroundColor: colour('selection') },
});
const highlighting = HighlightStyle.define([
  { tag: tags.propertyName, color: colour('key') },
  { tag: tags.string, color: colour('string') },
  { tag: [tags.number, tags.bool], color: colour('number') },
  { tag: tags.null, color: colour('care'), fontWeight: '600' },
  { tag: tags.punctuation, color: colour('quiet') },
]);
/** Where a browser types over a selection it keeps its looks in style attributes, which a strict policy reports. */
const typingOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    if (event.inputType !== 'insertText' || event.data === null || view.composing || view.state.selection.main.empty)
      return false;
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: 'input.type', scrollIntoView: true });
    event.preventDefault();
    return true;
  },
});
const extensions = [
  typingOver,
  // As in vectors: what stands there stays, a carriage return too.
  EditorState.lineSeparator.of('\n'),
  indentUnit.of('  '),
  history(),
  drawSelection(),
  highlightSpecialChars(),
  highlightActiveLine(),
  bracketMatching(),
  indentOnInput(),
  json(),
  lintGutter(),
  theme,
  syntaxHighlighting(highlighting),
  EditorView.lineWrapping,
  keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
];

/** Where a violation is in a text. */
function placeIn(text, { position, pointer }) {
  if (position === undefined) return placeOf(text, pointer);
  // Where the text is cut short, its last character.
  const from = Math.max(0, Math.min(position.index, text.length - 1));
  return { from, to: Math.min(from + 1, text.length) };
}

/** Of a change that the page has made. */
const filled = Annotation.define();

/**
 * An editor with its title, and a box that says that there is no text, which is not the same as an empty one.
 * @param {{ name: string, title: string, absent?: string, changed: () => void }} what
 */
export function editorOf({ name, title, absent, changed }) {
  const host = element('div.host');
  const root = host.attachShadow({ mode: 'open' });
  const shadowed = element('div');
  root.append(shadowed);
  const box = element('input', { type: 'checkbox', id: `${name}-absent` });
  const heading = element('h2', {}, title);
  const nothing = element('p.nothing', { hidden: true }, absent ?? '');
  const whole = element(
    'section.editor',
    { id: name, 'aria-label': title },
    element(
      'header',
      {},
      heading,
      absent !== undefined && element('span.check', {}, box, element('label', { for: `${name}-absent` }, 'absent')),
    ),
    host,
    nothing,
  );

  const view = new EditorView({
    parent: shadowed,
    root,
    state: EditorState.create({
      extensions: [
        extensions,
        EditorView.contentAttributes.of({ 'aria-label': title, spellcheck: 'false' }),
        EditorView.updateListener.of(({ docChanged, transactions }) => {
          if (!docChanged || transactions.some(each => each.annotation(filled))) return;
          wanted = undefined;
          changed();
        }),
      ],
    }),
  });
  let marked = [];
  let wanted; // a text that the editor does not show yet
  let waiting = false;
  let shown = '';
  /** What the page says goes into the editor once a frame, for it costs a layout. */
  function flush() {
    waiting = false;
    const { state } = view;
    const text = wanted ?? state.doc.toString();
    wanted = undefined;
    const marks = JSON.stringify([marked, marked.length > 0 ? text : '']);
    const change =
      text === state.doc.toString()
        ? {}
        : {
            changes: { from: 0, to: state.doc.length, insert: state.toText(text) },
            selection: { anchor: 0 },
            annotations: filled.of(true),
          };
    if (change.changes === undefined && marks === shown) return;
    shown = marks;
    const diagnostics = marked.map(each => ({
      ...placeIn(text, each),
      severity: 'error',
      message: each.message,
      source: each.code,
    }));
    view.dispatch(
      change,
      setDiagnostics(
        state,
        diagnostics.sort((one, other) => one.from - other.from),
      ),
    );
  }
  const later = () => {
    if (!waiting)
      requestAnimationFrame(() => {
        if (waiting) flush();
      });
    waiting = true;
  };
  const showAbsence = () => {
    host.hidden = box.checked;
    nothing.hidden = !box.checked;
  };
  box.addEventListener('change', () => {
    showAbsence();
    changed();
  });

  return {
    whole,
    /** @returns {string | undefined} */
    get text() {
      return box.checked ? undefined : (wanted ?? view.state.doc.toString());
    },
    set text(text) {
      box.checked = text === undefined;
      showAbsence();
      if (text !== undefined) wanted = text;
      later();
    },
    /** @param none  what it says where there is no text */
    entitle(text, none) {
      if (none !== undefined) nothing.textContent = none;
      if (text === heading.textContent) return;
      heading.textContent = text;
      whole.setAttribute('aria-label', text);
      view.contentDOM.setAttribute('aria-label', text);
    },
    /** Marks violations at their places, and no others. */
    mark(violations) {
      marked = box.checked ? [] : violations;
      later();
    },
    /** Goes to where a violation is. */
    show(violation) {
      flush();
      const { from, to } = placeIn(view.state.doc.toString(), violation);
      view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
      view.focus();
      host.scrollIntoView({ block: 'nearest' });
    },
    focus() {
      view.focus();
    },
  };
}

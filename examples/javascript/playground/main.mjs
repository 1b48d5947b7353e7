// SPDX-License-Identifier: BSL-1.0
// The page: what is typed becomes a state, and each state is shown at once.

import { byId, copied, element } from './dom.mjs';
import { editorOf } from './editors.mjs';
import { finderIn } from './finder.mjs';
import { patchView } from './patch_view.mjs';
import { defined, definitionOf, rulesOf } from './policy.mjs';
import { requestView } from './request_view.mjs';
import { blank, example, examples, fragmentOf, MODES, stateOf, TEXTS } from './state.mjs';
import { showMissing, showVector } from './vector_view.mjs';
import { fieldsOf, loadVectors } from './vectors.mjs';
import { mergeView, wantedView } from './wanted_view.mjs';

const VIEWS = { patch: patchView, wanted: wantedView, merge: mergeView, request: requestView };
/** The editors of each question, and what they are called there. */
const SHOWN = {
  patch: { stored: 'Stored', patch: 'Patch' },
  wanted: { stored: 'Stored', wanted: 'Wanted' },
  merge: { stored: 'Stored when both began', mine: 'Mine', theirs: 'Theirs' },
  request: { stored: 'Stored', patch: 'Patch' },
};
const ABSENT = {
  stored: 'The field is absent.',
  patch: 'The body does not name the field.',
  wanted: 'The field is to be absent.',
  mine: 'The field is absent in mine.',
  theirs: 'The field is absent in theirs.',
};
/** The same where whole documents are typed. */
const WHOLE = {
  stored: ['Stored user', 'There is no such user.'],
  patch: ['Body', 'The request has no body.'],
};
const isWhole = ({ mode, typed }) => mode === 'request' && typed === 'whole';
const FORM = ['user', 'scopes', 'subject', 'table', 'presence', 'typed'];

let metapatch;
let state = { ...example };
let open; // the vector that is open, its rules, and what it is asked
let written; // the fragment that this page has written last

const changed = () => {
  readFields();
  if (open !== undefined) open.changed = true;
  show();
  writeAddress();
};
const editors = Object.fromEntries(
  TEXTS.map(name => [
    name,
    editorOf({ name, title: SHOWN.merge[name] ?? SHOWN.patch[name] ?? 'Wanted', absent: ABSENT[name], changed }),
  ]),
);
const definition = editorOf({
  name: 'definition-editor',
  title: 'Rules of your policy, in the schema of a policy file',
  changed,
});

function readFields() {
  for (const name of TEXTS) state[name] = editors[name].text;
  for (const name of FORM) state[name] = byId(name).value;
  state.token = byId('token').checked ? 'given' : 'none';
  if (state.definition !== undefined) state.definition = definition.text;
}

function fillFields() {
  for (const name of TEXTS) editors[name].text = state[name];
  for (const name of FORM) byId(name).value = state[name];
  byId('token').checked = state.token === 'given';
  byId('policy').value = state.policy;
  if (state.definition !== undefined) definition.text = state.definition;
}

/** The rules that count; of a definition that is wrong, those of the policy that is chosen. */
function policyOfState() {
  const chosen = metapatch.policies[state.policy];
  if (state.definition === undefined) return { policy: chosen, violations: [] };
  return { policy: chosen, violations: [], ...defined(metapatch, state.definition) };
}

let shown; // the policy whose rules are told
function showPolicy({ policy, violations }) {
  const edited = state.definition !== undefined;
  byId('edit').setAttribute('aria-expanded', String(edited));
  byId('edit').textContent = edited ? 'Back to its own rules' : 'Edit its rules';
  byId('definition').hidden = !edited;
  if (violations.length > 0)
    byId('rules').replaceChildren(...violations.map(({ message }) => element('li.bad', {}, message)));
  else if (policy !== shown) byId('rules').replaceChildren(...rulesOf(policy));
  shown = violations.length > 0 ? undefined : policy;
  if (edited) definition.mark(violations);
}

function showMode() {
  for (const mode of MODES) {
    const tab = byId(`tab-${mode}`);
    tab.setAttribute('aria-selected', String(mode === state.mode));
    tab.tabIndex = mode === state.mode ? 0 : -1;
  }
  byId('work').setAttribute('aria-labelledby', `tab-${state.mode}`);
  byId('work').dataset.mode = state.mode;
  for (const name of TEXTS) {
    const title = SHOWN[state.mode][name];
    editors[name].whole.hidden = title === undefined;
    if (title !== undefined) editors[name].entitle(...(isWhole(state) ? WHOLE[name] : [title, ABSENT[name]]));
  }
  byId('asker').hidden = state.mode !== 'request';
  byId('presence-choice').hidden = state.mode !== 'wanted' && state.mode !== 'merge';
}

let announcing;
/** Tells a screen reader, when typing has paused. */
function announce(text) {
  clearTimeout(announcing);
  announcing = setTimeout(() => {
    byId('announcement').textContent = text;
  }, 700);
}

/** The text that a violation is marked in: what comes of the texts, in the one that brings the change. */
const textOf = ({ input }) => (TEXTS.includes(input) ? input : Object.keys(SHOWN[state.mode])[1]);
const goTo = violation => editors[textOf(violation)].show(violation);
const use = (patch, stored = state.stored) => {
  Object.assign(state, { mode: 'patch', patch, stored });
  fillFields();
  changed();
  byId('result').focus();
};

function answerTo({ policy, violations }) {
  const none = (verdict, summary) => ({ ok: false, verdict, summary, marks: [], parts: [] });
  if (violations.length > 0) return none('No such policy', violations[0].message);
  try {
    return VIEWS[state.mode]({ metapatch, rules: policy, state, show: goTo, use });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return none('Too large', 'The memory of this page is too small for these texts');
  }
}

/** Shows the state. */
function show() {
  const judged = policyOfState();
  showPolicy(judged);
  showMode();
  const answer = answerTo(judged);
  byId('result').dataset.ok = String(answer.ok);
  byId('verdict').textContent = answer.verdict;
  byId('summary').textContent = answer.summary;
  byId('answer').replaceChildren(...answer.parts.filter(Boolean));
  for (const name of TEXTS) editors[name].mark(answer.marks.filter(each => textOf(each) === name));
  if (open !== undefined)
    showVector(byId('vector'), open, { reopen: () => openVector(open.vector.id), close: closeVector });
  announce(`${answer.verdict}. ${answer.summary}.`);
}

let writing;
function writeAddress() {
  clearTimeout(writing);
  writing = setTimeout(writeNow, 250);
}
function writeNow() {
  clearTimeout(writing);
  written = open !== undefined && !open.changed ? `vector=${encodeURIComponent(open.vector.id)}` : fragmentOf(state);
  history.replaceState(null, '', `#${written}`);
}

function openState(next) {
  open = undefined;
  byId('vector').hidden = true;
  byId('fields').hidden = false;
  state = { ...next };
  fillFields();
  show();
}
function closeVector() {
  openState(state);
  writeNow();
  byId('find').focus();
}

/** Opens a vector: shown with what is asked, expected and given, and in the fields where they can hold it. */
function openVector(id) {
  return loadVectors(metapatch).then(
    vectors => showCase(vectors, id),
    error => {
      byId('vector').replaceChildren(element('p.bad', {}, error.message));
      byId('vector').hidden = false;
    },
  );
}
function showCase(vectors, id) {
  const vector = vectors.cases.get(id);
  if (vector === undefined) {
    openState(state);
    showMissing(byId('vector'), id, closeVector);
    return;
  }
  const asked = vectors.asked(vector);
  const fields = fieldsOf(vector, asked.request);
  open = { vector, rules: vectors.rulesOf(id), asked, changed: false };
  byId('fields').hidden = fields === undefined;
  if (fields !== undefined) {
    state = { ...blank, ...fields };
    fillFields();
    show();
  } else {
    showVector(byId('vector'), open, { reopen: () => openVector(id), close: closeVector });
  }
  announce(`Vector ${id}`);
}

/** Shows what the address says. */
function follow() {
  const fragment = location.hash.slice(1);
  if (fragment === written && fragment !== '') return undefined;
  const told = stateOf(fragment, metapatch.policies);
  if (told?.vector !== undefined) return openVector(told.vector);
  return openState(told ?? example);
}

function listen() {
  byId('policy').replaceChildren(
    ...Object.keys(metapatch.policies).map(name => element('option', { value: name }, name)),
  );
  byId('policy').addEventListener('change', () => {
    state.policy = byId('policy').value;
    state.definition = undefined;
    changed();
  });
  byId('edit').addEventListener('click', () => {
    state.definition = state.definition === undefined ? definitionOf(metapatch.policies[state.policy]) : undefined;
    fillFields();
    changed();
    if (state.definition !== undefined) definition.focus();
  });
  for (const name of FORM) byId(name).addEventListener(byId(name).tagName === 'SELECT' ? 'change' : 'input', changed);
  byId('token').addEventListener('change', changed);
  byId('asker').addEventListener('submit', event => event.preventDefault());
  const select = mode => {
    state.mode = mode;
    changed();
  };
  for (const mode of MODES) byId(`tab-${mode}`).addEventListener('click', () => select(mode));
  document.querySelector('[role=tablist]').addEventListener('keydown', event => {
    const at = MODES.indexOf(state.mode);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: MODES.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    select(MODES[(next + MODES.length) % MODES.length]);
    byId(`tab-${state.mode}`).focus();
  });
  byId('share').addEventListener('click', async () => {
    writeNow();
    const said = await copied(location.href);
    byId('share').textContent = said === 'Copied' ? 'Link copied' : 'The link is the address';
    byId('announcement').textContent = byId('share').textContent;
    setTimeout(() => {
      byId('share').textContent = 'Copy link';
    }, 2000);
  });
  const find = finderIn(byId('finder'), () => loadVectors(metapatch));
  byId('find').addEventListener('click', find);
  byId('skip').addEventListener('click', () => byId('result').focus());
  byId('examples').replaceChildren(
    ...examples.map(([name, each]) => element('li', {}, element('a', { href: `#${fragmentOf(each)}` }, name))),
  );
  addEventListener('hashchange', follow);
}

async function begin() {
  byId('texts').append(...TEXTS.map(name => editors[name].whole));
  byId('definition').append(definition.whole);
  showMode();
  try {
    metapatch = await globalThis.metapatch.load();
  } catch (error) {
    byId('verdict').textContent = 'The library does not load here';
    byId('summary').textContent = String(error);
    return;
  }
  listen();
  await follow();
  document.documentElement.dataset.ready = 'true';
}

begin();

// SPDX-License-Identifier: BSL-1.0
// What the page shows, as the fragment of its address: `#vector=ID`, or all that was typed. A text that is missing is
// absent.

/** Texts of JSON, by the names of their editors. */
export const TEXTS = ['stored', 'patch', 'wanted', 'mine', 'theirs'];
export const MODES = ['patch', 'wanted', 'merge', 'request'];
const CHOICES = {
  mode: MODES,
  presence: ['exact', 'either'],
  table: ['enforced', 'documented'],
  token: ['given', 'none'],
  typed: ['field', 'whole'],
};
const STRINGS = ['user', 'scopes', 'subject', 'definition'];

const plain = {
  mode: 'patch',
  policy: 'auth0.user_metadata',
  presence: 'exact',
  table: 'enforced',
  token: 'given',
  typed: 'field',
  user: 'auth0|1',
  scopes: 'update:users',
  subject: '',
};

const lines = value => JSON.stringify(value, null, 2);
const stored = { color: 'red', hobby: 'chess', locale: 'nb', address: { city: 'Oslo', zip: '0150' } };

/** What the page shows where its address says nothing. */
export const example = {
  ...plain,
  stored: lines(stored),
  patch: lines({ color: 'blue', hobby: null, address: { city: 'Bergen' } }),
  wanted: lines({ color: 'red', locale: 'nb', address: { city: 'Bergen', zip: '5003' } }),
  mine: lines({ ...stored, color: 'blue' }),
  theirs: lines({ ...stored, color: 'green', address: { ...stored.address, zip: '0151' } }),
};

/** Others to begin with, each with its name. */
export const examples = [
  ['A patch that loses a member', example],
  ['A key that is refused', { ...example, patch: lines({ 'newsletter.weekly': true, color: 'blue' }) }],
  ['{} clears', { ...example, patch: '{}' }],
  ['Nothing to send', { ...example, mode: 'wanted', wanted: lines({ ...stored, color: 'red' }) }],
  ['A conflict', { ...example, mode: 'merge' }],
  [
    'A whole request',
    {
      ...example,
      mode: 'request',
      typed: 'whole',
      stored: lines({ user_id: 'auth0|1', email: 'jo@example.com', user_metadata: stored }),
      patch: lines({ blocked: true, user_metadata: { color: null } }),
    },
  ],
  ['A token that may not', { ...example, mode: 'request', scopes: 'update:current_user_metadata', subject: 'auth0|2' }],
  [
    'Too many members',
    {
      ...example,
      policy: 'auth0.client_metadata',
      stored: lines({ plan: 'free' }),
      patch: lines(Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`key${at + 1}`, 'value']))),
    },
  ],
  [
    'A policy of your own',
    {
      ...example,
      policy: 'first_level',
      definition: lines({
        name: 'settings',
        merge: { depth: 2 },
        keys: { forbidden: '.' },
        limits: { max_members: 3 },
      }),
    },
  ],
];

/** @returns {string} without the `#` */
export function fragmentOf(state) {
  const told = new URLSearchParams();
  for (const name of [
    'mode',
    'policy',
    'definition',
    ...TEXTS,
    'presence',
    'typed',
    'user',
    'token',
    'scopes',
    'subject',
    'table',
  ])
    if ((state[name] !== undefined && state[name] !== plain[name]) || name === 'policy') told.set(name, state[name]);
  return String(told);
}

/** What a fragment says: `{ vector }`, a state, or undefined where it says nothing that this page knows. */
export function stateOf(fragment, policies) {
  const told = new URLSearchParams(fragment.replace(/^#/, ''));
  if (told.has('vector')) return { vector: told.get('vector') };
  if (!told.has('policy')) return undefined;
  const state = { ...plain };
  if (Object.hasOwn(policies, told.get('policy'))) state.policy = told.get('policy');
  for (const [name, choices] of Object.entries(CHOICES))
    if (choices.includes(told.get(name))) state[name] = told.get(name);
  for (const name of [...TEXTS, ...STRINGS]) if (told.has(name)) state[name] = told.get(name);
  return state;
}

export const blank = { ...plain };

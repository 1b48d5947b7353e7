// SPDX-License-Identifier: BSL-1.0
// A form sends what its user has changed: what to send, what the service would answer, and what to do where others have
// changed the same meanwhile.

import { load } from '../../build/javascript/package/index.mjs';

const metapatch = await load();
const field = 'auth0.user_metadata';
const say = (what, value) => console.log(`${what}: ${JSON.stringify(value)}`);

const shown = { color: 'red', hobby: 'chess', address: { city: 'Oslo', zip: '0150' } };
const entered = { color: 'red', address: { city: 'Bergen', zip: '0150' } };
const { patch } = metapatch.diff(field, shown, entered);
say('the form sends', patch);
say('and nothing where nothing has changed', metapatch.diff(field, shown, { ...shown }).bodies);

say('a patch of one member of an address would lose', metapatch.losses(field, shown, { address: { city: 'Bergen' } }).pointers);
say('so what is meant is sent as', metapatch.deepen(field, shown, { mergePatch: { address: { city: 'Bergen' } } }).patch);

const stored = { user_id: 'auth0|1', user_metadata: shown };
const token = { scopes: 'update:current_user_metadata', subject: 'auth0|1' };
const changed = metapatch.updateUser({ stored, token, userId: 'auth0|1', body: { user_metadata: patch } });
say('the service makes of it', changed.user);
const refused = metapatch.updateUser({ stored, token, userId: 'auth0|1', body: { user_metadata: { 'a.b': 1 }, app_metadata: {} } });
say(`and would refuse this with ${refused.status}`, refused.body.message);

const theirs = { ...shown, hobby: 'go', address: { ...shown.address, zip: '5003' } };
const merged = metapatch.merge3(field, shown, entered, theirs);
say('others have changed the zip and the hobby meanwhile; then it sends', merged.patch);
say('and tells of', merged.conflicts);

// SPDX-License-Identifier: BSL-1.0
import { definePolicy, load, type Policy, type Violation } from 'metapatch';
import { load as loadText } from 'metapatch/text';
import { loadSync } from 'metapatch/sync';
import { loadSync as loadTextSync } from 'metapatch/text/sync';

const mine: Policy = definePolicy({ extends: 'auth0.user_metadata', limits: { max_members: 3 } });
const metapatch = await load();
const done = metapatch.apply<{ a: number }>(mine, { a: 1 }, { b: 2 });
if (done.ok) console.log(done.value?.a.toFixed(1));
const refused = metapatch.updateUser({ userId: 'x', body: {}, token: { scopes: ['update:users'] } });
if (!refused.ok) console.log(refused.status satisfies number, refused.violations satisfies readonly Violation[]);
const patched = loadTextSync().applyText('auth0.app_metadata', new Uint8Array([123, 125]), '{"a":1}');
if (patched.ok) console.log(patched.value satisfies Uint8Array | undefined);
console.log(loadSync().diffText(mine, '{}', '{"a":1}').ok, (await loadText({ simd: false })).policies.rfc7396.merge.depth);
// @ts-expect-error: there is no such policy
if (false) metapatch.apply('auth0.none', {}, {});
// @ts-expect-error: a text is no object
if (false) metapatch.applyText(mine, {}, '{}');
// @ts-expect-error: `value` is there only where it is ok
if (false) console.log(done.value);

// SPDX-License-Identifier: BSL-1.0
import { load, policies } from 'metapatch';
import { load as loadText } from 'metapatch/text';
import { loadSync } from 'metapatch/sync';
import { loadSync as loadTextSync } from 'metapatch/text/sync';

for (const metapatch of [await load(), await loadText(), loadSync(), loadTextSync()])
  console.log(metapatch.applyText(policies['auth0.user_metadata'], '{"a":1.10}', '{"b":2}').value);

// SPDX-License-Identifier: BSL-1.0
'use strict';
const { load, policies } = require('metapatch');
const { load: loadText } = require('metapatch/text');
const { loadSync } = require('metapatch/sync');
const { loadSync: loadTextSync } = require('metapatch/text/sync');

(async () => {
  for (const metapatch of [await load(), await loadText(), loadSync(), loadTextSync()])
    console.log(metapatch.applyText(policies['auth0.user_metadata'], '{"a":1.10}', '{"b":2}').value);
})();

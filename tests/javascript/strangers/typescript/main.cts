// SPDX-License-Identifier: BSL-1.0
import metapatch = require('metapatch/sync');

const { ok }: { ok: boolean } = metapatch.loadSync().validate('first_level', {}, { a: 1 });
console.log(ok);

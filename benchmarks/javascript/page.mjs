// SPDX-License-Identifier: BSL-1.0
import { load } from 'metapatch';
import { load as loadText } from 'metapatch/text';
import { measure } from './measure.mjs';

const say = body => fetch('/', { method: 'POST', body });
try {
  await say(JSON.stringify(measure(await loadText(), await load(), location.hash === '#quick')));
} catch (error) {
  await say(JSON.stringify(String(error)));
}

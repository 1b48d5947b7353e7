// SPDX-License-Identifier: BSL-1.0
import { load } from 'metapatch/text';

postMessage((await load()).applyText('auth0.user_metadata', '{"a":1}', '{"c":3}').value);

// SPDX-License-Identifier: BSL-1.0
// usage: node playground.mjs [shots]
// The playground in headless Chromium: typing, marks, links, every vector, the keyboard, axe, widths, and that nothing
// leaves the page. With `shots` it leaves pictures below build/javascript/playground-shots, to be looked at.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { example, examples, fragmentOf } from '../../examples/javascript/playground/state.mjs';
import {
  axe,
  build,
  closed,
  end,
  fragmentIn,
  marked,
  opened,
  places,
  typed,
  verdict,
  wrong,
} from './playground_page.mjs';

const shots = process.argv[2] === 'shots' ? `${build}playground-shots` : undefined;
if (shots !== undefined) mkdirSync(shots, { recursive: true });

async function shot(page, name) {
  if (shots !== undefined)
    await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true, animations: 'disabled' });
}

const tests = {
  async 'what is typed is answered at once, and violations are marked at their places'() {
    const page = await opened();
    assert.equal(await verdict(page), 'Accepted');
    assert.equal(await page.textContent('#summary'), '2 set, 1 removed, 1 kept');
    assert.deepEqual(await page.locator('.changes .mark').allTextContents(), ['set', 'kept', 'set', 'removed']);
    assert.match(await page.textContent('.advice'), /loss.*\/address\/zip/);
    assert.match(await page.textContent('.measures'), /\d+ bytes.*of 16,777,216/);
    await typed(page, 'patch', '{"a.b": 1, "c": {"$d": [1]}}');
    assert.equal(await verdict(page), 'Refused');
    await marked(page, 'patch', ['"a.b"', '"$d"']);
    await page.click('.violations li:nth-child(2) button');
    assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.getSelection().toString()), '"$d"');
    await typed(page, 'patch', '{"a": 1,\n "b" 2}');
    await marked(page, 'patch', ['2']);
    assert.match(await page.textContent('.violations'), /malformed_json.*line 2, column 6/is);
    await typed(page, 'patch', '{}');
    assert.equal(await page.textContent('#summary'), '4 cleared');
    await marked(page, 'patch', []);
    await typed(page, 'patch', ' ');
    assert.equal(await verdict(page), 'Refused'); // an empty text is no absent field
    await page.check('#patch-absent');
    assert.equal(await page.textContent('#summary'), 'The body does not name the field, which stays as it is');
    await page.check('#stored-absent');
    assert.match(await page.textContent('#answer'), /Absent:/);
    await page.waitForFunction(() => document.getElementById('announcement').textContent.startsWith('Accepted.'));
    await closed(page);
  },

  async 'a policy can be chosen and edited, and its mistakes are marked'() {
    const page = await opened();
    await page.selectOption('#policy', 'auth0.client_metadata');
    await marked(page, 'patch', ['"address"']);
    assert.match(await page.textContent('#rules'), /at most 10 members/);
    await page.selectOption('#policy', 'auth0.user_metadata');
    await page.click('#edit');
    await typed(page, 'definition-editor', '{"limits": {"max_members": -1}}');
    assert.equal(await verdict(page), 'No such policy');
    await marked(page, 'definition-editor', ['"max_members"']);
    await typed(page, 'definition-editor', '{"limits": {"max_members": 1}}');
    assert.match(await page.textContent('.violations'), /too_many_members/);
    assert.equal(await page.locator('#patch .cm-lint-marker-error').count(), 1);
    await typed(page, 'definition-editor', '{"merge": {"depth": 2}}');
    assert.deepEqual(await page.locator('.changes .mark').allTextContents(), ['set', 'kept', 'set', 'kept', 'removed']);
    await page.click('#edit');
    assert.equal(await verdict(page), 'Accepted');
    await closed(page);
  },

  async 'the body for a state, and for two edits'() {
    const page = await opened();
    await page.click('#tab-wanted');
    assert.equal(await verdict(page), 'Send this body');
    await typed(page, 'wanted', example.stored);
    assert.equal(await verdict(page), 'Nothing to send');
    await typed(page, 'wanted', '{"a": null}');
    assert.equal(await verdict(page), 'Impossible');
    await marked(page, 'wanted', ['"a"']);
    await page.check('#wanted-absent');
    await page.selectOption('#presence', 'either');
    assert.equal(await verdict(page), 'Send this body');
    await page.uncheck('#wanted-absent');
    await typed(page, 'wanted', '{"hobby": "go"}');
    await page.click('text=Look at it as a patch');
    assert.equal(await page.textContent('#summary'), '1 set, 3 removed');
    await page.click('#tab-merge');
    assert.equal(await verdict(page), 'Merged, with 1 conflict');
    assert.deepEqual(await page.locator('.pointers code').allTextContents(), ['/color']);
    await typed(page, 'mine', '[');
    await marked(page, 'mine', ['[']);
    await closed(page);
  },

  async 'the answer of the service, and a command that sends the very body'() {
    const page = await opened(
      fragmentOf({ ...example, mode: 'request', scopes: 'update:current_user_metadata', subject: 'auth0|2' }),
    );
    assert.equal(await verdict(page), '403 Forbidden');
    assert.match(await page.textContent('#answer'), /"statusCode": 403.*This token may not.*update:users/s);
    await page.fill('#scopes', 'read:users');
    assert.match(await page.textContent('#answer'), /insufficient_scope/);
    await page.uncheck('#token');
    assert.equal(await verdict(page), '401 Unauthorized');
    await page.check('#token');
    await page.fill('#scopes', 'update:users');
    assert.equal(await verdict(page), '200 OK');
    const patch = '{"q": "it\'s `id` $(id) \\\\ \\" !x",\n "é😀": "$HOME"}';
    const user = "auth0|o'brien/../$(id) é";
    await typed(page, 'patch', patch);
    await page.fill('#user', user);
    const command = await page.locator('section.block:has(h3:text("curl")) pre').textContent();
    const script = `curl() { printf '%s\\0' "$@"; }\nAUTH0_DOMAIN=d.example AUTH0_TOKEN=t\n${command}`;
    assert.deepEqual(execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1), [
      '--request',
      'PATCH',
      'https://d.example/api/v2/users/auth0%7Co%27brien%2F..%2F%24%28id%29%20%C3%A9',
      '--header',
      'Authorization: Bearer t',
      '--header',
      'Content-Type: application/json',
      '--data-raw',
      `{"user_metadata":${patch}}`,
    ]);
    const kinds = await page.locator('#policy option').allTextContents();
    for (const policy of kinds) {
      await page.selectOption('#policy', policy);
      assert.match(
        await verdict(page),
        policy.startsWith('auth0.') ? /^(200|400|Accepted|Refused|Not permitted)/ : /^No request/,
        policy,
      );
    }
    await closed(page);
  },

  async 'a whole request is what is typed, and a vector of one fills the fields'() {
    const page = await opened('vector=update-user.root.sets.blocked');
    assert.equal(await page.textContent('#patch .cm-content'), '{"blocked":true}');
    assert.deepEqual(
      [await page.textContent('#stored h2'), await page.textContent('#patch h2'), await page.inputValue('#typed')],
      ['Stored user', 'Body', 'whole'],
    );
    assert.equal(await verdict(page), '200 OK');
    assert.match(await page.textContent('#answer'), /"blocked": true.*--data-raw '\{"blocked":true\}'/s);
    await typed(page, 'patch', '{"blocked": 1, "user_metadata": {"a.b": 2}}');
    assert.equal(await page.getAttribute('#vector', 'data-verdict'), 'changed');
    assert.equal(await verdict(page), '400 Bad Request');
    await marked(page, 'patch', ['1']);
    await typed(page, 'patch', '{"user_metadata": {"a.b": 2}}');
    await marked(page, 'patch', ['"a.b"']);
    await page.check('#patch-absent');
    assert.equal(await page.textContent('#patch .nothing'), 'The request has no body.');
    assert.equal(await verdict(page), '400 Bad Request');
    await page.uncheck('#patch-absent');
    await page.check('#stored-absent');
    assert.equal(await verdict(page), '404 Not Found');
    await page.selectOption('#typed', 'field');
    assert.equal(await page.textContent('#patch h2'), 'Patch');
    await closed(page);
  },

  async 'a link carries all that was typed, also from a file'() {
    for (const from of places) {
      const page = await opened('', { from });
      await typed(page, 'stored', '{"é😀": "a&b=c#d+e %41", "n": 1.10}');
      await page.check('#patch-absent');
      await page.click('#tab-request');
      await page.fill('#subject', 'auth0|2');
      const [fragment, texts] = [await fragmentIn(page), await page.textContent('#answer')];
      const other = await opened(fragment, { from });
      assert.equal(await other.textContent('#answer'), texts);
      assert.equal(await other.textContent('#stored .cm-content'), '{"é😀": "a&b=c#d+e %41", "n": 1.10}');
      assert.deepEqual([await other.isChecked('#patch-absent'), await other.inputValue('#subject')], [true, 'auth0|2']);
      await Promise.all([closed(page), closed(other)]);
    }
    const page = await opened();
    for (const [name, state] of examples) {
      await page.click(`#examples a:text-is("${name}")`);
      await page.waitForFunction(
        ([fragment, mode]) =>
          location.hash === `#${fragment}` &&
          document.querySelector('[role=tab][aria-selected=true]').dataset.mode === mode,
        [fragmentOf(state), state.mode],
      );
      await page.click(`#tab-${state.mode}`); // which changes nothing, and writes the address
      assert.equal(await fragmentIn(page), fragmentOf(state), name);
    }
    await closed(page);
    const odd = await opened('policy=nonsense&mode=&stored=%ED%A0%80&table=x');
    assert.equal(await odd.inputValue('#policy'), 'auth0.user_metadata');
    await closed(odd);
  },

  async 'a vector opens from its id with its rule, its level and its evidence'() {
    const page = await opened('vector=user.null.removes-a-key');
    const told = await page.textContent('#vector');
    for (const part of [
      'Given as expected.',
      'A3 A member that is null removes the key',
      'required',
      'recorded: auth0/',
      'Expected',
      'Given',
    ])
      assert.ok(told.includes(part), part);
    assert.equal(await page.textContent('#summary'), '1 set, 1 removed');
    await typed(page, 'patch', '{"x": 1}');
    assert.equal(await page.getAttribute('#vector', 'data-verdict'), 'changed');
    await page.click('text=Open it anew');
    assert.equal(await page.getAttribute('#vector', 'data-verdict'), 'same');
    await page.click('#find');
    await page.fill('#words', 'lock required');
    await page.fill('#words', 'user.diff absent-to-empty');
    await page.waitForFunction(() => document.querySelector('.found').children.length > 0);
    await page.click('.found li:first-child a');
    await page.waitForFunction(() => document.querySelector('#vector h2').textContent.startsWith('user.diff'));
    assert.equal(await page.getAttribute('#tab-wanted', 'aria-selected'), 'true');
    await page.evaluate(() => {
      location.hash = 'vector=none.such';
    });
    await page.waitForSelector('#vector[data-verdict=missing]');
    await closed(page);
  },

  async 'what a vector expects and the library does not give is told'() {
    const bundle = JSON.parse(readFileSync(`${build}made/vectors.json`, 'utf8'));
    const all = new Map(bundle.files.flatMap(({ cases }) => cases).map(each => [each.id, each]));
    const changed = {
      'user.null.removes-a-key': expect => {
        expect.value = '{"foo":"bar"}';
      },
      'user.key.all-violations-in-the-order-of-the-body': expect => {
        expect.violations.reverse();
      },
      'authorize.documented.new-key.create-alone': expect => {
        expect.granted_by = [];
      },
      'user.diff.absent-to-empty': expect => {
        expect.patch = '{"a":1}';
      },
    };
    for (const [id, change] of Object.entries(changed)) change(all.get(id).expect);
    const page = await opened('', {
      prepared: context =>
        context.route('**/vectors.js', route =>
          route.fulfill({
            contentType: 'text/javascript',
            body: `globalThis.metapatchVectors = ${JSON.stringify(bundle)};`,
          }),
        ),
    });
    for (const id of Object.keys(changed)) {
      await page.evaluate(fragment => {
        location.hash = fragment;
      }, `vector=${id}`);
      await page.waitForFunction(title => document.querySelector('#vector h2')?.textContent === title, id);
      assert.equal(await page.getAttribute('#vector', 'data-verdict'), 'differs', id);
    }
    await closed(page);
  },

  async 'every vector opens, and is given as expected'() {
    const parts = await Promise.all(
      [0, 1].map(async part => {
        const page = await opened('vector=user.null.removes-a-key');
        page.setDefaultTimeout(300_000);
        const counts = await page.evaluate(async which => {
          const counts = { same: 0, unasked: 0, requests: 0, others: [] };
          const cases = globalThis.metapatchVectors.files.flatMap(each => each.cases);
          for (const [at, { id, op, expect }] of cases.entries()) {
            if (at % 2 !== which) continue;
            // As a link does, but for the navigation, which would take a hundredfold.
            history.replaceState(null, '', `#vector=${encodeURIComponent(id)}`);
            dispatchEvent(new HashChangeEvent('hashchange'));
            const vector = document.getElementById('vector');
            for (let turn = 0; turn < 20 && vector.querySelector('h2')?.textContent !== id; ++turn) await null;
            const { verdict } =
              vector.querySelector('h2')?.textContent === id ? vector.dataset : { verdict: 'not opened' };
            const isRequest = ['update_user', 'signup'].includes(op) && !document.getElementById('fields').hidden;
            const status = document.getElementById('verdict').textContent;
            if (isRequest) ++counts.requests;
            if (isRequest && !status.startsWith(`${expect.status ?? 200} `)) counts.others.push(`${id}: ${status}`);
            if (verdict === 'same' || verdict === 'unasked') ++counts[verdict];
            else counts.others.push(`${id}: ${verdict}, ${vector.querySelector('.answers .bad')?.textContent}`);
            if (at % 200 === which) await new Promise(requestAnimationFrame); // and the editors are filled
          }
          return counts;
        }, part);
        await closed(page);
        return counts;
      }),
    );
    assert.deepEqual(
      parts.flatMap(({ others }) => others),
      [],
    );
    const { files } = JSON.parse(readFileSync(`${build}made/vectors.json`, 'utf8'));
    const cases = files.flatMap(each => each.cases);
    const beyond = cases.filter(({ op }) =>
      ['rule_updates', 'rule_user', 'delete_multifactor', 'passkey_signup'].includes(op),
    );
    const [same, unasked] = ['same', 'unasked'].map(name => parts[0][name] + parts[1][name]);
    assert.deepEqual([same, unasked], [cases.length - beyond.length, beyond.length]);
    const requests = cases.filter(
      ({ op, ...each }) => ['update_user', 'signup'].includes(op) && !Object.hasOwn(each, 'body_base64'),
    );
    const filled = parts[0].requests + parts[1].requests;
    assert.ok(filled > 0.98 * requests.length, `${filled} of ${requests.length}`); // some bodies are too long for an editor
    return (
      `${same} vectors are given as expected, ${filled} of them whole requests in the fields; ` +
      `${unasked} ask what the package does not offer`
    );
  },

  async 'all is done by the keyboard'() {
    const page = await opened();
    const focused = () =>
      page.evaluate(
        () => document.activeElement.id || document.activeElement.className || document.activeElement.tagName,
      );
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'skip');
    await page.keyboard.press('Enter');
    assert.equal(await focused(), 'result');
    await page.focus('#tab-patch');
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(
      [await focused(), await page.getAttribute('#tab-wanted', 'aria-selected')],
      ['tab-wanted', 'true'],
    );
    await page.keyboard.press('Home');
    await page.keyboard.press('Tab'); // to the box, and the editor
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'host');
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'patch-absent');
    await page.keyboard.press('Space');
    assert.match(await page.textContent('#summary'), /does not name/);
    await page.focus('#find');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.getElementById('finder').contains(document.activeElement)), true);
    await page.keyboard.press('Escape');
    assert.equal(await focused(), 'find');
    await closed(page);
  },

  async 'axe finds nothing, in light and in dark, and nothing is wider than the window'() {
    const states = [
      ['result', fragmentOf(example)],
      ['refusal', fragmentOf(examples[1][1])],
      ['nothing', fragmentOf(examples[3][1])],
      ['merge', fragmentOf(examples[4][1])],
      ['request', fragmentOf(examples[5][1])],
      ['own-policy', fragmentOf(examples[7][1])],
      ['long', fragmentOf({ ...example, patch: JSON.stringify({ ['k'.repeat(300)]: 'v'.repeat(400), 'a.b': 1 }) })],
      ['vector', 'vector=user.null.removes-a-key'],
      ['vector-alone', 'vector=lock.no-fields'],
      ['finder', fragmentOf(example)],
    ];
    await Promise.all(
      ['light', 'dark'].map(async colorScheme => {
        const page = await opened('', { colorScheme });
        await page.evaluate(axe);
        for (const [name, fragment] of states) {
          await page.evaluate(to => {
            location.hash = to;
          }, fragment);
          if (name.startsWith('vector')) await page.waitForSelector('#vector[data-verdict=same]');
          if (name === 'finder') {
            await page.click('#find');
            await page.waitForFunction(() => document.querySelector('.found').children.length > 0);
          }
          await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
          const found = await page.evaluate(
            only =>
              globalThis.axe.run({
                resultTypes: ['violations'],
                rules: { 'skip-link': { enabled: false } }, // a vector's address is no place in the page
                ...only,
              }),
            colorScheme === 'dark' ? { runOnly: ['color-contrast'] } : {},
          ); // what a scheme may change
          assert.deepEqual(
            found.violations.map(({ id, impact, nodes }) => [id, impact, nodes.map(({ html }) => html).slice(0, 3)]),
            [],
            `${name}, ${colorScheme}`,
          );
          if (colorScheme === 'dark' && shots === undefined) continue;
          for (const width of [360, 768, 1440, 2560]) {
            await page.setViewportSize({ width, height: 900 });
            assert.equal(
              await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
              0,
              `${name} at ${width}`,
            );
            if (width !== 768) await shot(page, `${name}-${width}-${colorScheme}`);
          }
          await page.setViewportSize({ width: 1440, height: 900 });
        }
        await closed(page);
      }),
    );
  },
};

const waiting = Object.entries(tests);
async function runSome() {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [name, run] = next;
    const said = await run().catch(error => {
      throw new Error(`playground: ${name}`, { cause: error });
    });
    assert.deepEqual(wrong, [], name);
    if (said !== undefined) console.log(`playground: ${said}`);
  }
}
try {
  await Promise.all([runSome(), runSome()]);
  console.log(`playground: ${Object.keys(tests).length} tests pass in Chromium`);
} finally {
  await end();
}

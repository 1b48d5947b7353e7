// SPDX-License-Identifier: BSL-1.0
// The same for servers that take a Request and give a Response (Hono, workers, Deno, Next.js), and for a client that wants to
// know beforehand.

/** @param save  called with the id and the text of the new user; see express.mjs for the others */
export function answerUpdate(metapatch, { tokenOf, find, save, table }) {
  return async request => {
    const userId = decodeURIComponent(new URL(request.url).pathname.split('/').pop());
    const answer = metapatch.updateUserText({
      stored: await find(userId), body: await request.text(), userId, token: await tokenOf(request), table,
    });
    if (!answer.ok) return new Response(JSON.stringify(answer.body), { status: answer.status, headers: answer.headers });
    await save(userId, answer.user);
    return new Response(answer.user, { headers: { 'Content-Type': 'application/json; charset=utf-8' } });
  };
}

/** `auth0.users.update` that sends nothing which the service would refuse: then it rejects, with what is wrong. */
export function checkedUpdate(metapatch, users, token) {
  return async (userId, body) => {
    const answer = metapatch.updateUser({ stored: { user_id: userId }, body, userId, token });
    if (!answer.ok) throw Object.assign(new Error(answer.message), { status: answer.status, violations: answer.violations });
    return users.update(userId, body);
  };
}

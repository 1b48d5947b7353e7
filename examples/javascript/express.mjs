// SPDX-License-Identifier: BSL-1.0
// A guard of PATCH /users/:id for Express: a request that the service would refuse gets its answer, and of one that it would
// accept the handler behind finds the new user. The text of the body goes in as it came, so numbers keep their digits.
//
//   app.patch('/users/:id', express.text({ type: 'application/json' }), guardUpdate(metapatch, { tokenOf, find }), save);

/**
 * @param metapatch  what `load` gives
 * @param tokenOf    the verified token of a request, as `{ scopes, subject }`; undefined where it has none
 * @param find       the text of the user of an id, or undefined
 */
export function guardUpdate(metapatch, { tokenOf, find, table }) {
  return async (request, response, next) => {
    try {
      const answer = metapatch.updateUserText({
        stored: await find(request.params.id),
        body: request.body ?? '',
        userId: request.params.id,
        token: await tokenOf(request),
        table,
      });
      if (!answer.ok) {
        response.status(answer.status).set(answer.headers).send(JSON.stringify(answer.body));
        return;
      }
      request.changedUser = answer.user;
      next();
    } catch (error) {
      next(error);
    }
  };
}

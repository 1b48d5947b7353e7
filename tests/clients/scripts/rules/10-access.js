// Who is banned does not get in.
function (user, context, callback) {
  user.user_metadata = user.user_metadata || {};
  if (user.user_metadata.banned) {
    return callback(new UnauthorizedError('You are banned.'));
  }
  callback(null, user, context);
}

/**
 * @param {Event} event - Details about the user and the context in which they are logging in.
 * @param {PostLoginAPI} api - Interface whose methods can be used to change the behavior of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
  if (event.user.user_metadata.banned) {
    api.access.deny('You are banned.');
    return;
  }
  api.user.setAppMetadata('logins', event.stats.logins_count);
  api.idToken.setCustomClaim('https://example.com/user_metadata', event.user.user_metadata);
};

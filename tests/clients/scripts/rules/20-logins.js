function (user, context, callback) {
  // Count the logins in the metadata of the user.
  user.user_metadata.logins = (user.user_metadata.logins || 0) + 1;
  auth0.users.updateUserMetadata(user.user_id, user.user_metadata)
    .then(function () {
      callback(null, user, context);
    })
    .catch(function (err) {
      callback(err);
    });
}

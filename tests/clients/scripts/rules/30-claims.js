function addMetadata(user, context, callback) {
  const namespace = 'https://example.com/';
  context.idToken[namespace + 'user_metadata'] = user.user_metadata;
  callback(null, user, context);
}

// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_USER_HELP_TEXTS_HPP
#define METAPATCH_TOOL_USER_HELP_TEXTS_HPP

/// What `--help` teaches of the commands on whole requests.
namespace tool::help {

inline constexpr char const* authorize =
    R"(Without --scopes it prints the table: each operation, a scope that is enough for it (any one is), the fields that the
scope reaches, and whether it is for the token's own subject only. --operation prints the operations that contain it.

With --operation and --scopes it decides, and the exit status is 0 where the request is allowed and 1 where it is denied.
JSON is {"outcome":"ok","granted_by":[...],...} or {"outcome":"denied","why":...,"sufficient":[[...],...]}, where why is one
of unknown_operation, insufficient_scope, subject_mismatch and fields_out_of_reach, and each member of sufficient is a
set of scopes that would do, for this subject and user. Only permissions are looked at: what else may be wrong with a body,
`metapatch users patch` says.

The documented table has a scope for each of creating, updating and deleting members of user_metadata. Which of them a body
does depends on the user that is stored: give it as --stored.

Examples:
  Who may change a user?
    $ metapatch authorize --operation 'PATCH /users' --output text
  May a user in a browser block an account, and if not, which scope would do?
    $ metapatch authorize --operation 'PATCH /users/{id}' --scopes 'openid update:current_user_metadata' \
        --subject 'auth0|1' --user 'auth0|1' --body '{"blocked":true}'
  By the documented table, creating a member needs a scope of its own:
    $ metapatch authorize --table documented --operation 'PATCH /users/{id}' --scopes 'update:current_user_metadata' \
        --subject 'auth0|1' --stored '{"user_id":"auth0|1"}' --body '{"user_metadata":{"a":1}}')";

inline constexpr char const* users =
    R"(Each command answers as the service would, from what is stored and who asks; nothing is sent anywhere.

Examples:
  $ metapatch users patch user.json '{"user_metadata":{"theme":"dark"}}' --scopes update:users
  $ metapatch users patch --help)";

inline constexpr char const* users_patch =
    R"(Root attributes are replaced, or unset by null; user_metadata and app_metadata are merged; what the body does not name
keeps its bytes. The new user goes to standard output. A refusal goes there too, exactly as the service would send its body,
and the exit status is 1; why, and which scopes would do, is said on standard error.

The token is one that was verified: its --scopes, and for a user's token its --subject. password, verify_email,
verify_phone_number, connection and client_id never become part of the user. A user beyond 10 KB is told on standard
error: such writes may fail from 2027-03-04 on. --warn-beyond sets another size; it refuses nothing.

A --batch answers one request for each user of an export, an import file or a page, with one body for all (--patch) or one
for each (--patches); a body with {} for a field needs --allow-clear. Of a token with a subject each user's own user_id is the
one in the path, unless --user-id says another.

Examples:
  A server changes a user:
    $ metapatch users patch '{"user_id":"auth0|1","user_metadata":{"theme":"light"}}' \
        '{"user_metadata":{"theme":"dark"},"app_metadata":{"plan":"team"}}' --scopes update:users
  A user must not block anyone; see the status, the headers, and what would do:
    $ metapatch users patch user.json '{"blocked":true}' --scopes update:current_user_metadata \
        --subject 'auth0|1' --headers
  Keep the new user only where the request is allowed:
    $ metapatch users patch user.json body.json --scopes update:users > new.json && mv new.json user.json
  One request for each user of a file; a user who is refused passes unchanged, and the status is 1:
    $ metapatch users patch --batch users.ndjson --patch '{"app_metadata":{"plan":"team"}}' --scopes update:users)";

inline constexpr char const* users_create =
    R"(The new user goes to standard output: its user_id, and the attributes of the body but password, verify_email and
connection. A refusal goes there too, exactly as the service would send its body, and the exit status is 1. Whether there is
such a user already, and what else a store adds, only a service knows.

A --batch makes a user of each body, such as those of a file to be imported that are created one by one.

Examples:
  $ metapatch users create '{"connection":"db","email":"ann@example.com","user_metadata":{"color":"red"}}' --scopes create:users
  One for each body of a file; a body that is refused passes unchanged, and the status is 1:
    $ metapatch users create --batch bodies.json --scopes create:users --rejects refused.ndjson > users.json)";

inline constexpr char const* signup =
    R"(The new user goes to standard output: its user_id, and of the body email, username, phone_number, given_name,
family_name, name, nickname, picture and user_metadata, which holds at most 10 strings of at most 500 characters. Other
members are left aside, app_metadata among them. A refusal goes there too, in the shape of this endpoint, and the exit status
is 1. Whether there is such a user already, and how strong a password must be, only a service knows.

With --passkey the body is that of a passkey challenge: it has the attributes in user_profile, at least one of email,
phone_number and username among them, user_metadata beside it, and no password. A refusal has the shape {"error":...}.

Examples:
  $ metapatch signup '{"email":"ann@example.com","password":"…","connection":"db","user_metadata":{"color":"red"}}'
  What the service answers:
    $ metapatch signup --user-id 'auth0|5f7c8ec7' --response body.json
  The user of whom a passkey is asked:
    $ metapatch signup --passkey '{"user_profile":{"email":"ann@example.com"},"realm":"db","user_metadata":{"color":"red"}}'
  Refused, for only strings are allowed:
    $ metapatch signup '{"email":"ann@example.com","password":"…","connection":"db","user_metadata":{"age":7}}')";

} // namespace tool::help

#endif

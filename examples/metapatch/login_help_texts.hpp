// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_LOGIN_HELP_TEXTS_HPP
#define METAPATCH_TOOL_LOGIN_HELP_TEXTS_HPP

/// What `--help` teaches of the commands on what happens where users sign up and log in.
namespace tool::help {

inline constexpr char const* userinfo =
    R"(The claims go to standard output, a line of JSON: the standard ones of the scopes, then CLAIMS, what an Action or a
Rule has set. Metadata is told by a custom claim alone. A custom claim that Auth0 would not tell is dropped. It is named
with the reason on standard error, and the exit status is 1:
  restricted          the name belongs to a protocol, or to Auth0
  reserved_namespace  auth0.com, webtask.io, webtask.run and what is below them, or urn:auth0
  scope_not_granted   a standard claim, such as email, whose scope is not there
  too_large           with it the custom claims are over 100 KB (102,400 bytes); Auth0 would fail the login
With --output json the answer is {"outcome":"ok","claims":{...},"dropped":[]}, or "dropped" with
"dropped":[{"claim":...,"reason":...}].

Examples:
  What a client learns from its scopes:
    $ metapatch userinfo --scopes 'openid email' '{"user_id":"auth0|1","email":"jo@example.com","name":"Jo"}'
  Whether a custom claim comes through:
    $ metapatch userinfo --scopes openid user.json '{"roles":["admin"],"https://example.com/roles":["admin"]}'
  A standard claim needs its scope, also where it is set:
    $ metapatch userinfo --scopes openid user.json '{"email":"jo@example.com"}')";

inline constexpr char const* lock =
    R"(FIELDS is Lock's additionalSignUpFields, VALUES what was entered, by the names of the fields: strings, or true and
false for a checkbox. FORM is what stands beside them: email, password, connection, client_id. The body of
POST /dbconnections/signup goes to standard output, a line of JSON. Values lose their markup as in Lock:
`hi <b>you</b>` becomes `hi you`. Functions that a definition may have in JavaScript have no place in JSON: give what
they return.

What is wrong with the definition or a value is told on standard error, a line each, `warning: CODE FIELD: SENTENCE`;
such elements are ignored, as by Lock. Where Lock would not post the form, because a field is empty (value_required) or
too long (value_too_long), standard output is empty, and the exit status is 1.
With --output json the answer is one object:
{"outcome":"ok","body":{...},"warnings":[{"code":...,"field":...,"index":...}]}, or "incomplete".

Examples:
  $ metapatch lock '[{"name":"color","placeholder":"Your color"}]' '{"color":"<b>red</b>"}' '{"email":"jo@example.com"}'
  Which of the fields Lock ignores, and why:
    $ metapatch lock --output json '[{"name":"e-mail","placeholder":"p"},{"name":"city"}]' '{}'
  Whether the endpoint takes it, beyond Lock:
    $ metapatch lock fields.json values.json | jq .user_metadata |
        metapatch validate --profile auth0.signup_user_metadata -)";

} // namespace tool::help

#endif

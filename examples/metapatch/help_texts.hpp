// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_HELP_TEXTS_HPP
#define METAPATCH_TOOL_HELP_TEXTS_HPP

/// What `--help` teaches below the options.
namespace tool::help {

inline constexpr char const* whole =
    R"(Documents and patches are given as a file, as - for standard input, or as JSON text: an argument is text where it
starts with {, [ or " or is one of null, true and false. A file of such a name is ./null.

A field is absent, or present with an object. As a document of its own, an absent field is null. What is stored and is no
object is refused, unless the patch keeps nothing of it, as {} does.

Exit status:
  0  everything was applied, is valid or allowed, or is there to send
  1  something was refused or denied, is impossible, or a conflict or a loss was found; nothing of it was changed
  2  the command line or a policy file is wrong
  3  something could not be read or written, or the patches do not match the documents
  4  there is nothing to send

Examples:
  $ metapatch apply --profile auth0.user_metadata '{"theme":"light","old":1}' '{"theme":"dark","old":null}'
  $ metapatch diff --profile auth0.user_metadata '{"theme":"light","old":1}' '{"theme":"dark"}'
  $ metapatch apply --help
  $ source <(metapatch completion bash))";

inline constexpr char const* apply =
    R"(The result goes to standard output: JSON, in which all that the patch does not name keeps its bytes; or, on a terminal,
what was set (+ ~), removed (-) and kept.
A refusal changes nothing: its reasons go to standard error, and with --output json to standard output as
{"outcome":"rejected","in":"patch","violations":[{"code":...,"pointer":...,"limit":...,"actual":...}]}.

--advise says on standard error what is allowed and mostly not meant: stored members that vanish unnamed, because
the object around them, or the field, is replaced (loss; `metapatch deepen` gives the body that keeps them), values of another
type (type_change), integers that JavaScript rounds (unsafe_integer), and members of app_metadata that hide a root attribute
(root_collision). With --output json that is {"advice":[{"code":...,"pointer":...}]}. The exit status stays.

With --batch, line N of the output answers line N of the documents, whatever that is; a refused line passes unchanged.

Examples:
  Set one member and remove another:
    $ metapatch apply --profile auth0.user_metadata stored.json '{"theme":"dark","old":null}'
  Clear a field, which Auth0's app_metadata leaves absent (null):
    $ metapatch apply --profile auth0.app_metadata '{"plan":"gold"}' '{}'
  Patch a field that does not exist yet:
    $ metapatch apply --profile auth0.user_metadata --absent '{"theme":"dark"}'
  Patch the field of a whole profile, and keep every other byte of it:
    $ metapatch apply --profile auth0.app_metadata --field app_metadata user.json patch.json
  Patch an export, one profile a line, and keep the reasons of what is refused:
    $ metapatch apply --profile auth0.user_metadata --field user_metadata --batch users.ndjson --patch '{"terms":2}'
  A patch of its own for each line:
    $ metapatch apply --profile first_level --batch fields.ndjson --patches patches.ndjson)";

inline constexpr char const* validate =
    R"(Without --stored or --absent the patch is judged by itself; with one of them, what it would make of the field too.
Prints {"outcome":"ok"} or the violations, as sentences on a terminal.

Examples:
  $ metapatch validate --profile auth0.client_metadata '{"a.b":"x","n":1}'
  $ metapatch validate --profile auth0.client_metadata --stored client.json patch.json
  $ curl -s https://example.com/patch | metapatch validate --policy team.json -)";

inline constexpr char const* size =
    R"(The size is that of compact UTF-8 JSON: no white space, strings with the fewest escapes, numbers as written, of a
repeated key the last value alone. An absent field takes 0 bytes. With a policy, a field beyond its limit is refused.

Examples:
  $ metapatch size stored.json
  $ metapatch size --profile auth0.app_metadata --field app_metadata user.json)";

inline constexpr char const* policies =
    R"(A policy as it is printed here is a file for --policy. A file needs to name only what differs from the profile that
it extends; null is no limit, and a depth of null merges every level.

Examples:
  $ metapatch policies
  $ metapatch policies auth0.app_metadata > app.json
  $ echo '{"extends":"auth0.app_metadata","limits":{"max_bytes":10240},"keys":{"empty":"refused"}}' > team.json
  $ metapatch policies --policy team.json)";

inline constexpr char const* completion = R"(Examples:
  $ source <(metapatch completion bash)
  $ metapatch completion zsh > ~/.zfunc/_metapatch
  $ metapatch completion fish > ~/.config/fish/completions/metapatch.fish)";

} // namespace tool::help

#endif

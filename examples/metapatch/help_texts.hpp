// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_HELP_TEXTS_HPP
#define METAPATCH_TOOL_HELP_TEXTS_HPP

/// What `--help` teaches below the options.
namespace tool::help {

inline constexpr char const* whole =
    R"(Documents and patches are given as a file, as - for standard input, or as JSON text: an argument is text where it
starts with {, [ or " or is one of null, true and false. A file of such a name is ./null. A file may be compressed with gzip
or zstd.

A field is absent, or present with an object. As a document of its own, an absent field is null. What is stored and is no
object is refused, unless the patch keeps nothing of it, as {} does.

Exit status:
  0  everything was applied, is valid or allowed, or is there to send
  1  something was refused or denied, is impossible, or a conflict or a loss was found; nothing of it was changed
  2  the command line or a policy file is wrong
  3  something could not be read or written, there are no documents, or the patches do not match them
  4  there is nothing to send

Examples:
  $ metapatch apply --profile auth0.user_metadata '{"theme":"light","old":1}' '{"theme":"dark","old":null}'
  $ metapatch diff --profile auth0.user_metadata '{"theme":"light","old":1}' '{"theme":"dark"}'
  $ metapatch help apply
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

A --batch reads NDJSON, a JSON array, or a page of the Management API ({"start":0,"users":[...]}), plain or compressed with
gzip or zstd, and writes the same form, plain, with all bytes between documents as they were. A document that is refused
passes unchanged. Of --patches an empty line, or null where it clears nothing, is no patch; {} needs --allow-clear.
A batch stops before it writes anything where the one --patch is no good, where documents look like users and there is no
--field, or where none of the first thousand has the field. --dry-run tells what would be done, --in-place replaces the files.

Examples:
  Set one member and remove another:
    $ metapatch apply --profile auth0.user_metadata stored.json '{"theme":"dark","old":null}'
  Clear a field, which Auth0's app_metadata leaves absent (null):
    $ metapatch apply --profile auth0.app_metadata '{"plan":"gold"}' '{}'
  Patch a field that does not exist yet:
    $ metapatch apply --profile auth0.user_metadata --absent '{"theme":"dark"}'
  Patch the field of a whole profile, and keep every other byte of it:
    $ metapatch apply --profile auth0.app_metadata --field app_metadata user.json patch.json
  Patch an export, and keep the reasons of what is refused:
    $ metapatch apply --profile auth0.user_metadata --field user_metadata --batch users.ndjson.gz --patch '{"terms":2}' \
        --rejects refused.ndjson > patched.ndjson
  What would it do to whom?
    $ metapatch apply --profile auth0.app_metadata --field app_metadata --batch users.json --patch '{"plan":"team"}' \
        --where '/app_metadata/plan="free"' --dry-run --output text
  Change files to be imported in place, but leave users without the field alone:
    $ metapatch apply --profile auth0.user_metadata --field user_metadata --only-present --patch '{"terms":2}' \
        --in-place --batch import-*.json
  A patch of its own for each line:
    $ metapatch apply --profile first_level --batch fields.ndjson --patches patches.ndjson)";

inline constexpr char const* validate =
    R"(Without --stored or --absent the patch is judged by itself; with one of them, what it would make of the field too.
Prints {"outcome":"ok"} or the violations, as sentences on a terminal.

A --batch checks what stands in documents, before they are sent: without a policy the metadata of users, their keys, reserved
names and sizes, and warns of users beyond 10 KB; with one, the field. A line for each document that is not as it should be has
its line, its user_id, and every violation with a pointer.

Examples:
  $ metapatch validate --profile auth0.client_metadata '{"a.b":"x","n":1}'
  $ metapatch validate --profile auth0.client_metadata --stored client.json patch.json
  $ curl -s https://example.com/patch | metapatch validate --policy team.json -
  $ metapatch validate --batch import.json
  $ metapatch validate --profile auth0.client_metadata --field client_metadata --batch clients.json)";

inline constexpr char const* size =
    R"(The size is that of compact UTF-8 JSON: no white space, strings with the fewest escapes, numbers as written, of a
repeated key the last value alone. An absent field takes 0 bytes. With a policy, a field beyond its limit is refused.

Examples:
  $ metapatch size stored.json
  $ metapatch size --profile auth0.app_metadata --field app_metadata user.json
  $ metapatch size --field user_metadata --batch users.ndjson.gz)";

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

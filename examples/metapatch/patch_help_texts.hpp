// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_PATCH_HELP_TEXTS_HPP
#define METAPATCH_TOOL_PATCH_HELP_TEXTS_HPP

/// What `--help` teaches of the commands on patches.
namespace tool::help {

inline constexpr char const* diff =
    R"(The body to send goes to standard output, a line of JSON with the fewest members; on a terminal, after what was added
(+), removed (-) and changed (~). It clears ({}) only where nothing else leads to TO. null is an absent field.

An absent field and {} are the same, unless --presence exact tells them apart: then from one to the other there may be
nothing to do it with but the removal of a key that nobody has, such as {"_":null}.

No script sends anything else by accident:
- Where FROM and TO are equal standard output is empty, and the exit status is 4: never an empty patch, which would clear.
- Where one body cannot do it there are several to send in turn, and others can see what is between: standard output is
  empty, and the exit status is 1, unless --in-turn asks for them, one a line.
- Where no body can do it the reasons go to standard error, and the exit status is 1.
With --output json the answer is one object: {"outcome":"ok","bodies":[...]}, {"outcome":"no_patch"},
{"outcome":"not_atomic","bodies":[...]} or {"outcome":"impossible","violations":[...]}.

Examples:
  What to send, to make a field what it should be:
    $ metapatch diff --profile auth0.user_metadata stored.json wanted.json
  Send it, if there is anything to send:
    $ body=$(metapatch diff --profile auth0.user_metadata stored.json wanted.json) && send "$body"
  See what differs inside of nested objects:
    $ metapatch diff --profile auth0.user_metadata --output text '{"a":{"x":1,"y":2}}' '{"a":{"x":1,"y":3}}'
  Between the fields of two whole profiles:
    $ metapatch diff --profile auth0.app_metadata --field app_metadata before.json after.json
  Make a field absent that is present without members:
    $ metapatch diff --profile auth0.app_metadata --presence exact '{}' null
  A body for each user that differs between two exports, and who came and went; the first export is held in memory:
    $ metapatch diff --profile auth0.user_metadata --field user_metadata --batch before.ndjson.gz after.ndjson.gz \
        --key user_id)";

inline constexpr char const* compose =
    R"(What is sent for the patches together, as `metapatch diff` answers. Under a policy that merges deeper than the first
level two patches may have no single body with the effect of both: then there are several, for --in-turn.

Examples:
  $ metapatch compose --profile auth0.user_metadata '{"a":1,"b":2}' '{"b":null}' '{"c":3}'
  $ metapatch compose --profile rfc7396 --in-turn '{"a":1}' '{"a":{"b":2}}')";

inline constexpr char const* inverse =
    R"(What is sent to undo PATCH, once it was applied to STORED, as `metapatch diff` answers. A member that PATCH adds is
removed, and one that it removes or replaces is set as it was; members that it does not name are left alone.

Examples:
  $ metapatch inverse --profile auth0.user_metadata '{"theme":"light"}' '{"theme":"dark","size":2}'
  $ metapatch inverse --profile auth0.app_metadata '{"plan":"gold"}' '{}')";

inline constexpr char const* conflicts =
    R"(The exit status is 1 where the result depends on which patch comes first. JSON is
{"outcome":"conflict","keys":[...],"presence":false}, with the first-level keys that differ; presence is true where no key
differs, and whether the field is there does.

Examples:
  $ metapatch conflicts --profile auth0.user_metadata '{"theme":"dark","a":1}' '{"theme":"light","b":2}'
  $ metapatch conflicts --profile auth0.user_metadata mine.json theirs.json > /dev/null && echo "any order will do")";

inline constexpr char const* rebase =
    R"(Both patches were made for the same state, and ONTO was sent first. What PATCH still has to do is answered as by
`metapatch diff`. Where they conflict, that would undo what ONTO did: the conflicts are told, nothing is sent, and the
exit status is 1, unless --overwrite asks for it.

Examples:
  $ metapatch rebase --profile auth0.user_metadata '{"theme":"dark","a":1}' '{"a":1,"b":2}'
  $ metapatch rebase --profile auth0.user_metadata --overwrite '{"theme":"dark"}' '{"theme":"light"}')";

inline constexpr char const* merge =
    R"(What is sent to put what MINE changed into THEIRS, and keep what others changed, is answered as by `metapatch diff`.
Objects that both have changed are merged at every depth. Where both have changed a value, and not to the same one, its
place is told, nothing is sent, and the exit status is 1, unless --overwrite asks for it. null is an absent field.
JSON has "conflicts", the places where they disagree, and "changed_by_both", first-level keys: most merge inside.

Examples:
  $ metapatch merge --profile auth0.user_metadata '{"p":{"a":1}}' '{"p":{"a":2}}' '{"p":{"a":1,"b":3}}'
  $ metapatch merge --profile auth0.user_metadata base.json mine.json theirs.json)";

inline constexpr char const* losses =
    R"(A patch that merges the first level replaces a nested object whole: stored members that it does not name vanish. Under a
policy that replaces, so does what is stored in the field itself. The exit status is 1 where there are any, so that a script
stops before it sends; `metapatch deepen` gives the body that keeps them. JSON is {"outcome":"loss","pointers":[...]}.
What a patch removes, clears, or replaces by another type, is meant, and no loss.

Examples:
  $ metapatch losses --profile auth0.user_metadata '{"address":{"work":"A","home":"B"}}' '{"address":{"home":"C"}}'
  $ metapatch losses --profile auth0.organization_metadata '{"plan":"gold"}' '{"description":"New"}'
  $ metapatch losses --profile auth0.user_metadata stored.json patch.json && send patch.json
  Which users would lose something?
    $ metapatch losses --profile auth0.user_metadata --field user_metadata --batch users.ndjson --patch patch.json)";

inline constexpr char const* deepen =
    R"(An object is an RFC 7396 merge patch, in which {} changes nothing; an array is an RFC 6902 JSON Patch, with its tests.
The body with its effect on STORED is answered as by `metapatch diff`. A test or an operation that fails is refused, with its
index and the part of its pointer that is not there. A single operation without the array around it is not taken for data,
unless you say --merge-patch.

Examples:
  Change one member of a nested object and keep its siblings:
    $ metapatch deepen --profile auth0.user_metadata '{"address":{"work":"A","home":"B"}}' '{"address":{"home":"C"}}'
  Only if nobody was faster:
    $ metapatch deepen --profile auth0.user_metadata '{"n":1}' \
        '[{"op":"test","path":"/n","value":1},{"op":"replace","path":"/n","value":2}]'
  The body for each user of an export:
    $ metapatch deepen --profile auth0.user_metadata --field user_metadata --batch users.ndjson \
        --patch '{"address":{"home":"C"}}')";

} // namespace tool::help

#endif

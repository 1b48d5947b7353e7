// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_HELP_TEXTS_HPP
#define METAPATCH_RUNNER_HELP_TEXTS_HPP

/// What `--help` teaches below the options.
namespace metapatch::conformance::help {

inline constexpr char const* whole =
    R"(A driver is any program that answers mpcp/1 on its standard input and output: see README.md beside the vectors.
Without a command, `-- DRIVER` is run, and `--http URL` is http.

Exit status:
  0    everything is as expected; of diff, nothing is worse
  1    something is not: a case fails, a case of a list of expected failures passes, a law is broken; of diff, a case
       that passed does not any more, or is not asked
  2    the command line, a vector, a list or a report is no good
  3    the driver cannot be started or does not speak mpcp/1, or the server cannot be reached
  130  interrupted

Examples:
  $ metapatch-conformance -- python3 my_driver.py
  $ metapatch-conformance run --html report.html -- node my_driver.js
  $ metapatch-conformance laws --cases 10000 -- python3 my_driver.py
  $ metapatch-conformance explain user.null.removes-a-key
  $ metapatch-conformance run --help)";

inline constexpr char const* run =
    R"(Everything behind -- is the command of the driver. It is started once, and again after a crash, a hang or an
answer that is none; the case that did it is errored, and the others go on.

Values are compared as JSON: the order of keys is insignificant, numbers are compared by their exact value. Violations
are compared by code and pointer, in order, and by the limits, sizes and offsets that both name.

A driver is asked what it offers at its start: its "profiles" and "ops", without what needs a thing that it "lacks":
  lexemes        members and numbers as they are written
  order          the order of an object's keys: cases of more than one violation
  exact_numbers  numbers beyond those of a double
All other cases are skipped, with the reason, as are those that the driver answers with "skipped".

A list of expected failures holds an id a line; # begins a comment. A case of the list that passes or is skipped, and
an id that no vector has, are errors: so a list cannot rot. It is written where every case was asked, and only then.
What --known-flaky lists may fail and may pass.

What is not as expected comes in the order in which it matters: required, then observed, then chosen.

Examples:
  What to work on first, a case at a time:
  $ metapatch-conformance run --level required --op apply --profile auth0.user_metadata -- python3 my_driver.py
  One case, with what the driver says on standard error:
  $ metapatch-conformance run --id user.null.removes-a-key --show-errors -- python3 my_driver.py
  All that is said, line by line, where a driver does not answer as it should:
  $ metapatch-conformance run --trace said.txt --stop-after 1 -- python3 my_driver.py
  Without a topic for which there is no time yet:
  $ metapatch-conformance run --exclude-id '*.bytes-kept.*' -- python3 my_driver.py
  In CI, where what is known to fail may fail:
  $ metapatch-conformance run --expected-failures known.txt --junit results.xml -- python3 my_driver.py
  That list, from scratch:
  $ metapatch-conformance run --write-failures known.txt -- python3 my_driver.py
  Quicker, and in an order of its own:
  $ metapatch-conformance run --batch 100 --shuffle 42 -- python3 my_driver.py)";

inline constexpr char const* report =
    R"(The reports are those that `run --json FILE` and others have written.

Examples:
  $ metapatch-conformance run --json mine.json -- python3 my_driver.py
  $ metapatch-conformance run --json theirs.json -- ./their_driver
  $ metapatch-conformance report --html both.html mine.json theirs.json
  $ metapatch-conformance report --html both.html --title 'Ours and theirs' --note 'As of today.' mine.json theirs.json)";

inline constexpr char const* list =
    R"(A case a line, with tabs between: id, profile, operation, level.

Examples:
  $ metapatch-conformance list --level required --op apply
  $ metapatch-conformance list --id 'user.*' --exclude-id '*.bytes-kept.*' | cut -f 1)";

inline constexpr char const* explain =
    R"(What is asked, what is expected, how firm that is and why, and the rules that the case shows.

Examples:
  $ metapatch-conformance explain user.null.removes-a-key
  $ metapatch-conformance explain '*.clear.by-empty-object')";

inline constexpr char const* diff =
    R"(By id, whatever the order: what is worse (it passed, and does not any more), what is better, what fails otherwise,
what is not asked any more, and what is new; each from required to chosen. The exit status is 1 where something is
worse or not asked any more, so that a build can hold what it has.

Examples:
  $ metapatch-conformance run --json after.json -- python3 my_driver.py
  $ metapatch-conformance diff before.json after.json)";

inline constexpr char const* badges =
    R"(A file of JSON for each profile, for each of its levels, and for all: auth0.user_metadata.json,
auth0.user_metadata.required.json, …, all.json, all.required.json. Where they can be fetched, a badge service draws them:
https://img.shields.io/endpoint?url=…/all.required.json. Green: all cases passed. Yellow: none failed, and some were
skipped. Red: some failed, expected or not. They are of the cases in the report: one of a run with filters has fewer.

Examples:
  $ metapatch-conformance run --json report.json -- python3 my_driver.py
  $ metapatch-conformance badges report.json badges)";

inline constexpr char const* laws =
    R"(Random cases, the same for the same seed. Each is asked of the driver and of this project's own implementation,
and where the answers differ in what they do, or where the driver's answers break a law (a patch from diff must lead to
its target, composed patches must do what both do, an inverse must undo, …), the case is made as small as it can be and
printed, with vectors to be pasted into a file. What the driver does not offer at its start, lacks, or skips is left
out.

Examples:
  $ metapatch-conformance laws -- python3 my_driver.py
  $ metapatch-conformance laws --cases 100000 --seed 7 --op diff --op compose -- ./my_driver
  $ metapatch-conformance laws --profile auth0.user_metadata -- python3 my_driver.py)";

inline constexpr char const* http =
    R"(Runs vectors of apply and validate for user_metadata and app_metadata against a server with Auth0's endpoints:
POST /api/v2/users, and GET, PATCH and DELETE /api/v2/users/{id}. Without --yes it only says what it would do.

It touches only users that it has created itself in this run: their addresses begin with metapatch-conformance- at
example.com, and they are marked in app_metadata. It deletes them when it is done, also after Ctrl-C (a second one
leaves them there) and after errors; what it could not delete, and may have been created without an answer, it names.
It sends few requests a second, waits where the server says that no more are left (X-RateLimit-Remaining and -Reset) or
that there were too many (429, Retry-After), and needs the scopes create:users, read:users, update:users,
update:users_app_metadata and delete:users.

The token comes from --token-file or from METAPATCH_TOKEN, so that no list of processes shows it; --token is for
emulators. Over HTTPS the server's certificate is verified; plain HTTP is for localhost.

What can be seen over HTTP is whether a patch is taken and what is stored afterwards, not the codes of violations.

Examples:
  $ metapatch-conformance http --url http://localhost:8080 --token any
  $ METAPATCH_TOKEN=… metapatch-conformance http --url https://my-test-tenant.eu.auth0.com --level required --yes
  $ metapatch-conformance http --url https://localhost:8443 --ca-file cert.pem --token-file token --yes)";

} // namespace metapatch::conformance::help

#endif

#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What others take of the kit: the npm package, the runner in one file, the badges and the GitHub Action.

usage: test_kit.py runner driver [static runner]
"""

import fnmatch
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import unittest
from pathlib import Path

STATIC = os.path.abspath(sys.argv.pop(3)) if len(sys.argv) > 3 else ""
STATIC = STATIC if os.path.exists(STATIC) else ""
from runner_harness import AS_EXPECTED, DRIVER, FAILURES, HERE, NAIVE, RUNNER, USAGE, RunnerTest, case

sys.path.append(str(HERE / "verdicts"))
from verdicts import PEERS

VERSION = re.search(r"^## (\S+)", (HERE / "CHANGELOG.md").read_text(), re.MULTILINE).group(1)
FILES = [json.loads(path.read_text()) for path in sorted((HERE / "vectors").rglob("*.json"))]
CASES = [{"profile": file["profile"], **each} for file in FILES for each in file["cases"]]


def written_out(value):
    if isinstance(value, list):
        return [written_out(each) for each in value]
    if isinstance(value, dict) and list(value) == ["parts"]:
        return "".join(text * times for text, times in value["parts"])
    return {name: written_out(each) for name, each in value.items()} if isinstance(value, dict) else value


class Package(RunnerTest):
    def setUp(self):
        super().setUp()
        self.made = self.folder / "made"
        subprocess.run([sys.executable, "-B", HERE / "package.py", "npm", self.made], check=True)

    def test_it_is_of_the_changelogs_version_and_needs_nothing(self):
        manifest = json.loads((self.made / "package.json").read_text())
        self.assertEqual((manifest["version"], manifest["license"]), (VERSION, "BSL-1.0"))
        for name in ("dependencies", "peerDependencies", "scripts"):
            self.assertNotIn(name, manifest)
        for path in (manifest["main"], manifest["types"], *manifest["exports"]["."].values()):
            self.assertTrue((self.made / path).is_file(), path)

    def test_it_overwrites_nothing(self):
        again = subprocess.run([sys.executable, "-B", HERE / "package.py", "npm", self.made], capture_output=True, text=True)
        self.assertEqual((again.returncode, again.stderr), (1, f"package.py: {self.made} is not empty\n"))

    def node(self, source, name="script.mjs"):
        (self.folder / name).write_text(source)
        answer = subprocess.run(["node", name], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(answer.stderr, "")
        return json.loads(answer.stdout)

    def install(self):
        """As npm does: by npm where it is, from the packed file; else by hand."""
        modules = self.folder / "node_modules"
        if shutil.which("npm"):
            packed = subprocess.run(["npm", "pack", "--silent", "./made"], cwd=self.folder, capture_output=True, text=True,
                                    check=True).stdout.strip()
            self.assertEqual(packed, f"metapatch-conformance-{VERSION}.tgz")
            subprocess.run(["npm", "install", "--silent", "--offline", "--no-audit", "--no-fund", "./" + packed],
                           cwd=self.folder, check=True, capture_output=True)
        else:
            print("SKIPPED: npm pack, for there is no npm")
            modules.mkdir()
            self.made.rename(modules / "metapatch-conformance")

    @unittest.skipUnless(shutil.which("node"), "SKIPPED: the npm package is tried with node")
    def test_modules_of_both_kinds_have_all_cases_and_rules(self):
        self.install()
        told = """({ version: kit.version, cases: kit.cases, rules: kit.rules,
            shown: Object.fromEntries(kit.cases.map(each => [each.id, kit.rulesOf(each.id).map(rule => rule.id)])) })"""
        of_module = self.node(f"import * as kit from 'metapatch-conformance'; console.log(JSON.stringify({told}))")
        of_script = self.node(f"const kit = require('metapatch-conformance'); console.log(JSON.stringify({told}))", "s.cjs")
        self.assertEqual(of_module, of_script)
        rules = json.loads((HERE / "rules.json").read_text())
        self.assertEqual((of_module["version"], of_module["rules"]), (VERSION, rules))
        self.assertEqual(of_module["cases"], CASES)
        patterns = {rule["id"]: [glob for name, globs in rule.items() if name not in ("id", "rule") for glob in globs]
                    for rule in rules}
        for each in CASES[::37]:
            shown = [rule for rule, globs in patterns.items() if any(fnmatch.fnmatchcase(each["id"], glob) for glob in globs)]
            self.assertEqual(of_module["shown"][each["id"]], shown)

    @unittest.skipUnless(shutil.which("node"), "SKIPPED: the npm package is tried with node")
    def test_requests_and_expectations_are_written_out(self):
        self.install()
        short = [each for each in CASES if len(json.dumps(each)) < 2000 and "16777" not in json.dumps(each)]
        told = self.node("""import { cases, requestOf, expectationOf } from 'metapatch-conformance';
            const size = value => JSON.stringify(value).length;
            console.log(JSON.stringify(cases.filter(each => size(each) < 100000).map(each =>
                [each.id, requestOf(each), expectationOf(each)]).filter(each => size(each) < 100000)))""")
        told = {name: (request, expectation) for name, request, expectation in told}
        self.assertGreater(len(told), len(CASES) * 9 // 10)
        parts = 0
        for each in short:
            if each["id"] not in told:
                continue
            parts += '"parts"' in json.dumps(each)
            asked = {name: value for name, value in each.items() if name not in ("expect", "level", "evidence")}
            if each["profile"] == "auth0":
                del asked["profile"]
            self.assertEqual(told[each["id"]], (written_out(asked), written_out(each["expect"])))
        self.assertGreater(parts, 10)

    @unittest.skipUnless(shutil.which("node"), "SKIPPED: the npm package is tried with node")
    def test_nobody_can_change_a_case_for_others(self):
        self.install()
        self.assertEqual(self.node("""import { cases } from 'metapatch-conformance';
            let refused = 0;
            for (const change of [() => { cases[0].id = 'x'; }, () => cases.pop(), () => { cases[0].expect.outcome = 'x'; }])
                try { change(); } catch { ++refused; }
            console.log(refused)"""), 3)


    @unittest.skipUnless(shutil.which("node"), "SKIPPED: the npm package is tried with node")
    def test_what_the_page_shows_runs(self):
        self.install()
        shown = re.search(r"```js\n(.*?)```", (HERE / "README.md").read_text(), re.DOTALL).group(1)
        self.assertEqual(self.node(f"""{shown}
            function mine(request) {{ return request; }}
            function check(answer, expected, rules, evidence) {{
                check.calls = (check.calls ?? 0) + (answer.op === 'apply' && expected.outcome && rules.length && evidence.length > 0);
            }}
            console.log(check.calls)"""), sum(each["op"] == "apply" and each["level"] == "required" for each in CASES))


class Changes(RunnerTest):
    def changes(self, version, change):
        """What is told of the vectors as they are, where they were otherwise in a version."""
        before = self.folder / "before"
        shutil.copytree(HERE / "vectors", before / "vectors")
        (before / "CHANGELOG.md").write_text(f"# Changelog\n\n## {version}\n")
        path = before / "vectors" / "rfc7396" / "advise.json"
        file = json.loads(path.read_text())
        change(file["cases"])
        path.write_text(json.dumps(file))
        answer = subprocess.run([sys.executable, "-B", HERE / "package.py", "changes", before], capture_output=True, text=True)
        shutil.rmtree(before)
        return answer.returncode, answer.stdout.splitlines()

    def test_each_kind_of_change_asks_for_its_number(self):
        first = json.loads((HERE / "vectors" / "rfc7396" / "advise.json").read_text())["cases"][0]["id"]
        for change, line in ((lambda cases: cases.pop(0), f"added: {first}"),
                             (lambda cases: cases.append({**cases[0], "id": "x.y"}), "removed: x.y"),
                             (lambda cases: cases[0].update(level="required"), f"otherwise: {first}"),
                             (lambda cases: cases[0].update(expect={"outcome": "ok"}), f"otherwise: {first}"),
                             (lambda cases: cases[0].update(stored="{}"), f"otherwise: {first}"),
                             (lambda cases: cases[0].update(evidence=[]), f"evidence: {first}")):
            status, lines = self.changes(VERSION, change)
            self.assertEqual((status, lines[0]), (1, line))
            self.assertRegex(lines[-1], rf"^from {VERSION} this is \d+\.\d+\.\d+ at least, and the changelog says {VERSION}$")
        self.assertEqual(self.changes("0.0.1", lambda cases: cases.pop(0))[0], 0)
        self.assertEqual(self.changes(VERSION, lambda cases: None), (0, ["nothing has changed"]))

    def test_the_version_that_is_needed_is_told(self):
        for old, new, change in (("1.2.3", "2.0.0", lambda cases: cases[0].update(expect={"outcome": "ok"})),
                                 ("1.2.3", "1.3.0", lambda cases: cases.pop(0)),
                                 ("1.2.3", "1.2.4", lambda cases: cases[0].update(evidence=[])),
                                 ("0.2.3", "0.3.0", lambda cases: cases[0].update(expect={"outcome": "ok"})),
                                 ("0.2.3", "0.3.0", lambda cases: cases.pop(0))):
            self.assertIn(f"from {old} this is {new} at least", self.changes(old, change)[1][-1])


@unittest.skipUnless(STATIC, "SKIPPED: metapatch-conformance-static is not built")
class OneFile(RunnerTest):
    def run_alone(self, *arguments):
        return subprocess.run([STATIC, *map(str, arguments)], capture_output=True, text=True, cwd="/", env={}, timeout=300)

    def test_it_loads_no_libraries(self):
        elf = Path(STATIC).read_bytes()
        self.assertEqual(elf[:5], b"\x7fELF\x02")
        start, size, count = struct.unpack_from("<Q", elf, 32)[0], *struct.unpack_from("<HH", elf, 54)
        kinds = {struct.unpack_from("<I", elf, start + size * each)[0] for each in range(count)}
        self.assertFalse(kinds & {2, 3}, "it has a dynamic section or an interpreter")

    def test_it_holds_nothing_of_where_it_was_built(self):
        self.assertNotIn(str(HERE.parent.parent).encode(), Path(STATIC).read_bytes())

    def test_it_has_the_vectors_and_rules_inside(self):
        self.assertEqual(self.run_alone("--version").stdout, self.runner("--version").stdout)
        self.assertEqual(sorted(self.run_alone("list").stdout.splitlines()), sorted(self.runner("list").stdout.splitlines()))
        self.assertEqual(self.run_alone("explain", "user.null.removes-a-key").stdout,
                         self.runner("explain", "user.null.removes-a-key").stdout)

    def test_it_runs_them_all(self):
        answer = self.run_alone("run", "--no-skips", "--batch", 50, "--timeout", 60, "--", DRIVER)
        self.assert_status(answer, AS_EXPECTED)
        self.assertIn(f"{len(CASES)} cases: {len(CASES)} passed", answer.stdout)
        self.assert_status(self.run_alone("laws", "--cases", 200, "--", DRIVER), AS_EXPECTED)


class Badges(RunnerTest):
    MIXED = [case("good", level="required"), case("more"), case("skipped", op="diff", level="observed"),
             case("bad", expect="{}", level="chosen")]

    def badges(self, cases, *options):
        report = self.folder / "report"
        self.runner("run", "--vectors", self.vectors(cases), "--json", report, *options, "--", *NAIVE)
        answer = self.runner("badges", report, self.folder / "badges")
        self.assert_status(answer, AS_EXPECTED)
        return {path.stem: json.loads(path.read_text()) for path in (self.folder / "badges").iterdir()}

    def test_there_is_one_for_each_profile_and_level(self):
        badges = self.badges(self.MIXED)
        levels = ("", ".required", ".observed", ".chosen")
        self.assertEqual(set(badges), {name + level for name in ("all", "auth0.user_metadata") for level in levels})
        self.assertEqual(badges["auth0.user_metadata.required"], {
            "schemaVersion": 1, "label": "auth0.user_metadata required", "message": "1 of 1", "color": "brightgreen"})
        self.assertEqual((badges["all.chosen"]["message"], badges["all.chosen"]["color"]), ("1 of 2", "red"))
        self.assertEqual((badges["all.observed"]["message"], badges["all.observed"]["color"]),
                         ("0 of 0, 1 skipped", "yellow"))
        self.assertEqual((badges["all"]["message"], badges["all"]["color"]), ("2 of 3, 1 skipped", "red"))

    def test_a_level_without_cases_has_none(self):
        self.assertEqual(set(self.badges([case("good")])), {"all", "all.chosen", "auth0.user_metadata",
                                                            "auth0.user_metadata.chosen"})

    def test_an_expected_failure_is_red_all_the_same(self):
        (self.folder / "known").write_text("bad\n")
        badges = self.badges(self.MIXED, "--expected-failures", self.folder / "known")
        self.assertEqual((badges["all.chosen"]["message"], badges["all.chosen"]["color"]), ("1 of 2", "red"))

    def test_an_unexpected_pass_is_a_pass(self):
        (self.folder / "known").write_text("good\n")
        badges = self.badges([case("good")], "--expected-failures", self.folder / "known")
        self.assertEqual((badges["all"]["message"], badges["all"]["color"]), ("1 of 1", "brightgreen"))

    def test_of_a_run_that_was_stopped_there_are_none(self):
        report = self.folder / "report"
        self.runner("run", "--vectors", self.vectors([case("bad", expect="{}"), case("good")]), "--stop-after", 1,
                    "--json", report, "--", *NAIVE)
        answer = self.runner("badges", report, self.folder / "badges")
        self.assert_status(answer, USAGE)
        self.assertIn("not every case was asked", answer.stderr)
        self.assertFalse((self.folder / "badges").exists())


class Action(RunnerTest):
    def act(self, **environment):
        self.summary = self.folder / "summary"
        variables = {"PATH": os.environ["PATH"], "RUNNER": RUNNER, "RUNNER_TEMP": str(self.folder),
                     "GITHUB_OUTPUT": str(self.folder / "output"), "GITHUB_STEP_SUMMARY": str(self.summary)}
        return subprocess.run([HERE / "action"], capture_output=True, text=True, env={**variables, **environment})

    def driver(self):
        return " ".join(f"'{each}'" for each in NAIVE)

    def test_the_file_sets_what_the_step_reads(self):
        text = (HERE / "action.yml").read_text()
        set_here = re.findall(r"^        ([A-Z_]+): \$\{\{ inputs\.([a-z-]+) \}\}$", text, re.MULTILINE)
        declared = re.findall(r"^  ([a-z-]+):$", text[text.index("inputs:"):text.index("outputs:")], re.MULTILINE)
        self.assertEqual([name for _, name in set_here], declared)
        self.assertEqual([variable for variable, _ in set_here], [name.upper().replace("-", "_") for name in declared])
        step = (HERE / "action").read_text()
        for variable, _ in set_here:
            self.assertRegex(step, rf"\$\{{?{variable}\b")

    def test_it_runs_the_driver_and_leaves_reports_and_badges(self):
        answer = self.act(DRIVER=self.driver(), OPTIONS="--level required --id 'user.null.*'")
        self.assert_status(answer, AS_EXPECTED)
        folder = Path(re.fullmatch(r"folder=(.*)\n", (self.folder / "output").read_text()).group(1))
        for name in ("report.json", "report.html", "report.xml", "badges/all.required.json"):
            self.assertTrue((folder / name).is_file(), name)
        self.assertRegex(answer.stdout, r"naive 1 \(Python\): \d+ cases: \d+ passed")
        self.assertIn("naive 1 (Python)", self.summary.read_text())

    def test_its_status_is_that_of_the_run(self):
        answer = self.act(DRIVER=self.driver(), OPTIONS="--id user.bytes-kept.set-escapes")
        self.assert_status(answer, FAILURES)
        (self.folder / "known").write_text("user.bytes-kept.set-escapes\n")
        answer = self.act(DRIVER=self.driver(), OPTIONS="--id user.bytes-kept.set-escapes",
                          EXPECTED_FAILURES=str(self.folder / "known"))
        self.assert_status(answer, AS_EXPECTED)
        self.assert_status(self.act(DRIVER=self.driver(), OPTIONS="--id nope"), USAGE)


# What the drivers of verdicts/ ask, where it is right: then it is not the driver that fails a case.
RIGHT_LIBRARY = """
const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);
const same = (one, other) => one === other || (one !== null && other !== null && typeof one === 'object'
    && typeof other === 'object' && Array.isArray(one) === Array.isArray(other)
    && Object.keys(one).length === Object.keys(other).length
    && Object.keys(one).every(key => Object.hasOwn(other, key) && same(one[key], other[key])));
exports.apply = function apply(target, patch) {
    if (!isObject(patch)) return patch;
    const merged = new Map(isObject(target) ? Object.entries(target) : []);
    for (const [key, value] of Object.entries(patch))
        if (value === null) merged.delete(key);
        else merged.set(key, apply(merged.get(key), value));
    return Object.fromEntries(merged);
};
exports.generate = exports.diff = function diff(from, to) {
    if (same(from, to)) return undefined;
    if (!isObject(from) || !isObject(to)) return to;
    const patch = new Map();
    for (const key of Object.keys(from)) if (!Object.hasOwn(to, key)) patch.set(key, null);
    for (const [key, value] of Object.entries(to))
        if (!Object.hasOwn(from, key)) patch.set(key, value);
        else if (!same(from[key], value)) patch.set(key, diff(from[key], value));
    return Object.fromEntries(patch);
};
"""
RIGHT_EMULATOR = """
import { createServer } from 'node:http';
export async function createEmulator() {
    const users = new Map();
    const server = createServer(async (request, response) => {
        let text = '';
        for await (const part of request) text += part;
        const body = text ? JSON.parse(text) : {};
        const id = request.url.split('/')[3] ?? String(users.size);
        const metadata = body.metadata && Object.keys(body.metadata).length === 0 ? {}
            : Object.fromEntries(Object.entries({ ...users.get(id), ...body.metadata }).filter(([, value]) => value !== null));
        if (request.method !== 'GET') users.set(id, metadata);
        response.statusCode = request.method === 'DELETE' ? 204 : 200;
        response.end(request.method === 'DELETE' ? undefined : JSON.stringify({ id, metadata: users.get(id) }));
    });
    await new Promise(done => server.listen(0, done));
    return { url: `http://localhost:${server.address().port}`, apiKey: 'any', close: () => server.close() };
}
"""


class Verdicts(RunnerTest):
    def right(self, name, path, source):
        folder = self.folder / "node_modules" / name
        (folder / path).parent.mkdir(parents=True)
        module = "module" if path.endswith(".js") and "import " in source else "commonjs"
        (folder / "package.json").write_text(json.dumps({"version": "9.9.9", "main": path, "type": module}))
        (folder / path).write_text(source)

    def asked(self, name):
        report = self.folder / "report.json"
        answer = subprocess.run([RUNNER, "run", "--json", report, *PEERS[name], "--", "node", HERE / "verdicts" / "peer.mjs", name],
                                cwd=self.folder, capture_output=True, text=True)
        cases = json.loads(report.read_text())["cases"]
        return answer, [each for each in cases if each["verdict"] == "passed"], \
            {each["id"] for each in cases if each["verdict"] not in ("passed", "skipped")}

    @unittest.skipUnless(shutil.which("node"), "SKIPPED: the drivers of verdicts/ need node")
    def test_a_driver_fails_no_library_that_is_right(self):
        self.right("json-merge-patch", "index.js", RIGHT_LIBRARY)
        self.right("json8-merge-patch", "index.js", RIGHT_LIBRARY)
        self.right("tiny-merge-patch", "dist/index.mjs", RIGHT_LIBRARY.replace("exports.apply = ", "export ")
                   .replace("exports.generate = exports.diff = ", ""))
        # That a null in an object is out of a merge patch's reach, no such library has a way to say.
        unsaid = {"rfc7396.diff.a-null-in-an-object-is-out-of-reach"}
        for name, least in (("json-merge-patch", 80), ("json8-merge-patch", 80), ("tiny-merge-patch", 60)):
            answer, passed, failed = self.asked(name)
            self.assertEqual(failed, unsaid if name != "tiny-merge-patch" else set(), answer.stdout)
            self.assertGreater(len(passed), least)

    @unittest.skipUnless(shutil.which("node"), "SKIPPED: the drivers of verdicts/ need node")
    def test_the_driver_fails_no_emulator_that_is_right(self):
        self.right("workos", "dist/emulate/index.js", RIGHT_EMULATOR)
        answer, passed, failed = self.asked("workos")
        self.assertEqual(failed, set(), answer.stdout)
        self.assertGreater(len(passed), 15)

    def test_the_page_is_of_the_versions_that_are_asked(self):
        page = (HERE / "verdicts" / "verdicts.html").read_text()
        for name, version in json.loads((HERE / "verdicts" / "package.json").read_text())["dependencies"].items():
            self.assertRegex(page, rf"{name}(/emulate)? {re.escape(version)}\b")
        self.assertRegex(page, r"on \d{4}-\d\d-\d\d, with Node.js v\d+")


if __name__ == "__main__":
    for name, program in (("the npm package", shutil.which("node")), ("metapatch-conformance-static", STATIC)):
        if not program:
            print(f"SKIPPED: {name} is not tried")
    unittest.main()

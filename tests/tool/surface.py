# SPDX-License-Identifier: BSL-1.0
"""Help, version, completions, and what shows on a terminal."""

import os
import pty
import select
import shutil
import subprocess

import harness
from harness import APPLIED, REFUSED, ToolTest, main

USER = ("--profile", "auth0.user_metadata")
COMMANDS = (
    "apply", "validate", "size", "diff", "compose", "inverse", "conflicts", "rebase", "merge", "losses", "deepen",
    "authorize", "users", "signup", "userinfo", "lock", "policies", "completion",
)
NESTED = (("users", "patch"), ("users", "create"))  # commands inside of commands
PATHS = (*((name,) for name in COMMANDS), *NESTED)


class Help(ToolTest):
    def test_every_command_teaches_with_examples(self):
        for command in ((), *PATHS):
            answer = self.run_tool(*command, "--help")
            self.assertEqual(answer.status, APPLIED)
            self.assertIn("Examples:\n", answer.out)
            self.assertIn("$ ", answer.out)

    def test_the_version_is_printed(self):
        self.assertRegex(self.run_tool("--version").out, r"^metapatch \d+\.\d+\.\d+\n$")

    def test_the_help_of_everything_has_a_section_for_each_command(self):
        text = self.run_tool("--help-all").out
        for path in PATHS:
            self.assertIn("*metapatch %s*\n" % " ".join(path), text)


class Completion(ToolTest):
    def completed(self, *words):
        script = self.file("completion.bash", self.run_tool("completion", "bash").bytes)
        program = """
            source "$1"; shift
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
            _metapatch
            printf '%s\\n' "${COMPREPLY[@]}"
        """
        done = subprocess.run(
            ["bash", "-c", program, "bash", script, "metapatch", *words],
            capture_output=True, cwd=self.folder.name, text=True,
        )
        self.assertEqual(done.stderr, "")
        return [line for line in done.stdout.split("\n") if line]

    def test_the_scripts_are_valid_in_their_shells(self):
        for shell in ("bash", "zsh", "fish"):
            script = self.file(shell, self.run_tool("completion", shell).bytes)
            if shutil.which(shell):
                done = subprocess.run([shell, "-n", script], capture_output=True, text=True)
                self.assertEqual((done.returncode, done.stderr), (0, ""), shell)

    def test_bash_completes_commands_and_options(self):
        self.assertEqual(self.completed("val"), ["validate"])
        self.assertEqual(self.completed(""), list(COMMANDS))
        self.assertEqual(self.completed("apply", "--rej"), ["--rejects"])
        self.assertEqual(self.completed("size", "--rej"), [])
        self.assertEqual(self.completed("diff", "--from"), ["--from-absent"])
        self.assertEqual(self.completed("merge", "--presence", "e"), ["either", "exact"])
        self.assertEqual(self.completed("--ver"), ["--version"])

    def test_bash_completes_commands_inside_of_commands(self):
        self.assertEqual(self.completed("users", ""), ["patch", "create"])
        self.assertEqual(self.completed("users", "patch", "--user"), ["--user-id"])
        self.assertEqual(self.completed("users", "patch", "--table", "d"), ["documented"])
        self.assertEqual(self.completed("users", "--user"), [])
        self.assertEqual(self.completed("patch", "--user"), [])

    def test_bash_completes_values_of_options(self):
        self.assertEqual(self.completed("apply", "--profile", "auth0.ap"), ["auth0.app_metadata"])
        self.assertEqual(self.completed("apply", "--output", "=", "j"), ["json"])
        self.assertEqual(self.completed("apply", "--color", "="), ["auto", "always", "never"])
        self.assertEqual(self.completed("completion", "z"), ["zsh"])
        self.assertEqual(self.completed("policies", "rfc"), ["rfc7396"])

    def test_bash_completes_files(self):
        self.file("two words.json", "{}")
        self.assertEqual(self.completed("apply", "two"), ["two words.json"])
        self.assertEqual(self.completed("apply", "--batch", "two"), ["two words.json"])

    def test_every_option_of_the_help_is_completed_in_every_shell(self):
        scripts = {shell: self.run_tool("completion", shell).out for shell in ("bash", "zsh", "fish")}
        for path in PATHS:
            for word in self.run_tool(*path, "--help").out.split("Examples:")[0].split():
                if word.startswith("--") and word.strip("-.,;").replace("-", "").isalpha():
                    option = word.strip("-.,;")
                    self.assertIn("--" + option, scripts["bash"])
                    self.assertIn("'--" + option, scripts["zsh"])
                    self.assertIn(" -l " + option, scripts["fish"])


class Terminal(ToolTest):
    def on_terminal(self, *arguments, **environment):
        """Standard output and error as they come from a terminal, and the status."""
        kept = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
        try:
            primary, secondary = pty.openpty()
        except OSError as none:
            self.skipTest(f"no terminal is to be had here: {none}")
        running = subprocess.Popen(
            [harness.TOOL, *arguments], stdin=subprocess.DEVNULL, stdout=secondary, stderr=secondary,
            env={**kept, "TERM": "xterm", **environment},
        )
        os.close(secondary)
        shown = b""
        while select.select([primary], [], [], 60)[0]:
            try:
                piece = os.read(primary, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
        os.close(primary)
        return shown.decode(), running.wait(60)

    def test_results_are_text_in_colours(self):
        shown, status = self.on_terminal("apply", *USER, '{"a":1}', '{"a":null,"b":2}')
        self.assertEqual(status, APPLIED)
        self.assertIn("\x1b[31m- /a  1\x1b[0m", shown)
        self.assertIn("\x1b[32m+ /b  2\x1b[0m", shown)

    def test_diffs_and_losses_are_text_in_colours(self):
        shown, status = self.on_terminal("diff", *USER, '{"a":{"x":1}}', '{"a":{"y":2}}')
        self.assertEqual(status, APPLIED)
        self.assertIn("\x1b[33m~ /a\x1b[0m\r\n  \x1b[31m- /a/x  1\x1b[0m\r\n  \x1b[32m+ /a/y  2\x1b[0m", shown)
        shown, status = self.on_terminal("losses", *USER, '{"a":{"x":1}}', '{"a":{"y":2}}')
        self.assertEqual(status, REFUSED)
        self.assertIn("\x1b[31m- /a/x  1\x1b[0m", shown)

    def test_refusals_show_pointer_limit_and_actual(self):
        shown, status = self.on_terminal(
            "apply", "--profile", "auth0.client_metadata", "{}", '{"k":"%s"}' % ("v" * 300)
        )
        self.assertEqual(status, REFUSED)
        self.assertIn("/k", shown)
        self.assertIn("(300, limit 255)", shown)
        self.assertIn("\x1b[31m", shown)

    def test_no_color_is_honoured_unless_colours_are_asked_for(self):
        given = ("apply", *USER, '{"a":1}', '{"b":2}')
        self.assertNotIn("\x1b", self.on_terminal(*given, NO_COLOR="1")[0])
        self.assertIn("\x1b", self.on_terminal(*given, NO_COLOR="")[0])
        self.assertIn("\x1b", self.on_terminal(*given, "--color", "always", NO_COLOR="1")[0])
        self.assertNotIn("\x1b", self.on_terminal(*given, "--color", "never")[0])

    def test_json_is_to_be_had_on_a_terminal_too(self):
        self.assertEqual(self.on_terminal("apply", *USER, "--output", "json", "{}", '{"b":2}')[0], '{"b":2}\r\n')


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: BSL-1.0
"""The statements of the extension's README, whose answers stand below them: readme.py MODULE"""

import re
import sys

from installation import EXTENSION, Installation, may_run, psycopg2

may_run()
TEXT = (EXTENSION / "README.md").read_text(encoding="utf-8")


def statements():
    """Each statement of the README's blocks of SQL, with the lines that it is to answer."""
    for block in re.findall(r"^```sql\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL):
        statement, answer = "", []
        for line in block.splitlines():
            if statement.endswith(";\n") and line.startswith("-- ") and not line.endswith(":"):
                answer.append(line.removeprefix("-- "))
                continue
            if statement.endswith(";\n"):
                yield statement, answer
                statement, answer = "", []
            statement += line + "\n" if line and not line.startswith("--") else ""
        yield statement, answer


def answer_to(cursor, statement):
    try:
        cursor.execute(statement)
    except psycopg2.Error as error:
        return [f"ERROR {error.pgcode}: {error.diag.message_primary}"]
    rows = cursor.fetchall() if cursor.description else []
    return ["|".join("" if value is None else value for value in row) for row in rows]


with Installation(sys.argv[1]) as installation, installation.cluster() as cluster:
    connection = cluster.database("readme", ())
    psycopg2.extras.register_default_json(connection, loads=str)
    count = 0
    with connection.cursor() as cursor:
        for statement, expected in statements():
            came = answer_to(cursor, statement)
            assert came == expected, f"{statement}answered {came}, not {expected}"
            count += bool(expected)
    connection.close()
assert count > 8, f"only {count} answers were found"
print(f"{count} answers are as the README has them")

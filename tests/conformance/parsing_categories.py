# SPDX-License-Identifier: BSL-1.0
"""What a JSON parser is usually tested with, by category, and whether the vectors have it all."""

import json
from pathlib import Path

TABLE = Path(__file__).with_suffix(".json")
OUTCOMES = {"accept": {"ok"}, "reject": {"rejected"}, "either": {"ok", "rejected"}}


def category_faults(files):
    """What is wrong with the table of categories. To refuse is required; only the place of an error is our choice."""
    table = json.loads(TABLE.read_text(encoding="utf-8"))
    cases = {case["id"]: case for _, file in files for case in file["cases"]}
    if table.keys() - {"$comment"} != OUTCOMES.keys():
        yield f"{TABLE.name}: not the groups {', '.join(OUTCOMES)}"
        return
    for group, outcomes in OUTCOMES.items():
        for category, ids in table[group].items():
            place = f"{TABLE.name}: {group}: {category}"
            yield from (f"{place}: no case {each}" for each in ids if each not in cases)
            known = [cases[each] for each in ids if each in cases]
            yield from (f"{place}: {case['id']} expects something else" for case in known
                        if case["expect"]["outcome"] not in outcomes)
            if not ids:
                yield f"{place}: no cases"
            if group == "reject" and not any(case["level"] == "required" for case in known):
                yield f"{place}: no case is required"
            if group == "either":
                yield from (f"{place}: {case['id']} is not chosen" for case in known if case["level"] != "chosen")

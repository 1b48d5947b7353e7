# SPDX-License-Identifier: BSL-1.0
"""The tables of `text_patch`: a row for each contender, a column for what it checks and one for each shape."""

from results import allocations, time_and_ratio
from targets import FastestPeer, Target, field, times_as_fast_as, times_of

SHAPES = {"nested_200B": "200 B", "nested_2KB": "2 KB", "nested_2KB_patch_2KB": "2 KB, patch of 2 KB",
          "nested_64KB": "64 KB nested", "flat_64KB": "64 KB flat", "nested_1MB": "1 MB nested",
          "flat_1MB": "1 MB flat", "tiny_1MB": "1 MB tiny", "nested_15MB": "15 MB nested", "flat_15MB": "15 MB flat"}
DEEP_SHAPES = {"deep_2KB": "2 KB", "deep_64KB": "64 KB", "deep_1MB": "1 MB"}
SHORT_SHAPES = ["nested_200B", "nested_2KB", "nested_64KB", "nested_1MB", "flat_1MB", "nested_15MB", "flat_15MB"]
SHORT_ROWS = ["metapatch trusted", "metapatch checked", "metapatch index, copy", "sonic-cpp lazy nodes",
              "simdjson on-demand", "glaze lazy views", "yyjson tuned", "RapidJSON pool", "Boost.JSON tuned",
              "Boost.JSON", "nlohmann/json", "memcpy"]
# Whoever has no entry is told of by the longest one that its name begins with.
CHECKS = {
    "metapatch trusted": "patch: JSON, policy",
    "metapatch checked": "both: JSON; patch: policy",
    "metapatch index": "patch: JSON, policy; stored text, before: JSON",
    "metapatch trusted, patch prepared": "patch, before: JSON, policy",
    "metapatch checked, patch prepared": "stored text: JSON; patch, before: JSON, policy",
    "metapatch index, copy, patch prepared": "before, both: JSON; patch: policy",
    "metapatch index, pieces, patch prepared": "before, both: JSON; patch: policy",
    "metapatch, reading the patch alone": "patch: JSON, policy",
    "Boost.JSON": "both: JSON",
    "nlohmann/json": "both: JSON",
    "RapidJSON": "both: JSON, not UTF-8",
    "yyjson": "both: JSON",
    "simdjson on-demand": "both: UTF-8, quotes, grammar of the first level",
    "simdjson DOM": "stored text: JSON",
    "sonic-cpp": "both: the shape of what it opens, no strings, no numbers; refuses keys with escapes",
    "sonic-cpp UpdateLazy": "the same; a text that it refuses is left out, silently",
    "glaze": "nothing; takes a key with escapes for another",
    "memcpy": "nothing",
}


def checks(name):
    return CHECKS.get(max((each for each in CHECKS if name.startswith(each)), key=len, default=None), "")


def table(results, names, shapes):
    titles = {**SHAPES, **DEEP_SHAPES}
    shapes = [shape for shape in shapes if shape in results.rows]
    lines = ["| | checks | " + " | ".join(titles[shape] for shape in shapes) + " | allocations |",
             "|---|---|" + "---:|" * (len(shapes) + 1)]
    for name in names:
        rows = [results.get(shape, name) for shape in shapes]
        if any(rows):
            cells = [f"**{name}**" if name.startswith("metapatch") else name, checks(name),
                     *map(time_and_ratio, rows), allocations(rows)]
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def notes(results):
    return ("Medians of the time of one patch; in brackets how many times as fast as Boost.JSON. " + results.where())


def long_report(results):
    deep = (f"Merged at three levels, as RFC 7396 tells:\n\n{table(results, results.names, DEEP_SHAPES)}\n\n"
            if any(shape in results.rows for shape in DEEP_SHAPES) else "")
    return f"{table(results, results.names, SHAPES)}\n\n{deep}{notes(results)}"


def short_report(results):
    return f"{table(results, SHORT_ROWS, SHORT_SHAPES)}\n\n{notes(results)}"


def bytes_per_ns(results, shape, name):
    """Of the patch; gigabytes a second."""
    return results.sizes[shape]["body_bytes"] / results.get(shape, name)["ns"]


Target.words.update({**SHAPES, **{shape: f"deep, {size}" for shape, size in DEEP_SHAPES.items()}})
PLAIN, MEMCPYS, NS, FASTEST_PEER = field("per_reference"), field("memcpys"), field("ns"), FastestPeer()
LAZY_NODES, UPDATE_LAZY = times_as_fast_as("sonic-cpp lazy nodes"), times_as_fast_as("sonic-cpp UpdateLazy")
PARSES = times_of("simdjson DOM parse alone")
FROM_2_KB = [shape for shape in SHAPES if shape != "nested_200B"]
FROM_64_KB = [shape for shape in FROM_2_KB if "2KB" not in shape]
SMALL_PATCH = [shape for shape in SHAPES if "patch" not in shape]
NESTED = ["nested_2KB", "nested_64KB", "nested_1MB", "nested_15MB"]
LARGE_NESTED, LARGE_FLAT = NESTED[1:], ["flat_64KB", "flat_1MB", "flat_15MB"]
DEEP = list(DEEP_SHAPES)
TRUSTED, CHECKED, INDEX = "metapatch trusted", "metapatch checked", "metapatch index"
PREPARED, READING = TRUSTED + ", patch prepared", "metapatch, reading the patch alone"
TARGETS = [
    Target("trusted 200 B, × the fastest peer", TRUSTED, ["nested_200B"], FASTEST_PEER, least=1.1, aim=1.5),
    Target("trusted 200 B, × Boost.JSON", TRUSTED, ["nested_200B"], PLAIN, least=6, aim=8),
    Target("trusted 200 B, patch prepared, × the fastest peer", PREPARED, ["nested_200B"], FASTEST_PEER, least=1.5,
           aim=2.2),
    Target("trusted 2 KB, × the fastest peer", TRUSTED, ["nested_2KB"], FASTEST_PEER, least=3, aim=4),
    Target("trusted 2 KB, patch of 2 KB, × the fastest peer", TRUSTED, ["nested_2KB_patch_2KB"], FASTEST_PEER,
           least=0.9, aim=1.25),
    Target("reading a patch of 50 B, ns", READING, ["nested_200B"], NS, most=60, aim=45),
    Target("reading a patch of 2 KB, GB/s", READING, ["nested_2KB_patch_2KB"], bytes_per_ns, least=1.5, aim=2),
    Target("trusted nested from 64 KB, × sonic-cpp lazy nodes", TRUSTED, LARGE_NESTED, LAZY_NODES, least=2.5, aim=3),
    Target("the same with AVX2 alone", TRUSTED + ", avx2", LARGE_NESTED, LAZY_NODES, least=2),
    Target("trusted flat from 64 KB, × the fastest peer", TRUSTED, LARGE_FLAT, FASTEST_PEER, least=1.3, aim=1.7),
    Target("checked 200 B, × Boost.JSON", CHECKED, ["nested_200B"], PLAIN, least=5, aim=7),
    Target("checked 2 KB, × Boost.JSON", CHECKED, ["nested_2KB"], PLAIN, least=8, aim=10),
    Target("checked from 2 KB, nested and flat, times simdjson's DOM parse alone", CHECKED, NESTED + LARGE_FLAT, PARSES,
           most=1.1, aim=0.9),
    Target("deep, trusted, × sonic-cpp UpdateLazy", TRUSTED, DEEP, UPDATE_LAZY, least=2, aim=3),
    Target("deep, trusted, × Boost.JSON", TRUSTED, DEEP, PLAIN, least=15, aim=30),
    Target("deep, trusted, times the first level", TRUSTED, DEEP, times_of(TRUSTED + ", first level"), most=1.3, aim=1.1),
    Target("deep, checked, times the first level", CHECKED, DEEP, times_of(CHECKED + ", first level"), most=1.3, aim=1.1),
    Target("allocations, trusted", TRUSTED, [*SHAPES, *DEEP], field("allocations"), most=0, aim=0),
    Target("allocations, checked", CHECKED, [*SHAPES, *DEEP], field("allocations"), most=0, aim=0),
    Target("trusted 2 KB, × Boost.JSON", TRUSTED, ["nested_2KB"], PLAIN, least=25, aim=30),
    Target("trusted 1 MB nested, × Boost.JSON", TRUSTED, ["nested_1MB"], PLAIN, least=50),
    Target("trusted 1 MB nested, memcpys", TRUSTED, ["nested_1MB"], MEMCPYS, most=3.5, aim=2.5),
    Target("trusted 1 MB flat, × Boost.JSON", TRUSTED, ["flat_1MB"], PLAIN, least=12, aim=15),
    Target("trusted 15 MB nested, memcpys", TRUSTED, ["nested_15MB"], MEMCPYS, most=2.0, aim=1.5),
    Target("trusted 15 MB flat, memcpys", TRUSTED, ["flat_15MB"], MEMCPYS, most=3.5, aim=2.5),
    Target("checked from 2 KB, × Boost.JSON", CHECKED, FROM_2_KB, PLAIN, least=5),
    Target("index and copy from 64 KB, memcpys", INDEX + ", copy", FROM_64_KB, MEMCPYS, most=1.25),
    Target("index and copy from 64 KB, patch prepared, memcpys", INDEX + ", copy, patch prepared", FROM_64_KB, MEMCPYS,
           most=1.25),
    Target("index and pieces, ns", INDEX + ", pieces", SMALL_PATCH, NS, most=100),
    Target("index and pieces, patch prepared, ns", INDEX + ", pieces, patch prepared", SMALL_PATCH, NS, most=100),
]

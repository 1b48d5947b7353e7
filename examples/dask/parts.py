# SPDX-License-Identifier: BSL-1.0
"""What a worker does: run the tool's batch on a part of a file of lines, and join the parts of one.

All files are on storage that every worker sees under the same path. A result is written to a temporary name and renamed, so
that it is there as a whole or not; and what is there already is not made again, so that a part may be run as often as
workers are lost.
"""

import json
import os
import pathlib
import shutil
import subprocess
import threading
import uuid

PIECE = 1 << 20


def temporary(path):
    return path.with_name(f"{path.name}.{uuid.uuid4().hex}.tmp")


def pieces(path, begin, end):
    with open(path, "rb") as file:
        file.seek(begin)
        while begin < end and (piece := file.read(min(PIECE, end - begin))):
            begin += len(piece)
            yield piece
    if begin < end:
        raise OSError(f"{path} has become shorter")


def newlines(path):
    with open(path, "rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(PIECE), b""))


def feed(given, part, told):
    """Write a part to the tool, and tell how many lines it has."""
    lines, blank = 0, True
    try:
        with given:
            for piece in pieces(part["path"], part["begin"], part["end"]):
                lines += piece.count(b"\n")
                blank = blank and not piece.strip()
                given.write(piece)
    except BrokenPipeError:
        pass  # the tool says why it reads no more
    except OSError as error:
        told["error"] = str(error)
    told.update(lines=lines, blank=blank)


def run_part(tool, arguments, part):
    """Make a part's result and its rejects, and give what is known of them; or, where the tool has stopped, which another try
    would not change, its exit status and its words."""
    result, rejects, summary = (pathlib.Path(part["made"] + ending) for ending in ("", ".rejects", ".json"))
    if summary.exists():
        return json.loads(summary.read_text(encoding="utf-8"))
    made, refused = temporary(result), temporary(rejects)
    told = {}
    try:
        with open(made, "wb") as out:
            command = [tool, *arguments, "--quiet", "--progress", "never", "--rejects", str(refused), "--batch", "-"]
            with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.PIPE) as running:
                feeder = threading.Thread(target=feed, args=(running.stdin, part, told))
                feeder.start()
                words = running.stderr.read().decode(errors="backslashreplace").strip()
                feeder.join()
        if "error" in told:
            raise OSError(told["error"])
        if told["blank"] and part["is_plain"]:  # no documents, which the tool would take for a mistake
            with open(made, "wb") as out:
                out.writelines(pieces(part["path"], part["begin"], part["end"]))
        elif running.returncode not in (0, 1):
            return {"stopped": running.returncode, "words": words}
        elif part["is_plain"] and newlines(made) != told["lines"]:
            return {"stopped": running.returncode or 3, "words": words or "the result has not as many lines as the input"}
        if refused.exists() and refused.stat().st_size > 0:
            os.replace(refused, rejects)
        os.replace(made, result)
        known = {"lines": told["lines"], "bytes": result.stat().st_size, "documents": not told["blank"],
                 "rejects": newlines(rejects) if rejects.exists() else 0}
        written = temporary(summary)
        written.write_text(json.dumps(known), encoding="utf-8")
        os.replace(written, summary)
        return known
    finally:
        for path in (made, refused):
            path.unlink(missing_ok=True)


def join(parts, target):
    """Put the results of a file's parts one behind the other, under its name."""
    made, target = [pathlib.Path(part["made"]) for part in parts], pathlib.Path(target)
    if len(made) == 1:
        if made[0].exists() or not target.exists():  # else it has been done, and who did it was lost
            os.replace(made[0], target)
        return
    whole = temporary(made[0])
    try:
        with open(whole, "wb") as out:
            for path in made:
                with open(path, "rb") as part:
                    shutil.copyfileobj(part, out, PIECE)
            out.flush()
            os.fsync(out.fileno())
        os.replace(whole, target)
    finally:
        whole.unlink(missing_ok=True)

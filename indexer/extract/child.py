"""The reading process: requests as JSON lines on stdin, responses on stdout as a length followed by JSON."""

from __future__ import annotations

import json
import os
import select
import signal
import struct
import sys
import threading
import time
from pathlib import Path
from typing import Any

from indexer.extract.child_page import tell
from indexer.extract.confinement import LARGEST_WRITE, confine, may_compute, may_write
from indexer.extract.details import details_to_json, wanted_from_json
from indexer.extract.formats.paging import Paging
from indexer.extract.reasons import problem
from indexer.model import Extraction, FileState
from indexer.stored.extraction import (
    extraction_to_json,
    ocr_page_to_json,
    picture_to_json,
    problem_to_json,
    signatures_to_json,
)

HEADER = struct.Struct(">I")
OUT_OF_MEMORY = 112
"""Exit status of a process that ran out of memory."""
_GRACE = 5
"""Seconds beyond the time limit of a file after which a process ends itself."""
_PROCESSORS = 2
"""Number of processors that one file may keep busy for all of its time."""
_PAGES_TIME = 0.75
"""Share of the time limit of a file within which new pages are started; the text of a long file must also be transferred."""


def end_with_parent() -> None:
    """End this process as soon as the other end of stdin is closed, even while reading a file.

    PR_SET_PDEATHSIG would follow the thread that started this process, which may end long before.
    """
    hung_up = select.poll()
    hung_up.register(0, 0)
    while not any(event & select.POLLHUP for _, event in hung_up.poll()):
        pass
    os._exit(0)


def main() -> None:
    """Respond until stdin ends."""
    confine(int(sys.argv[1]))
    threading.Thread(target=end_with_parent, daemon=True).start()
    # Output of libraries must not corrupt the responses.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    for line in sys.stdin.buffer:
        request = json.loads(line)
        # The parent kills a process that takes too long; the kernel does if no other thread gets a turn.
        signal.alarm(int(request["seconds"]) + _GRACE)
        may_compute(_PROCESSORS * request["seconds"] + _GRACE)
        try:
            answered = _answer(request)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        # In UTF-8, a Vietnamese letter takes half the space of "\\u1ee7".
        answer = json.dumps(answered, ensure_ascii=False).encode(errors="replace")
        answers.write(HEADER.pack(len(answer)) + answer)
        answers.flush()
        signal.alarm(0)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    """Return the result of a request; whatever a library raises affects only this file."""
    path = Path(request["path"])
    try:
        if "into" in request:
            return _unpacked(path, Path(request["into"]), request["largest"])
        if "page" in request:
            from indexer.extract.ocr import ocr

            return ocr_page_to_json(ocr(path, request["page"], request["page_seconds"]))
        if "picture" in request:
            from indexer.extract.picture import picture

            return picture_to_json(picture(path, request["picture"]))
        if "details" in request:
            from indexer.extract.reader import details

            return details_to_json(details(path, wanted_from_json(request["details"])))
        if "changes" in request:
            from indexer.extract.signatures import signatures

            trust = Path(request["trust"]) if request["trust"] else None
            return {"signatures": signatures_to_json(signatures(path, trust, request["changes"]))}
        from indexer.extract.reader import read_text
        from indexer.extract.states import capped

        found = read_text(path, request["name"], _paging(request))
        return extraction_to_json(capped(found, request["most"]))
    except MemoryError:
        raise
    except Exception as error:
        reason = problem("reader_failed", request.get("page"), f"{type(error).__name__}: {error}")
        failed = Extraction("application/octet-stream", FileState.FAILED, problems=(reason,))
        told = extraction_to_json(failed) | {"files": [], "page": None, "problem": problem_to_json(reason)}
        # For what is requested after the text, "none" and "unknown" are different results.
        return {"problem": problem_to_json(reason)} if {"details", "changes"} & request.keys() else told


def _paging(request: dict[str, Any]) -> Paging:
    until = time.monotonic() + _PAGES_TIME * request["seconds"]
    return Paging(request["left_out"], request["end"], until, tell)


def _unpacked(path: Path, into: Path, largest: int) -> dict[str, Any]:
    from indexer.extract.archives import unpack

    may_write(largest)
    try:
        found = unpack(path, into, largest)
    finally:
        may_write(LARGEST_WRITE)
    return {
        "state": str(found.state),
        "problems": [problem_to_json(one) for one in found.problems],
        "files": list(found.members),
    }


if __name__ == "__main__":
    main()

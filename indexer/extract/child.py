"""The reading process: requests as JSON lines on stdin, answers as length and JSON on stdout."""

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
"""Exit status of a reader whose memory did not suffice."""
_GRACE = 5
"""Seconds beyond the time of a file after which a reader ends itself."""
_PROCESSORS = 2
"""Processors that one file may keep busy all of its time."""
_PAGES_TIME = 0.75
"""The share of the time of a file in which pages are begun: what was read of a long one must be handed over, too."""


def end_with_parent() -> None:
    """End this process as soon as the other end of stdin is gone, even in the middle of a file.

    PR_SET_PDEATHSIG would follow the thread that started this process, which may end long before.
    """
    hung_up = select.poll()
    hung_up.register(0, 0)
    while not any(event & select.POLLHUP for _, event in hung_up.poll()):
        pass
    os._exit(0)


def main() -> None:
    """Answer until stdin ends."""
    confine(int(sys.argv[1]))
    threading.Thread(target=end_with_parent, daemon=True).start()
    # Libraries that print must not spoil the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    for line in sys.stdin.buffer:
        request = json.loads(line)
        # The parent ends a reader that takes too long; the kernel does where no other thread gets a turn.
        signal.alarm(int(request["seconds"]) + _GRACE)
        may_compute(_PROCESSORS * request["seconds"] + _GRACE)
        try:
            answered = _answer(request)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        # In UTF-8 a Vietnamese letter takes half of what it does as "\\u1ee7".
        answer = json.dumps(answered, ensure_ascii=False).encode(errors="replace")
        answers.write(HEADER.pack(len(answer)) + answer)
        answers.flush()
        signal.alarm(0)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    """Return what came of one request; whatever a library raises costs this one file."""
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
        # Of what is asked behind the text, "none" and "not known" are two answers.
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

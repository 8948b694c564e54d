"""Results for each peer, stored as ``FOLDER/peers/NAME-COLLECTION.json``, so that a run can be continued."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.measure import child
from benchmarks.peers.named import PEERS
from benchmarks.peers.protocol import NotInstalledError

SLOW = {("whoosh_pyvi", "all")}
"""Left out, because pyvi alone would take a quarter of an hour."""
LONG = {("whoosh_pyvi", "questions"), *((name, "all") for name in PEERS)}
"""Together too long for ``make bench``; measured when all of the news is."""


def figures(folder: Path, name: str, collection: str, measure: bool = True) -> dict[str, Any]:
    """Return the stored results for a peer, or ``measure`` it: ``{"missing": why}`` if it cannot or should not run."""
    note = folder / "peers" / f"{name}-{collection}.json"
    if note.is_file():
        return dict(json.loads(note.read_text()))
    if (name, collection) in SLOW:
        return {"missing": "too slow"}
    if not measure:
        return {"missing": "not measured"}
    try:
        PEERS[name]().check()
    except NotInstalledError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return {"missing": "not installed"}
    print(f"{name}, {collection} …", file=sys.stderr, flush=True)
    note.parent.mkdir(parents=True, exist_ok=True)
    built, asked = (
        child("benchmarks.peers.measuring", what, name, collection, str(note.parent))
        for what in ("build", "ask")
    )
    found = {**asked, **built}
    note.write_text(json.dumps(found))
    return found

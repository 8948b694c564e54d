"""Our index of the news in FOLDER, searched by most benchmarks: built once, in a separate process."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from benchmarks.corpus import WITH_BODIES
from benchmarks.measure import child, folder_mb
from benchmarks.peers.named import PEERS
from benchmarks.peers.run import figures
from benchmarks.tables import table

_TEXT_MB = 155.1
"""UTF-8 of title, summary and body of the 86,416 articles."""


def built(folder: Path, part: str) -> dict[str, Any]:
    """Build ``FOLDER/ours-PART`` unless it exists; return the result of :mod:`benchmarks.build` for it."""
    name = f"ours-{part}"
    note = folder / f"{name}.json"
    if not note.is_file():
        shutil.rmtree(folder / name, ignore_errors=True)
        print(f"building {name} …", file=sys.stderr)
        note.write_text(json.dumps(child("benchmarks.build", str(folder / name), part)))
    return dict(json.loads(note.read_text()))


def indexing(folder: Path) -> str:
    """Return the table of building it, compared with the plain build and FTS5, with ours by stage."""
    ours = built(folder, "bodies")
    rows = [("Tra Cứu", *_cells(ours, figures(folder, "whoosh_pyvi", "bodies")))]
    plain = figures(folder, "whoosh_pyvi", "bodies")
    rows += [
        (PEERS[name]().title, *_cells(figures(folder, name, "bodies"), plain))
        for name in ("whoosh_pyvi", "fts5")
    ]
    shares = [(stage, f"{seconds:.1f}") for stage, seconds in ours["timings"].items()]
    head = (
        "",
        "seconds",
        "CPU time",
        "articles/s",
        "faster than Whoosh + pyvi",
        "CPU time",
        "peak MB, all processes",
    )
    return (
        f"## Indexing {WITH_BODIES:,} articles with bodies (`python -m benchmarks FOLDER indexing`)\n\n"
        + table(head, rows)
        + "\n\nSeconds per stage of ours (*analyse* is CPU time of the workers, which run in parallel to the other stages):\n\n"
        + table(("stage", "s"), shares)
    )


def _cells(one: dict[str, Any], plain: dict[str, Any]) -> tuple[str, ...]:
    return (
        f"{one['seconds']:.1f}",
        f"{one['processor']:.1f}",
        f"{WITH_BODIES / one['seconds']:,.0f}",
        f"{plain['seconds'] / one['seconds']:.1f}×",
        f"{plain['processor'] / one['processor']:.1f}×",
        f"{one['peak_mb']:,}",
    )


def size(folder: Path) -> str:
    """Return the table of seconds, memory and disk for all of the news."""
    ours = built(folder, "all")
    data = folder / "ours-all"
    index, catalog, whole = (folder_mb(path) for path in (data / "tantivy", data / "catalog.sqlite3", data))
    rows = [
        ("seconds", f"{ours['seconds']:.1f} ({ours['articles'] / ours['seconds']:,.0f} articles/s)", "–"),
        ("peak memory, all processes", f"{ours['peak_mb']:,} MB", "below 1,500 MB"),
        ("index", f"{index:.0f} MB", "–"),
        ("catalog", f"{catalog:.0f} MB", "–"),
        ("index and catalog to text", f"{(index + catalog) / _TEXT_MB:.2f}×", "below 2.5×"),
        ("with everything beside them, to text", f"{whole / _TEXT_MB:.2f}×", "2.4×"),
    ]
    heading = f"## All {ours['articles']:,} articles (`python -m benchmarks FOLDER size`)\n\n"
    return heading + table(("", "measured", "target"), rows)

"""``python -m benchmarks [FOLDER]`` (``make bench``): every table but those of hours, written to ``benchmarks/RESULTS.md``.

Indexes are built in FOLDER (a temporary one by default) and used again if they are there.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import (
    attachments,
    bulk,
    crawl,
    directives,
    document_heads,
    duplicates,
    gold,
    hurting,
    keys,
    legacy,
    ocr,
    overload,
    pages,
    provisions,
    push,
    related,
    results,
    saved_pages,
    scaling,
    segmentation,
    serving,
    shares,
    site,
    status,
    suggestions,
)
from benchmarks.corpus import NEWS, QUERIES, WITH_BODIES
from benchmarks.measure import child, folder_mb
from benchmarks.relevance.__main__ import section as relevance_section
from benchmarks.tables import table

_TEXT_MB = 155.1
"""UTF-8 of title, summary and body of the 86,416 articles."""


def main() -> int:
    """Measure, write, and say where."""
    if not NEWS.is_file():
        print(
            f"benchmarks need the shared corpora beside the project ({NEWS.name} is not there)",
            file=sys.stderr,
        )
        return 3
    given = sys.argv[1:]
    folder = Path(given[0] if given else tempfile.mkdtemp(prefix="tracuu-bench-"))
    try:
        parts = [
            _indexing(folder),
            _size(folder),
            scaling.section(folder),
            _searching(folder),
            _serving(folder),
            overload.section(folder),
            site.section(folder),
            shares.section(folder),
            hurting.section(folder),
            push.section(folder),
            bulk.section(),
            keys.section(),
            segmentation.section(),
            suggestions.section(folder),
            directives.section(),
            provisions.section(),
            document_heads.section(),
            gold.section(),
            status.section(),
            duplicates.section(),
            related.section(folder),
            attachments.section(),
            pages.section(),
            legacy.section(),
            saved_pages.section(),
            crawl.section(),
            ocr.section(),
            relevance_section(),
        ]
    finally:
        if not given:
            shutil.rmtree(folder)
    results.put(parts)
    return 0


def _build(folder: Path, which: str, part: str) -> dict[str, Any]:
    """Build an index, or return what building it gave when it was built."""
    name = which if which == "whoosh_pyvi" else f"{which}-{part}"
    note = folder / f"{name}.json"
    if not note.is_file():
        shutil.rmtree(folder / name, ignore_errors=True)
        print(f"building {name} …", file=sys.stderr)
        note.write_text(json.dumps(child("benchmarks.build", which, str(folder / name), part)))
    return dict(json.loads(note.read_text()))


def _indexing(folder: Path) -> str:
    ours, peer, fts = (_build(folder, which, "bodies") for which in ("ours", "whoosh_pyvi", "fts5"))
    rows = [
        (name, f"{figures['seconds']:.1f}", f"{WITH_BODIES / figures['seconds']:,.0f}",
         f"{peer['seconds'] / figures['seconds']:.1f}×", f"{figures['peak_mb']:,}")
        for name, figures in (("Tra Cứu", ours), ("Whoosh + pyvi", peer), ("SQLite FTS5", fts))
    ]  # fmt: skip
    shares = [(stage, f"{seconds:.1f}") for stage, seconds in ours["timings"].items()]
    return (
        f"## Indexing {WITH_BODIES:,} articles with bodies\n\n"
        + table(("", "seconds", "articles/s", "faster than Whoosh + pyvi", "peak MB, all processes"), rows)
        + "\n\nSeconds per stage of ours (*analyse* is processor time of the workers, beside the others):\n\n"
        + table(("stage", "s"), shares)
    )


def _size(folder: Path) -> str:
    ours = _build(folder, "ours", "all")
    data = folder / "ours-all"
    index, catalog = folder_mb(data / "tantivy"), folder_mb(data / "catalog.sqlite3")
    rows = [
        ("seconds", f"{ours['seconds']:.1f} ({ours['articles'] / ours['seconds']:,.0f} articles/s)", "–"),
        ("peak memory, all processes", f"{ours['peak_mb']:,} MB", "below 1,500 MB"),
        ("index", f"{index:.0f} MB", "–"),
        ("catalog", f"{catalog:.0f} MB", "–"),
        ("index and catalog to text", f"{(index + catalog) / _TEXT_MB:.2f}×", "below 2.5×"),
    ]
    return f"## All {ours['articles']:,} articles\n\n" + table(("", "measured", "target"), rows)


def _searching(folder: Path) -> str:
    _build(folder, "fts5", "all")
    figures = child("benchmarks.find", str(folder))
    figures.pop("peak_mb")
    limit, plain, whole = (figures[n] for n in ("limit", "ours, no highlighting", "ours, whole response"))
    whoosh, fts = figures["whoosh_pyvi"], figures["fts5"]
    names = {
        "limit": "the limit: tantivy, same clauses, 3 facets, 10 stored",
        "ours, no highlighting": "Tra Cứu, 3 facets, no highlighting",
        "ours, whole response": "Tra Cứu, whole response: 6 facets, snippets, relaxed reading",
        "whoosh_pyvi": f"Whoosh + pyvi, {WITH_BODIES:,} articles, 3 facets",
        "fts5": "SQLite FTS5, 3 facets",
    }
    rows = [(names.get(name, name), f"{p50:.2f}", f"{p95:.2f}") for name, (p50, p95) in figures.items()]
    verdicts = [
        ("p95 against Whoosh + pyvi at 20,000", f"{whoosh[1] / plain[1]:.1f}×", "10×"),
        ("p95 against FTS5", f"{fts[1] / plain[1]:.1f}×", "20×"),
        ("p50 of the whole response to the limit", f"{whole[0] / limit[0]:.2f}×", "4× at most"),
        ("p95 of the whole response", f"{whole[1]:.1f} ms", "below 15 ms"),
    ]
    return (
        f"## Search, {QUERIES} queries of 1 to 6 words, half without diacritics, all 86,416 articles\n\n"
        + table(("", "p50 ms", "p95 ms"), rows)
        + "\n\n"
        + table(("", "measured", "target"), verdicts)
    )


def _serving(folder: Path) -> str:
    figures = serving.measure(folder / "ours-all")
    rows = [
        ("requests/s", f"{figures['rate']:.0f}"),
        ("p50", f"{figures['p50']:.1f} ms"),
        ("p95", f"{figures['p95']:.1f} ms"),
        ("answers other than 200", str(figures["bad"])),
        ("private memory of a process (target: below 150 MB)", f"{figures['private_mb']:.0f} MB"),
    ]
    return (
        "## `/search` over HTTP, 4 clients on the same machine, 2 server processes, all 86,416 articles\n\n"
        + table(("", "measured"), rows)
    )


if __name__ == "__main__":
    sys.exit(main())

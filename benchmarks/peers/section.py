"""The tables for people choosing a search engine for Vietnamese."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpus import QUERIES, WITH_BODIES
from benchmarks.peers.found import JUDGED_MODES
from benchmarks.peers.inputs import JUDGED_SETS
from benchmarks.peers.named import PEERS
from benchmarks.peers.run import LONG, figures
from benchmarks.tables import table

_SIZES = {"bodies": f"{WITH_BODIES:,} articles with bodies", "all": "all 86,416 articles"}
_COSTS: dict[str, Callable[[dict[str, Any]], str]] = {
    "indexing s": lambda f: f"{f['seconds']:.0f}",
    "CPU time s": lambda f: f"{f['processor']:.0f}",
    "disk MB": lambda f: f"{f['disk_mb']:,.0f}",
    "peak MB": lambda f: f"{f['peak_mb']:,.0f}",
    "serving MB": lambda f: f"{f['resident_mb']:,.0f}",
    "p50 / p95 ms": lambda f: f"{f['p50']:.1f} / {f['p95']:.1f}",
    "CPU time, p50 / p95 ms": lambda f: f"{f['processor_p50']:.1f} / {f['processor_p95']:.1f}",
}
_FOUND = (
    "precision, recall as typed",
    "without accents",
    *(f"nDCG@10 {name}: typed, without accents" for name in JUDGED_SETS),
    "everyday questions: typed, bare, slips, whole questions",
)


def section(folder: Path, names: Sequence[str] = (), whole: bool = True) -> str:
    """Return the tables of ``names``, all peers by default; ``whole`` also measures what is in ``LONG``."""
    chosen = names or list(PEERS)
    parts = [f"## Peers side by side (`python -m benchmarks.peers FOLDER [NAME …]`)\n\n{_ABOUT}"]
    for collection, size in _SIZES.items():
        rows = [_row(name, _figures(folder, name, collection, whole), _COSTS) for name in chosen]
        parts += [f"### Cost: {size}, {QUERIES} queries", table(("", *_COSTS), rows)]
    parts += ["### What they find", table(("", *_FOUND), [_found(folder, name, whole) for name in chosen])]
    setups = [(PEERS[name]().title, PEERS[name]().setup) for name in chosen]
    parts += ["### How each is set up", table(("", "set up"), setups)]
    return "\n\n".join(parts)


_ABOUT = (
    "All index the same texts and answer the same queries, each in a process of its own. A page is ten hits that hold all words,"
    " a snippet for each, and three facets (Tra Cứu: six facets and close matches below); *CPU time* is that of all processes of a"
    " peer, which other work on the machine does not lengthen. Precision and recall: 6,000 articles and 304 queries of"
    " `benchmarks.precision`. nDCG@10: any of the words, for judged questions. Everyday questions leave out results that were never"
    " judged, since grades were given to results of Tra Cứu; the share of the first ten that was judged is in brackets. No peer is"
    " given its fields for numbers and issuers, or attachments. *Both forms*: every word is indexed with and"
    " without its accents, and looked up as it is typed."
)


def _row(name: str, found: dict[str, Any], columns: dict[str, Callable[[dict[str, Any]], str]]) -> list[str]:
    title = PEERS[name]().title
    if "missing" in found:
        return [title, found["missing"], *("–" for _ in list(columns)[1:])]
    return [title, *(show(found) for show in columns.values())]


def _figures(folder: Path, name: str, collection: str, whole: bool) -> dict[str, Any]:
    return figures(folder, name, collection, measure=whole or (name, collection) not in LONG)


def _found(folder: Path, name: str, whole: bool) -> list[str]:
    counted = figures(folder, name, "precision")
    if "missing" in counted:
        return [PEERS[name]().title, counted["missing"], *("–" for _ in _FOUND[1:])]
    cells = [
        f"{of['precision']:.3f}, {of['recall']:.3f}"
        for of in (counted["as typed"], counted["without accents"])
    ]
    for name_of_set in JUDGED_SETS:
        judged = figures(folder, name, name_of_set)
        cells.append(", ".join(f"{judged[mode]:.3f}" for mode in JUDGED_MODES))
    asked = _figures(folder, name, "questions", whole)
    kinds = [f"{asked[kind]:.3f}" for kind in ("accents", "bare", "slip", "question") if kind in asked]
    told = f"{', '.join(kinds)} ({asked['read']:.0%})" if kinds else asked["missing"]
    return [PEERS[name]().title, *cells, told]

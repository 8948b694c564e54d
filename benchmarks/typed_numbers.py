"""``python -m benchmarks.typed_numbers [FOLDER [N]]``: the numbers of the gazette's records, or every N-th of them, as people
write them, some forty ways each, and whether that leads to the document first. The index is built in FOLDER, a temporary
one by default.

The records have their subject as title, and type and issuer as values. Where what was typed leaves several documents open
(a type and a number alone), the document counts as found if all that stand before it on the page answer what was typed, too.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks import results
from benchmarks.tables import table
from benchmarks.typed_spellings import SPELLINGS, Record, records
from indexer.directives.number import parse_number
from indexer.indexing.opening import open_pipeline
from indexer.model import Article
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import Settings
from indexer.vietnamese.letters import fold

_SEED = 20_260_519
_PAGE = 50
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def measured(folder: Path, every: int = 1) -> Iterator[tuple[str, int, int, int, list[str]]]:
    """Yield, for each kind, its queries, those that find the document first, those that offer it, and some that fail."""
    found = records()
    settings = Settings(data=folder)
    if not any(folder.iterdir()) if folder.is_dir() else True:
        with open_pipeline(settings) as pipeline:
            list(pipeline.index(_Source(found)))
    service = open_search(settings)
    by_id = {record.id: record for record in found}
    for kind, spelled in SPELLINGS.items():
        chance = random.Random(f"{_SEED} {kind}")
        counts: Counter[str] = Counter()
        failed: list[str] = []
        for record in found[::every]:
            query = spelled(record, chance)
            if query is None:
                continue
            counts["all"] += 1
            hits = [hit.id for hit in service.searcher().search(SearchRequest(query, size=_PAGE)).hits]
            before = hits[: hits.index(record.id)] if record.id in hits else None
            first = before is not None and all(_same(by_id[id], record) for id in before)
            offered = before is not None and all(_answers(by_id[id], record, kind) for id in before)
            counts["first"] += first
            counts["offered"] += first or offered
            if not (first or offered):
                failed.append(query)
        yield kind, counts["all"], counts["first"], counts["offered"], failed


@dataclass
class _Source:
    records: list[Record]
    name: str = "gazette"

    def items(self) -> Iterator[Article]:
        for one in self.records:
            day = datetime(one.day.year, one.day.month, one.day.day, 8, tzinfo=_ZONE)
            yield Article(
                one.id, one.subject, number=one.written, type=one.type, issuer=one.issuer, published=day
            )

    def progress(self) -> float | None:
        return None


def _same(one: Record, other: Record) -> bool:
    """Tell whether two records have the same number."""
    first, second = parse_number(one.written), parse_number(other.written)
    return first is not None and second is not None and first.key == second.key


_OPEN = {
    "type, number and year": ("type", "year"),
    "type, number and issuer by its name": ("type", "issuer"),
    "code glued to the number": ("code",),
    "type and number": ("type",),
    "code and number": ("code",),
    "type and number in a question": ("type",),
    "type, number and day": ("type", "year"),
}
"""Kinds that are ambiguous, and what was typed besides the number in these."""


def _answers(one: Record, asked: Record, kind: str) -> bool:
    """Tell whether ``one`` matches the spelling of ``asked`` equally well."""
    if kind not in _OPEN or one.number.lstrip("0") != asked.number.lstrip("0"):
        return False
    return all(
        {
            "type": one.type.startswith(asked.type),
            "code": fold(one.code) == fold(asked.code),
            "year": asked.day.year in (one.day.year, int(one.year or 0)),
            "issuer": one.issuer == asked.issuer,
        }[part]
        for part in _OPEN[kind]
    )


def section(folder: Path, every: int = 1) -> str:
    """Return the table."""
    rows, sums = [], Counter[str]()
    for kind, number, first, offered, failed in measured(folder, every):
        rows.append((kind, f"{number:,}", f"{first / number:.2%}", f"{offered / number:.2%}"))
        sums.update({"all": number, "first": first, "offered": offered})
        if failed:
            print(kind, len(failed), failed[:12], file=sys.stderr)
    rows.append(
        (
            "all",
            f"{sums['all']:,}",
            f"{sums['first'] / sums['all']:.2%}",
            f"{sums['offered'] / sums['all']:.2%}",
        )
    )
    heading = ("spelling", "queries", "document found first", "first, or offered in a choice")
    return "## Numbers as people type them (`python -m benchmarks.typed_numbers`)\n\n" + table(heading, rows)


def main() -> None:
    """Measure and write."""
    given = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="tracuu-typed-") as temporary:
        every = int(given[1]) if len(given) > 1 else 1
        results.put([section(Path(given[0] if given else temporary), every)])


if __name__ == "__main__":
    main()

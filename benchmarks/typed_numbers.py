"""``python -m benchmarks.typed_numbers [FOLDER [N]]``: the numbers of the gazette's records, or every N-th of them, as people
write them, some twenty ways each, and whether that leads to the document first. The index is built in FOLDER, a temporary
one by default.

The records have their subject as title, and type and issuer as values. Where what was typed leaves several documents open
(a type and a number alone), the document counts as found if all that stand before it on the page answer what was typed, too.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks import results
from benchmarks.directives import gazette
from benchmarks.tables import table
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


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the gazette by what a person may type of it."""

    id: str
    written: str
    number: str
    year: str
    codes: tuple[str, ...]
    type: str
    issuer: str
    day: date
    subject: str

    @property
    def code(self) -> str:
        """The letters of its type, or of its issuer where it has none."""
        return self.codes[0]

    @property
    def typed(self) -> bool:
        """Whether the number has a code for its type."""
        number = parse_number(self.written)
        return number is not None and number.type is not None and self.written.count("-") > 0

    @property
    def head(self) -> str:
        """The number with its year, if it has one."""
        return f"{self.number}/{self.year}" if self.year else self.number


def records() -> list[Record]:
    """Return the gazette's records whose number is read in parts."""
    found = []
    for one in gazette():
        written = one["so_hieu"].strip()
        match = re.fullmatch(r"([0-9.]+[a-z]?)(?:/((?:19|20)[0-9]{2}))?[/-](.+)", written)
        if match:
            found.append(
                Record(
                    one["id"], written, match[1], match[2] or "", tuple(re.split("[/-]", match[3])), one["loai"],
                    _issuer(one), date.fromisoformat(one["ngay_ban_hanh"]), one["trich_yeu"],
                )
            )  # fmt: skip
    return found


def _issuer(one: dict[str, Any]) -> str:
    """Return the issuer as people say it: that of the number, since laws are filed under who promulgates them."""
    number = parse_number(one["so_hieu"])
    name = number and number.issuer_name
    return name or str(one["co_quan"].capitalize())


def _slipped(record: Record, chance: random.Random) -> str | None:
    """Return the number with one digit read as a letter."""
    places = [at for at in range(len(record.head)) if record.head[at] in "01"]
    if not places:
        return None
    at = chance.choice(places)
    letter = "O" if record.head[at] == "0" else chance.choice("lI")
    return record.head[:at] + letter + record.head[at + 1 :] + record.written[len(record.head) :]


_Spelling = Callable[[Record, random.Random], str | None]
SPELLINGS: dict[str, _Spelling] = {
    "as it is written": lambda r, _: r.written,
    "small letters without accents": lambda r, _: fold(r.written),
    "capitals without accents": lambda r, _: fold(r.written).upper(),
    "blanks for signs": lambda r, _: " ".join((r.number, r.year, *r.codes)).replace("  ", " "),
    "blanks, without accents": lambda r, _: fold(" ".join((r.head, *r.codes))),
    "blanks round signs": lambda r, _: re.sub("([/-])", r" \1 ", r.written),
    "hyphens, as in names of files": lambda r, c: fold("-".join(filter(None, (r.number, r.year, *r.codes))))
    + c.choice(("", ".pdf", ".signed.pdf")),
    "underscores": lambda r, _: "_".join(filter(None, (r.number, r.year, *r.codes))),
    "points": lambda r, _: ".".join(filter(None, (r.number, r.year, *r.codes))),
    "leading zeros": lambda r, c: c.choice(("0", "00")) + r.written,
    "behind its type": lambda r, _: f"{r.type} số {r.written}",
    "behind its type, without accents": lambda r, c: fold(f"{r.type} {c.choice(('so ', ''))}{r.written}"),
    "type, number and year": lambda r, c: f"{r.type} {r.number}{c.choice(('/', ' năm '))}{r.day.year}",
    "type, number and issuer by its name": lambda r, c: f"{r.type} {r.head} {c.choice(('của ', ''))}{r.issuer}",
    "number, then codes": lambda r, _: f"{r.head} {'-'.join(r.codes)}",
    "codes, then number": lambda r, c: f"{'-'.join(r.codes)} {c.choice(('số ', ''))}{r.head}",
    "code glued to the number": lambda r, c: c.choice((fold(r.code), r.code)) + r.number if r.typed else None,
    "number glued to the codes": lambda r, _: f"{r.number}{fold('-'.join(r.codes))}" if r.typed and not r.year else None,
    "type and number": lambda r, c: c.choice((r.type, fold(r.type))) + f" {r.number}",
    "code and number": lambda r, c: c.choice((fold(r.code), r.code)) + f" {r.number}" if r.typed else None,
    "with day and issuer": lambda r, _: f"{r.type} số {r.written} ngày {r.day.day}/{r.day.month}/{r.day.year} của {r.issuer}",
    "a whole citation": lambda r, _: f"{r.type} số {r.written} ngày {r.day.day:02d} tháng {r.day.month:02d} năm {r.day.year}"
    f" của {r.issuer} {r.subject}",
    "a digit read as a letter": _slipped,
    "wrapped at a line end": lambda r, _: re.sub("([/-])([^/-]+)$", r"\1\n\2", r.written),
}  # fmt: skip
"""Kind of spelling -> how a record's number is spelled so; None where it can't be."""


def measured(folder: Path, every: int = 1) -> Iterator[tuple[str, int, int, int, list[str]]]:
    """Yield for each kind its queries, those that lead to the document first, those that offer it, and some that fail."""
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
    """Tell whether two records have one number."""
    first, second = parse_number(one.written), parse_number(other.written)
    return first is not None and second is not None and first.key == second.key


_OPEN = {
    "type, number and year": ("type", "year"),
    "type, number and issuer by its name": ("type", "issuer"),
    "code glued to the number": ("code",),
    "type and number": ("type",),
    "code and number": ("code",),
}
"""Kinds that leave several documents open, and what of these was typed besides the number."""


def _answers(one: Record, asked: Record, kind: str) -> bool:
    """Tell whether ``one`` is meant by the spelling of ``asked`` as much."""
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
    heading = ("spelling", "queries", "the document first", "first, or in a choice")
    return "## Numbers as people type them (`python -m benchmarks.typed_numbers`)\n\n" + table(heading, rows)


def main() -> None:
    """Measure and write."""
    given = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="tracuu-typed-") as temporary:
        every = int(given[1]) if len(given) > 1 else 1
        results.put([section(Path(given[0] if given else temporary), every)])


if __name__ == "__main__":
    main()

"""Answers requests from the entries of one commit: filters, counts, orders, pages."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from indexer.directives.issuer_names import asked_issuers
from indexer.model import UNDATED, Audience
from indexer.register.entry import KEPT, Entry
from indexer.register.file import PUBLIC, STAFF, folded_value, read_entry, wanted_words
from indexer.register.reader import Reading
from indexer.register.writer import held_commits
from indexer.search.register.request import (
    REGISTER_FACETS,
    RegisterRequest,
    RegisterResponse,
    RegisterSort,
    Scope,
)
from indexer.search.response import FacetValue

_REMEMBERED = 16
"""Number of requests whose counts are kept: the whole register, and those that a reader is paging through."""
_SEEN: Mapping[Audience, int] = {"public": PUBLIC, "staff": STAFF}
_SINGLE = ("type", "year", "status", "kept")
"""Facets of which a document has at most one value."""
_SCOPES: Mapping[Scope, str] = {"held": "kept != 'none'", "missing": "kept = 'none'", "all": "TRUE"}
_ORDERS: Mapping[RegisterSort, str] = {
    # Documents without a date come last in both directions.
    "newest": "day = '', day DESC",
    "oldest": "day = '', day",
    # 9 before 10, and numbers of newer years first.
    "number": f"number, year != '{UNDATED}', year DESC",
    "cited": "cited DESC",
}
_OF_ISSUERS = "id IN (SELECT id FROM issuers WHERE issuer IN ({}))"


@dataclass(frozen=True, slots=True)
class _Counted:
    """The number of matching documents, and the number that each value of a facet would leave."""

    total: int
    facets: Mapping[str, Counter[str]]
    scopes: Mapping[Scope, int]
    spelling: Mapping[str, str]
    """Displayed spelling of each issuer and type, by its normalised form."""
    where: str
    """SQL condition for the matching documents."""
    values: Sequence[Any]
    """Parameters of the condition."""


class Register:
    """All documents of one commit as one audience sees them; safe to use from several threads.

    The documents are not held in memory.
    """

    def __init__(self, reading: Reading, audience: Audience) -> None:
        """``reading`` opens the tables of the commit."""
        self._reading = reading
        self._seen = _SEEN[audience]
        self._counted: dict[tuple[str, RegisterRequest], _Counted] = {}

    def page(self, request: RegisterRequest) -> RegisterResponse:
        """Return the requested page, with counts by facet."""
        with self._reading() as db:
            counted = self._count(db, request)
            found = _found(db, counted, request.sort, request.size, (request.page - 1) * request.size)
        return RegisterResponse(
            counted.total,
            tuple(_shown(text, counted.spelling) for text in found),
            {name: _facet(name, counted, _asked(request, name)) for name in REGISTER_FACETS},
            counted.scopes,
        )

    def listed(self, request: RegisterRequest, most: int) -> Iterator[Entry]:
        """Return the first ``most`` documents for ``request``, in its order, ignoring its page."""
        with self._reading() as db:
            counted = self._count(db, request)
            found = _found(db, counted, request.sort, most)
        return (_shown(text, counted.spelling) for text in found)

    def _count(self, db: sqlite3.Connection, request: RegisterRequest) -> _Counted:
        """Return the counts, which are the same for all pages and orders of a request."""
        # The file may contain a later commit by now.
        key = next(iter(held_commits(db)), ""), replace(request, page=1, size=1, sort="newest")
        found = self._counted.get(key)
        if found is None:
            found = _counted(db, self._seen, request)
            for old in list(self._counted)[: len(self._counted) + 1 - _REMEMBERED]:
                self._counted.pop(old, None)
            self._counted[key] = found
        return found


def _counted(db: sqlite3.Connection, seen: int, request: RegisterRequest) -> _Counted:
    asked = {
        name: frozenset(map(folded_value, given))
        for name in REGISTER_FACETS
        if (given := _asked(request, name))
    }
    words = wanted_words(request.text)
    said = "id IN (SELECT id FROM words WHERE {})".format(" AND ".join(["instr(words, ?)"] * len(words)))
    base = " AND ".join(["seen & ?", _SCOPES[request.scope], *([said] if words else [])])
    # Grouped by the values of all single-valued facets: a document that fails the filter of one facet only is counted for that facet.
    issued = sorted(asked.get("issuer", ()))
    fits = _OF_ISSUERS.format(_marks(issued)) if issued else "TRUE"
    grouped = db.execute(
        f"SELECT {', '.join(_SINGLE)}, {fits}, count(*) FROM entries WHERE {base} GROUP BY 1, 2, 3, 4, 5",
        (*issued, seen, *words),
    )
    facets: dict[str, Counter[str]] = {name: Counter() for name in REGISTER_FACETS}
    chosen: dict[str, set[str]] = {name: set() for name in _SINGLE}
    total = 0
    for *row, by_issuer, n in grouped.fetchall():
        values: dict[str, str | None] = dict(zip(_SINGLE, row, strict=True))
        for name in asked.keys() & chosen.keys():
            if (value := values[name]) and folded_value(value) in asked[name]:
                chosen[name].add(value)
        failed = [name for name in _SINGLE if name in asked and values[name] not in chosen[name]]
        failed += [] if by_issuer else ["issuer"]
        for name in _SINGLE if not failed else failed if len(failed) == 1 else ():
            if value := values.get(name):
                facets[name][value] += n
        total += n * (not failed)
    of_single = [f"{name} IN ({_marks(chosen[name])})" for name in _SINGLE if name in asked]
    values_of_single = [value for name in _SINGLE if name in asked for value in sorted(chosen[name])]
    where = " AND ".join([base, *of_single])
    facets["issuer"].update(
        dict(
            db.execute(
                f"SELECT issuer, count(*) FROM entries JOIN issuers USING (id) WHERE {where} GROUP BY issuer",
                (seen, *words, *values_of_single),
            ).fetchall()
        )
    )
    return _Counted(
        total,
        facets,
        _scopes(db, seen),
        _spelling(db, seen),
        f"{where} AND {fits}",
        (seen, *words, *values_of_single, *issued),
    )


def _scopes(db: sqlite3.Connection, seen: int) -> Mapping[Scope, int]:
    asked = "SELECT kept = 'none', count(*) FROM entries WHERE seen & ? GROUP BY 1"
    counts = dict(db.execute(asked, (seen,)).fetchall())
    held, missing = counts.get(0, 0), counts.get(1, 0)
    return {"held": held, "missing": missing, "all": held + missing}


def _spelling(db: sqlite3.Connection, seen: int) -> Mapping[str, str]:
    """Return one spelling of each issuer and type: the most frequent, preferably not in capitals."""
    rows = db.execute("SELECT folded, value, documents FROM spellings WHERE seen = ?", (seen,)).fetchall()
    spelled: dict[str, str] = {}
    for folded, value, _ in sorted(rows, key=lambda row: (row[1].isupper(), -row[2], row[1])):
        spelled.setdefault(folded, value)
    return spelled


def _found(
    db: sqlite3.Connection, counted: _Counted, sort: RegisterSort, limit: int, offset: int = 0
) -> list[str]:
    """Return entries in stored form; ties are in order of key."""
    ordered = (
        f"SELECT id FROM entries WHERE {counted.where} ORDER BY {_ORDERS[sort]}, key, n LIMIT ? OFFSET ?"
    )
    ids = [id for (id,) in db.execute(ordered, (*counted.values, limit, offset)).fetchall()]
    return [db.execute("SELECT entry FROM texts WHERE id = ?", (id,)).fetchone()[0] for id in ids]


def _shown(text: str, spelling: Mapping[str, str]) -> Entry:
    entry = read_entry(text)
    return replace(
        entry,
        issuers=tuple(dict.fromkeys(spelling[folded_value(one)] for one in entry.issuers)),
        type=spelling[folded_value(entry.type)] if entry.type else None,
    )


def _asked(request: RegisterRequest, name: str) -> tuple[str, ...]:
    values: tuple[str, ...] = getattr(request, name)
    return asked_issuers(values) if name == "issuer" else values


def _facet(name: str, counted: _Counted, asked: Sequence[str]) -> tuple[FacetValue, ...]:
    """Return values with counts: years from the newest on, legal statuses in a fixed order, all others by count."""
    counts = counted.facets[name].copy()
    if name in ("issuer", "type"):
        counts = Counter({counted.spelling[folded]: n for folded, n in counts.items()})
    ticked = set(map(folded_value, asked))
    known = set(map(folded_value, counts))
    for value in asked:
        if folded_value(value) not in known:
            counts[value] = 0
    values = sorted(counts, key=lambda value: (-counts[value], value))
    if name == "year":
        values = sorted(counts, key=lambda value: (value != UNDATED, value), reverse=True)
    elif name == "kept":
        values = sorted(counts, key=lambda value: KEPT.index(value) if value in KEPT else len(KEPT))
    return tuple(FacetValue(value, value, counts[value], folded_value(value) in ticked) for value in values)


def _marks(values: Sequence[str] | set[str]) -> str:
    return ", ".join("?" * len(values))

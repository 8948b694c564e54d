"""Rows of what articles say is done to documents, as :mod:`indexer.indexing.statuses` keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indexer.directives.evidence import Said
from indexer.directives.issued import Issued
from indexer.directives.legal_status import Change

SAID = "article, key, relation, part, sentence, by, day, since, until, undone, year, place, sources, type"
"""Columns that :func:`said_of` reads, in its order."""


def said_row(said: Said) -> tuple[Any, ...]:
    """Return the values of :data:`SAID`."""
    one = said.change
    return (
        *(one.source, said.key, one.relation, one.part, one.sentence, one.by, one.day, one.since, one.until, one.undone),
        *issued_row(said.issued),
    )  # fmt: skip


def said_of(row: Sequence[Any]) -> Said:
    """Return what :func:`said_row` gave."""
    source, key, relation, part, sentence, by, day, since, until, undone, *told = row
    change = Change(relation, bool(part), sentence, source, by, day, since, until, bool(undone))
    return Said(key, change, issued_of(told))


def issued_row(issued: Issued) -> tuple[str, str, str, str]:
    """Return ``issued`` as the last four columns of :data:`SAID`."""
    return issued.year, issued.place, "\n".join(sorted(issued.sources)), issued.type


def issued_of(row: Sequence[str]) -> Issued:
    """Return what :func:`issued_row` gave."""
    year, place, sources, type = row
    return Issued(year, place, frozenset(filter(None, sources.split("\n"))), type)

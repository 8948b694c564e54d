"""Rows of reported changes to documents, as stored by :mod:`indexer.indexing.statuses`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indexer.directives.evidence import Said
from indexer.directives.issued import Issued
from indexer.directives.legal_status import Change

SAID = "article, key, relation, part, sentence, by, day, since, until, undone, year, place, sources, type"
"""The columns read by :func:`said_of`, in its order."""


def said_row(said: Said) -> tuple[Any, ...]:
    """Return the values of :data:`SAID`."""
    one = said.change
    return (
        *(one.source, said.key, one.relation, one.part, one.sentence, one.by, one.day, one.since, one.until, one.undone),
        *issued_row(said.issued),
    )  # fmt: skip


def said_of(row: Sequence[Any]) -> Said:
    """Return the object given to :func:`said_row`."""
    source, key, relation, part, sentence, by, day, since, until, undone, *told = row
    change = Change(relation, bool(part), sentence, source, by, day, since, until, bool(undone))
    return Said(key, change, issued_of(told))


def issued_row(issued: Issued) -> tuple[str, str, str, str]:
    """Return ``issued`` as the last four columns of :data:`SAID`."""
    return issued.year, issued.place, "\n".join(sorted(issued.sources)), issued.type


def issued_of(row: Sequence[str]) -> Issued:
    """Return the object given to :func:`issued_row`."""
    year, place, sources, type = row
    return Issued(year, place, frozenset(filter(None, sources.split("\n"))), type)

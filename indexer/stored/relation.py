"""Citations as values of the index field ``relation``: a single facet count over the articles citing a document tells its
relations, their subjects and its year."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.stored.article import StoredCitation

_PART = "part"


@dataclass(frozen=True, slots=True)
class Relation:
    """A value: ``subject`` (None for the article itself) has ``relation`` to the document ``key``."""

    key: str
    relation: str
    subject: str | None
    part: bool
    year: int | None
    """Year of issue of the document ``key``, if the article states it."""
    kind: str | None
    place: str | None


def relation_value(citation: StoredCitation) -> str:
    """Return ``citation`` as a value; the inverse of :func:`read_relation`."""
    year = citation.date[:4] if citation.date else ""
    part = _PART if citation.part else ""
    return "\t".join(
        (
            citation.key,
            citation.relation,
            citation.subject or "",
            part,
            year,
            citation.kind or "",
            citation.place or "",
        )
    )


def read_relation(value: str) -> Relation:
    """Return what :func:`relation_value` wrote."""
    key, relation, subject, part, year, kind, place = value.split("\t")
    return Relation(
        key,
        relation,
        subject or None,
        part == _PART,
        int(year) if year else None,
        kind or None,
        place or None,
    )

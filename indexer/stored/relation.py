"""Citations as values of the index field ``relation``, so that one count over the articles that cite a
document tells what is done with it, by whom, and of which year it is."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.stored.article import StoredCitation

_PART = "part"


@dataclass(frozen=True, slots=True)
class Relation:
    """One value: ``subject`` (None: the article that says so) does ``relation`` to the document ``key``."""

    key: str
    relation: str
    subject: str | None
    part: bool
    year: int | None
    """Of issue of the document ``key``, where the article tells it."""
    kind: str | None
    place: str | None


def relation_value(citation: StoredCitation) -> str:
    """Return ``citation`` as one value; :func:`read_relation` reads it."""
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

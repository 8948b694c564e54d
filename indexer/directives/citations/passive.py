"""Words before a citation: the provisions meant, and passive constructions such as "… được sửa đổi bởi …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.directives.citations import wording
from indexer.directives.citations.mention import CHANGES, REVERSED, Citation

TAIL = 160
"""Number of characters before a citation in which to look for its own words."""
_BARE = re.compile(r"\s*(?:\w+\s+){1,4}s[ốôổ]\s*:?\s*", re.IGNORECASE)
"""A type and "số" alone: no name of a law has so few words with them."""
_AT = re.compile(r"\s*(?:tại|theo|bởi)(?= )")
LONG_TAIL = 700
"""The same, if a list of articles and clauses takes up all of it."""


def designation(citation: Citation, near: str) -> re.Match[str] | None:
    """Return the words right before a citation that belong to it: its type and the articles meant."""
    return (wording.OF_NUMBER if citation.text[0].isdigit() else wording.OF_NAME).search(near)


def undesignated(citation: Citation, gap: str) -> str:
    """Return ``gap`` without the words at its end that belong to the citation."""
    named = designation(citation, gap[-TAIL:])
    return gap[: len(gap) - len(named[0])] if named else gap


def names_piece(citation: Citation, before: str) -> bool:
    """Return whether the words ``before`` the document name articles or clauses of it."""
    named = designation(citation, before[-TAIL:])
    return bool(named and named["piece"])


def passive(citation: Citation, gap: str) -> re.Match[str] | None:
    """Return the words stating that the cited document changed the preceding one."""
    head = undesignated(citation, gap)
    # "được sửa đổi một số điều tại Nghị định số": these articles are not part of the decree.
    found = wording.PASSIVE.search(head[-TAIL:]) or wording.PASSIVE.search(gap[-TAIL:])
    if found is None and (at := _AT.match(gap, len(head))):
        found = wording.PASSIVE.search(
            gap[: at.end()][-TAIL:]
        )  # "được sửa đổi tại khoản 2, Điều 6 Thông tư số"
    return found


def reversed_relation(citation: Citation, gap: str) -> tuple[str, bool] | None:
    """Return what the cited document does to the text itself, and whether only to a part of it."""
    head = undesignated(citation, gap)
    if wording.ENDS_WITH.search(head[-TAIL:]):
        return "repealed_by", False
    said = wording.DONE_TO.search(head[-LONG_TAIL:])
    itself = wording.ITSELF.search(head[-LONG_TAIL:]) if said else None
    if said is None or itself is None:
        return None
    words = wording.WORDS_OF.search(head[-LONG_TAIL:])
    change = wording.PASSIVE_RELATION.get(said["change"].lower(), "amends")
    relation = next(name for name, active in REVERSED.items() if active == ("amends" if words else change))
    return relation, bool(itself["piece"] or itself["listed"] or "một số" in said["part"])


def change_named(words: str) -> str:
    """Return the relation that a word for a change stands for: "thay thế", "đính chính"."""
    words = words.lower()
    return wording.PASSIVE_RELATION.get(words, "corrects" if words == "đính chính" else "amends")


def annex(gap: str, end: int) -> re.Match[str] | None:
    """Return the words for a change to an annex of a document, whose own words begin at ``end`` in ``gap``."""
    return wording.ANNEX.search(gap, max(0, end - LONG_TAIL), end)


def changed_one(done: Sequence[Citation], before: Citation, by: Citation) -> int:
    """Return the position of the document changed ``by`` another: the last one before it, or the one guided by that."""
    if before.relation not in CHANGES:
        for i, other in enumerate(done):
            if other.key == before.subject and other.key != by.key:
                return i
    return done.index(before)


def goes_on(citation: Citation, gap: str, *, named: bool) -> bool:
    """Return whether the document is in a list of those that changed another: "theo Luật số 1, Luật số 2 và Luật số 3".

    Pass ``named=False`` if everything in a sentence ends: a document with a name of its own then ends as well.
    """
    between = undesignated(citation, gap)
    return wording.DETAILS.fullmatch(between) is not None and (
        named or _BARE.fullmatch(gap[len(between) :]) is not None
    )

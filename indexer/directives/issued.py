"""Which of several documents with one number is meant: by when, where and as what it was issued."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.directives.citations.issuing_place import place_of
from indexer.directives.codes import is_local
from indexer.directives.number import number_of_key

_HEAD = 1_500
"""Characters of a text in which its letterhead stands."""
_ONE_ISSUER = ("law:", "NĐ:")
"""Of what is named without codes, kinds that one body issues: a year and a number, or a name, tell which one it is."""


@dataclass(frozen=True, slots=True)
class Issued:
    """When and where a document was issued, as far as it is known, or a mention of one says; empty where not."""

    year: str = ""
    place: str = ""
    sources: frozenset[str] = frozenset()
    """Portals whose articles they are."""
    type: str = ""
    """Where the number leaves it open: 55/2010/QH12 is a law and a resolution."""

    @classmethod
    def of_document(
        cls,
        day: str | None,
        above: Iterable[str],
        text: str,
        sources: Iterable[str],
        types: Iterable[str] = (),
    ) -> Issued:
        """Return when and where a document of the ISO ``day`` was issued; ``above`` its ``text`` stand title and issuer."""
        place = place_of("\n".join((*above, text[:_HEAD])))
        return cls((day or "")[:4], place, frozenset(sources), next(iter(types), ""))

    @classmethod
    def of_mention(
        cls, day: str | None, place: str | None, sources: Iterable[str], type: str | None = None
    ) -> Issued:
        """Return what a citation tells of it: the ISO ``day`` beside it, the place, and the type where its number has none."""
        return cls((day or "")[:4], place or "", frozenset(sources), type or "")


def is_same(key: str, document: Issued, mention: Issued) -> bool:
    """Whether a mention of ``key`` is of that ``document``: several may have the number.

    Numbers that begin anew each year need the year; numbers that each province has need the place, or one portal.
    """
    number = number_of_key(key)
    if number is None:
        return key.startswith("law:") and "@" in key
    if mention.type and document.type and _kind(mention.type) != _kind(document.type):
        return False
    if number.year is None and (not mention.year or mention.year != document.year):
        return False
    if not (number.issuer and is_local(number.issuer)):
        return True
    if mention.place and document.place:
        return mention.place.casefold() == document.place.casefold()
    return bool(mention.sources & document.sources) or not (mention.sources or document.sources)


def tells_which(key: str, mention: Issued) -> bool:
    """Whether a mention of ``key`` can be of one document only: it has the year, and the place of what each province issues."""
    number = number_of_key(key)
    if number is None:
        return "@" in key and key.startswith(_ONE_ISSUER)
    if number.year is None and not mention.year:
        return False
    return not (number.issuer and is_local(number.issuer)) or bool(mention.place)


def _kind(type: str) -> str:
    return type.casefold().removeprefix("bộ ")

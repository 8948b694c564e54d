"""Distinguishes documents with the same number by date, place and type."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.directives.citations.issuing_place import place_of
from indexer.directives.codes import is_local
from indexer.directives.number import number_of_key

_HEAD = 1_500
"""Number of characters at the start of a text that contain its letterhead."""
_ONE_ISSUER = ("law:", "NĐ:")
"""Types of documents cited without codes that a single body issues: number and year, or a name, identify them."""


@dataclass(frozen=True, slots=True)
class Issued:
    """When and where a document was issued, as far as known or stated in a citation; empty if not."""

    year: str = ""
    place: str = ""
    sources: frozenset[str] = frozenset()
    """Portals that published its articles."""
    type: str = ""
    """If the number leaves it open: 55/2010/QH12 is both a law and a resolution."""

    @classmethod
    def of_document(
        cls,
        day: str | None,
        above: Iterable[str],
        text: str,
        sources: Iterable[str],
        types: Iterable[str] = (),
    ) -> Issued:
        """Return when and where a document with the ISO date ``day`` was issued; title and issuer are ``above`` its ``text``."""
        place = place_of("\n".join((*above, text[:_HEAD])))
        return cls((day or "")[:4], place, frozenset(sources), next(iter(types), ""))

    @classmethod
    def of_mention(
        cls, day: str | None, place: str | None, sources: Iterable[str], type: str | None = None
    ) -> Issued:
        """Return what a citation states: the ISO date ``day`` beside it, the place, and the type if the number has none."""
        return cls((day or "")[:4], place or "", frozenset(sources), type or "")


def is_same(key: str, document: Issued, mention: Issued) -> bool:
    """Return whether a mention of ``key`` refers to that ``document``, since several may share the number.

    Numbers that restart each year need the year; numbers that each province has need the place, or the same portal.
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
    """Return whether a mention of ``key`` identifies one document: it has the year and, for numbers that each province has, the
    place.
    """
    number = number_of_key(key)
    if number is None:
        return "@" in key and key.startswith(_ONE_ISSUER)
    if number.year is None and not mention.year:
        return False
    return not (number.issuer and is_local(number.issuer)) or bool(mention.place)


def _kind(type: str) -> str:
    return type.casefold().removeprefix("bộ ")

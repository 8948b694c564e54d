"""Document numbers: ``38-CT/TW``, ``74/KH-UBND``, ``91/2015/QH13``, ``74-UBND-KH.signed``."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from indexer.directives.cleaning import clean
from indexer.directives.codes import CODE, TYPES, WORDS, issuer_name
from indexer.directives.roles import roles_of

LONGEST = 200
"""Characters of a text that may be a number; a joint circular of 13 ministries has some 100."""

_NUMBER = re.compile(
    r"(?P<number>[0-9]{1,6}(?:\.[0-9]{1,3})?)(?P<letter>[A-Z]?)"
    r"(?:[/-](?P<year>(?:19[4-9]|20[0-9])[0-9]))?"
    rf"(?P<codes>[/-]{CODE}(?:[/-]{CODE}){{0,14}})"
)
_STANDING_WORD = tuple(sorted(WORDS, key=len, reverse=True))
_LETTERHEAD_LINES = 12
_LETTERHEAD = re.compile(r"\s*Số\s*:(?P<number>[^:]{3,80})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """What a document number says. Two spellings of one number have equal keys, whatever their ``number``."""

    number: str
    """As it is officially written; :func:`parse_number` reads it back to the same key."""
    key: str
    """Number with letter | year | type | lead issuer | other issuers, sorted | department; ``Đ`` kept."""
    type: str | None
    """Code such as ``KH``; None where only the words before the number tell (``91/2015/QH13``)."""
    type_name: str | None
    issuer: str | None
    issuer_name: str | None
    year: int | None


def parse_number(text: str) -> DocumentNumber | None:
    """Read ``text`` as one document number, in any of its spellings; None if it is none.

    Case, dashes, spaces round separators, missing ``Đ``, a leading "số:" and file endings don't
    matter. A known type or issuer is required, so ``7-Eleven`` and ``611/VJ`` are refused, as are
    blank numbers (``/QĐ-UBND``).
    """
    if len(text) > LONGEST:
        return None
    return _parse(clean(text))


@functools.lru_cache(maxsize=8192)  # planning and indexing ask for the same number several times
def _parse(cleaned: str) -> DocumentNumber | None:
    match = _NUMBER.fullmatch(cleaned)
    if match is None or not match["number"].strip("0."):
        return None
    roles = roles_of(match["codes"])
    if roles is None:
        return None
    year = int(match["year"]) if match["year"] else None
    lead = roles.issuers[0] if roles.issuers else None
    head = match["number"] + match["letter"].lower() + (f"/{year}" if year else "")
    rest = "-".join((*roles.issuers, *roles.department))
    if roles.written and roles.party:
        shown = f"{head}-{roles.written}/{rest}"
    else:
        shown = f"{head}/{'-'.join(filter(None, (roles.written, rest)))}"
    parts = (
        match["number"].lstrip("0") + match["letter"],
        str(year or ""),
        roles.type or "",
        lead or "",
        "-".join(sorted(roles.issuers[1:])),
        "-".join(roles.department),
    )
    return DocumentNumber(
        number=shown,
        key="|".join(parts).upper(),
        type=roles.type,
        type_name=roles.type_name or (TYPES[roles.type] if roles.type else None),
        issuer=lead,
        issuer_name=issuer_name(lead) if lead else None,
        year=year,
    )


def article_numbers(
    title: str, body: str, file_names: Iterable[str], given: str | None
) -> tuple[DocumentNumber, ...]:
    """Return the numbers an article bears itself, never those it cites; each once, the given one first.

    They are the given one, those in the names of its files, and a letterhead's line "Số: …" at the
    top of the body. Where the given number leaves the type open, the title's first words tell it.
    """
    found = [_with_type(given, title)] if given else []
    found += [_file_number(name) for name in file_names]
    found += [
        parse_number(head["number"])
        for line in body[:2000].splitlines()[:_LETTERHEAD_LINES]
        if (head := _LETTERHEAD.fullmatch(line))
    ]
    own: dict[str, DocumentNumber] = {}
    for number in filter(None, found):
        own.setdefault(number.key, number)
    return tuple(own.values())


def _with_type(given: str, title: str) -> DocumentNumber | None:
    number = parse_number(given)
    if number is None or number.type_name:
        return number
    start = title.lstrip().casefold()
    name = next((word for word in _STANDING_WORD if start.startswith(word.casefold())), None)
    return replace(number, type_name=name)


def _file_number(name: str) -> DocumentNumber | None:
    """Read the number in a file's name, alone or after other words: ``Ke hoach 74-KH-UBND.pdf``."""
    if whole := parse_number(name):
        return whole
    for piece in map(clean, name[:LONGEST].split()):
        for at in re.finditer(r"(?<![A-Z0-9])[0-9]", piece):
            if number := _parse(piece[at.start() :]):
                return number
    return None

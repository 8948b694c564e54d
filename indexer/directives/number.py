"""Document numbers: ``38-CT/TW``, ``74/KH-UBND``, ``91/2015/QH13``, ``74-UBND-KH.signed``."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from indexer.directives.cleaning import clean
from indexer.directives.codes import (
    CODE,
    LETTER,
    PARTY,
    PARTY_TYPES,
    TYPES,
    USUAL_TYPES,
    digits_of,
    issuer_code,
    issuer_name,
)
from indexer.directives.roles import roles_of

LONGEST = 200
"""Maximum length of a number in characters; a joint circular of 13 ministries has some 100."""

_NUMBER = re.compile(
    r"(?P<number>[0-9]{1,6}(?:\.[0-9]{1,3})?)(?P<letter>[A-HJKM-NP-Z]?)"
    r"(?:[/-](?P<year>(?:19[4-9]|20[0-9])[0-9]))?"
    rf"(?P<codes>[/-]{CODE}(?:[/-]{CODE}){{0,14}})"
)
_SLIPS = re.compile(r"^(?=[OLI]*[0-9])[0-9OLI]{1,6}(?:[/-](?=[OLI]*[0-9])[0-9OLI]{4})?(?=[/-])")
"""Digits that a scanner mistook for letters: ``3O/2O20/NĐ-CP``, ``l2/KH-UBND``."""
_BLANK_IN_CODE = re.compile(r"(?<=[/-])([A-ZĐƯ&]{1,8}) ([A-ZĐƯ&]{1,8})$")
"""``23/QĐ-TT HĐND``."""
_BLANK_IN_TERM = re.compile(r"(?<=QH) (?=1?[0-9]$)")
"""``28/2004/QH 11``."""


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The parts of a document number. Different spellings of one number have equal keys, whatever their ``number``."""

    number: str
    """In its official form; :func:`parse_number` gives the same key for it."""
    key: str
    """Number with letter

    year

    type

    lead issuer

    other issuers, sorted

    department; ``Đ`` is kept.
    """
    type: str | None
    """Code such as ``KH``; None if only the words before the number tell it (``91/2015/QH13``)."""
    type_name: str | None
    issuer: str | None
    issuer_name: str | None
    year: int | None


def parse_number(text: str) -> DocumentNumber | None:
    """Parse ``text`` as one document number, in any spelling; None if it is not one.

    Case, dashes, blanks around separators, missing ``Đ``, a leading "số:" and file extensions do not matter. A known type or
    issuer is required, so ``7-Eleven`` and ``611/VJ`` are rejected, as are blank numbers (``/QĐ-UBND``).

    >>> parse_number("số: 74 / kh - ubnd").number
    '74/KH-UBND'
    >>> parse_number("74-KH-UBND").key == parse_number("74/KH-UBND").key
    True
    >>> parse_number("7-Eleven") is None
    True
    """
    if text.isalpha() or len(text) > LONGEST:  # without a digit it is none, and most words are letters alone
        return None
    return _parse_text(text)


@functools.lru_cache(
    maxsize=8192
)  # planning, indexing and the register ask for the same number several times
def _parse_text(text: str) -> DocumentNumber | None:
    cleaned = clean(text)
    return _parse(cleaned) or _parse(_mended(cleaned))


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
        type_name=roles.type_name or _type_name(roles.type, lead),
        issuer=lead,
        issuer_name=issuer_name(lead) if lead else None,
        year=year,
    )


@functools.lru_cache(maxsize=8192)
def number_of_key(key: str) -> DocumentNumber | None:
    """Return the number with this strict key, in its official form; None for other keys."""
    fields = key.split("|")
    if len(fields) != 6:
        return None
    number, year, kind, lead, others, department = fields
    codes = "-".join(filter(None, (kind if kind != LETTER else "", lead, others, department)))
    written = f"{number}{'/' + year if year else ''}/{codes}"
    found = (
        parse_number(written) or parse_letter(written) or parse_number(written.replace("/", f"/{LETTER}-", 1))
    )
    return found if found is not None and found.key == key else None


def label_of(number: DocumentNumber, kind: str | None = None) -> str:
    """Return the readable name of a document, ``Chỉ thị 38-CT/TW``; ``kind`` is used if the number leaves the type open.

    >>> label_of(parse_number("38-CT/TW"))
    'Chỉ thị 38-CT/TW'
    """
    usual = USUAL_TYPES.get(re.sub(r"[0-9IVXK]+$", "", number.issuer or "")) if number.type is None else None
    name = number.type_name or kind or usual
    return f"{name} {number.number}" if name else number.number


def leaves_type_open(key: str) -> bool:
    """Return whether only the preceding words tell the type of the document with this key: ``91/2015/QH13``, ``37-QĐ/TW``.

    The Party uses ``QĐ`` for both Quyết định and Quy định.
    """
    fields = key.split("|")
    return len(fields) == 6 and (not fields[2] or (fields[2] == "QĐ" and fields[3] in PARTY))


def parse_letter(text: str) -> DocumentNumber | None:
    """Parse ``text`` as the number of an official letter with an unknown issuer: ``2916/C67-P9``, ``124/CĐYT``.

    Use it only for numbers that the preceding words introduce as a document ("văn bản số …").
    """
    match = _NUMBER.fullmatch(clean(text)) if len(text) <= LONGEST else None
    if match is None or not match["number"].strip("0.") or match["codes"][0] != "/":
        return None
    codes = [code.strip(".") for code in re.split("[/-]", match["codes"])[1:]]
    if len(codes) > 3 or len(codes[0]) < 2:
        return None
    year = int(match["year"]) if match["year"] else None
    issuer, department = codes[0], "-".join(codes[1:])
    head = match["number"] + match["letter"].lower() + (f"/{year}" if year else "")
    key = f"{match['number'].lstrip('0')}{match['letter']}|{year or ''}|{LETTER}|{issuer}||{department}"
    return DocumentNumber(
        f"{head}/{'-'.join(codes)}", key.upper(), LETTER, TYPES[LETTER], issuer, issuer_name(issuer), year
    )


def _mended(cleaned: str) -> str:
    """Undo letters misread by scanners, and blanks inside the code of an issuer that is known without them."""
    mended = _SLIPS.sub(lambda match: digits_of(match[0]), cleaned)
    mended = _BLANK_IN_TERM.sub("", mended)
    return _BLANK_IN_CODE.sub(lambda match: _joined(match[1], match[2]), mended)


def _joined(one: str, other: str) -> str:
    return f"{one}{other}" if issuer_code(f"{one}{other}") else f"{one} {other}"


def _type_name(kind: str | None, lead: str | None) -> str | None:
    if kind is None:
        return None
    return PARTY_TYPES.get(kind, TYPES[kind]) if lead in PARTY else TYPES[kind]


def year_of(key: str) -> int | None:
    """Return the year stated in a key: ``45|2013||QH13||``, ``law:luat_dat_dai@2013``."""
    fields = key.split("|")
    year = fields[1] if len(fields) == 6 else key.rpartition("@")[2] if "@" in key else ""
    return int(year) if year.isdigit() and len(year) == 4 else None

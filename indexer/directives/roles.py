"""The roles of the codes in a document number: type, issuers and department."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from indexer.directives.codes import LETTER, PARTY, is_assembly, issuer_code, type_code

_TRIALS = frozenset(["HS", "DS", "HC", "LĐ", "KDTM", "HNGĐ"])
_INSTANCES = frozenset(["ST", "PT", "GĐT"])
_OLD_ISSUERS = frozenset(["CP", "TTg", "HĐBT"])
"""Issuers whose old numbers have no type code: ``67/CP``, ``163-HĐBT``."""
_NEVER_ALONE = frozenset(["L", *PARTY])
"""Codes too frequent elsewhere to form a number on their own: ``5/L``, ``24/TU``."""
_TYPES_BEHIND = frozenset(["GGT", "GP"])
"""Types that may follow their issuer: ``45/TCMT-GGT``, ``26/NH-GP``."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The codes of a number by role; ``written`` is the type code for display."""

    written: str | None
    type: str | None
    issuers: tuple[str, ...] = ()
    department: tuple[str, ...] = ()
    type_name: str | None = None
    """Set if it is not simply the name of ``type``."""
    party: bool = False
    """Written in the style of the Party: ``38-CT/TW``."""


def roles_of(written: str) -> Roles | None:
    """Return the roles of cleaned codes with their separators, ``/KH-UBND``; None if they are not those of a document."""
    codes = [part for code in re.split("[/-]", written)[1:] for part in _apart(code.strip("."))]
    if "/" not in written:
        roles = _hyphened(codes)
        return roles and _styled(roles, False)
    hyphen_first = written.startswith("-")
    roles = _slashed(codes, hyphen_first)
    return roles and _styled(roles, hyphen_first)


def _apart(code: str) -> tuple[str, ...]:
    """Return a type and an issuer written together, ``TTBGDĐT``, ``NĐCP``, or the subject and instance of a court decision:
    ``DSPT``.
    """
    if code == "LCTN":
        return ("L", "CTN")  # an order of the President; alone the letter of its type is too common
    if type_code(code) or issuer_code(code):
        return (code,)
    for at in (2, 1, 3, 4):
        kind, issuer = type_code(code[:at]), issuer_code(code[at:])
        if kind and issuer and kind != "L":
            return (code[:at], code[at:])
    if code[:-2] in _TRIALS and code[-2:] in _INSTANCES:
        return (code[:-2], code[-2:])
    return (code,)


def _styled(roles: Roles, hyphen_first: bool) -> Roles:
    """Mark numbers of the Party; an unknown issuer written in its style is part of it, too: "12-TB/ABC"."""
    lead = roles.issuers[0] if roles.issuers else None
    party = lead in PARTY or bool(lead and hyphen_first and not issuer_code(lead))
    return replace(roles, party=party)


def _slashed(codes: list[str], hyphen_first: bool) -> Roles | None:
    """``TYPE-ISSUER…``, ``TYPE/ISSUER``, ``QH13``, or ``ISSUER-DEPARTMENT`` of an official letter."""
    first = codes[0]
    if len(codes) == 1:
        return _alone(first)
    if len(codes) == 2 and first in _TRIALS and codes[1] in _INSTANCES:
        return Roles(None, first, (), (first, codes[1]), "Bản án")
    if kind := type_code(first):
        return _typed(kind, codes[1:])
    issuer = issuer_code(first)
    if issuer is None and len(codes) == 2 and codes[1] in _TYPES_BEHIND:
        return Roles(codes[1], codes[1], (first,))
    if issuer is None or hyphen_first:
        return None
    if is_assembly(issuer):
        return Roles(None, None, (issuer,), tuple(codes[1:]))
    return Roles(None, LETTER, (issuer,), tuple(codes[1:]))


def _hyphened(codes: list[str]) -> Roles | None:
    """File names: the last known type code is the type; type and issuer must both be known."""
    if len(codes) == 1:
        issuer = issuer_code(codes[0])
        return _alone(codes[0]) if issuer in _OLD_ISSUERS or (issuer and is_assembly(issuer)) else None
    for at in reversed(range(len(codes))):
        others = codes[:at] + codes[at + 1 :]
        kind = type_code(codes[at])
        # With more than one unknown part, it is a title ("12-ke-hoach-ubnd-ve-viec"), not a number.
        if kind and issuer_code(others[0]) and sum(not issuer_code(code) for code in others) <= 1:
            return _typed(kind, others)
    issuer = issuer_code(codes[0])
    if issuer is None or len(codes) != 2 or is_assembly(issuer) or any(map(type_code, codes)):
        return None
    return Roles(None, LETTER, (issuer,), (codes[1],))


def _alone(code: str) -> Roles | None:
    """A number with a single code: ``91/2015/QH13``, ``67/CP``, ``410/UBND``, ``189/GPXD``."""
    kind, issuer = type_code(code), issuer_code(code)
    if kind in _NEVER_ALONE or issuer in _NEVER_ALONE:
        return None
    if kind:
        return Roles(kind, kind)
    if issuer is None:
        return None
    typeless = is_assembly(issuer) or issuer in _OLD_ISSUERS
    return Roles(None, None if typeless else LETTER, (issuer,))


def _typed(kind: str, codes: list[str]) -> Roles:
    """Issuers and department of a number with a type; documents of several bodies (``…LT``) have only issuers."""
    issuers: list[str] = []
    department: list[str] = []
    for code in codes:
        known = issuer_code(code)
        is_issuer = known or not issuers or kind.endswith("LT")
        (issuers if is_issuer else department).append(known or code)
    # SL means Sắc lệnh, except for copies of treaties certified by the lawyers of the Foreign Ministry.
    name = "Sao lục" if kind == "SL" and issuers[0] == "LPQT" else None
    return Roles(kind, kind, tuple(issuers), tuple(department), name)

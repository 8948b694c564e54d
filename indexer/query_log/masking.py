"""Masks apparent personal data in queries. Pure."""

from __future__ import annotations

import re

MAIL, NUMBER = "[e-mail]", "[số]"
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_LONG_NUMBER = re.compile(r"(?<![\w/])\+?[^\W\d_]{0,3}[0-9](?:[ .\-]{0,2}[0-9]){6,}(?![\w/])")
_LEAST_DIGITS = 9
"""Minimum number of digits of telephone, identity card, account and health insurance numbers; eight may be a date or two years."""
_PASSPORT = re.compile(r"[^\W\d_][0-9]{7,8}")


def mask(text: str) -> str:
    """Return ``text`` with email addresses and personal numbers replaced; document numbers stay."""
    return _LONG_NUMBER.sub(_masked, _MAIL.sub(MAIL, text))


def _masked(match: re.Match[str]) -> str:
    found = match.group()
    digits = sum(letter.isdigit() for letter in found)
    return NUMBER if digits >= _LEAST_DIGITS or _PASSPORT.fullmatch(found) else found

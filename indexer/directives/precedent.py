"""The head of a precedent, which has no letterhead: number, subject, adopting body and date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from indexer.directives.number import DocumentNumber, parse_number

_LOOKED_AT = 2_000
_HEAD = re.compile(
    # A page number above it, and a footnote after the number.
    r"\s*(?:\d{1,3}\s)?\s*án\s+lệ\s+số\s*:?\s*(?P<number>\d{1,3}/\d{4}/AL)(?:\d{1,2}\b|\(\d\)|\[\d\])?"
    r"\s{1,20}(?P<subject>về\s.{5,700}?)\s{1,20}được\s+(?P<issuer>hội\s+đồng\s+thẩm\s+phán.{0,80}?)\s+thông\s+qua"
    r"\s+(?:vào\s+)?ngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>\d{4})(?!\d)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Precedent:
    """What a precedent says about itself."""

    number: DocumentNumber
    subject: str
    """As written, from "về" on."""
    issuer: str
    day: date
    """The date of adoption."""


def read_precedent(text: str) -> Precedent | None:
    """Return the head of NFC ``text`` if it begins like a precedent, otherwise None."""
    found = _HEAD.match(text[:_LOOKED_AT])
    number = parse_number(found["number"]) if found else None
    if found is None or number is None:
        return None
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    subject, issuer = (" ".join(found[name].split()) for name in ("subject", "issuer"))
    return Precedent(number, subject, issuer[:1].upper() + issuer[1:], day)

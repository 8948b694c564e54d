"""Where a program reads on in what answers a search: text that is opaque to it."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass, replace

from indexer.contract.limits import LONGEST_CURSOR
from indexer.search.request import SearchRequest

START = "*"
"""The cursor from which reading begins."""
_DIGITS = 8
"""Hexadecimal digits of the digest."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A sort key of a hit; elsewhere than in the answer of its own search it means nothing."""

    digest: str
    """Of the search that it was given out for."""
    sort_key: str
    """Of the last hit that was read."""

    def belongs_to(self, request: SearchRequest) -> bool:
        """Tell whether the cursor was given out for ``request``."""
        return self.digest == _digest(request) and bool(self.sort_key)


def cursor_of(sort_key: str, request: SearchRequest) -> str:
    """Return the cursor that reads on what answers ``request`` behind ``sort_key``."""
    return base64.urlsafe_b64encode(f"{_digest(request)}{sort_key}".encode()).decode().rstrip("=")


def read_cursor(text: str) -> Cursor | None:
    """Return the cursor that is written as ``text``; None where that is none of ours."""
    if len(text) > LONGEST_CURSOR:
        return None
    try:
        read = base64.b64decode(f"{text}{'=' * (-len(text) % 4)}", b"-_", validate=True).decode()
    except ValueError:
        return None
    return Cursor(read[:_DIGITS], read[_DIGITS:])


def _digest(request: SearchRequest) -> str:
    """Return a digest of what is asked for, in which order; how much of it at a time makes no difference."""
    asked = replace(request, sort=request.sort or "newest", page=1, size=1, language="vi", after=None)
    return f"{zlib.crc32(repr(asked).encode()):0{_DIGITS}x}"

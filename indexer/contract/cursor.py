"""Cursors with which programs continue reading the results of a search; opaque to them."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass, replace

from indexer.contract.limits import LONGEST_CURSOR
from indexer.search.request import SearchRequest

START = "*"
"""The cursor with which reading begins."""
_DIGITS = 8
"""Number of hexadecimal digits of the digest."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The sort key of a hit; it is valid only for the search that it was issued for."""

    digest: str
    """Digest of the search it was issued for."""
    sort_key: str
    """Sort key of the last hit that was read."""

    def belongs_to(self, request: SearchRequest) -> bool:
        """Tell whether the cursor was issued for ``request``."""
        return self.digest == _digest(request) and bool(self.sort_key)


def cursor_of(sort_key: str, request: SearchRequest) -> str:
    """Return the cursor that continues the results of ``request`` after ``sort_key``."""
    return base64.urlsafe_b64encode(f"{_digest(request)}{sort_key}".encode()).decode().rstrip("=")


def read_cursor(text: str) -> Cursor | None:
    """Return the cursor written as ``text``; None if it is invalid."""
    if len(text) > LONGEST_CURSOR:
        return None
    try:
        read = base64.b64decode(f"{text}{'=' * (-len(text) % 4)}", b"-_", validate=True).decode()
    except ValueError:
        return None
    return Cursor(read[:_DIGITS], read[_DIGITS:])


def _digest(request: SearchRequest) -> str:
    """Return a digest of the request and its order, independent of the page size."""
    asked = replace(request, sort=request.sort or "newest", page=1, size=1, language="vi", after=None)
    return f"{zlib.crc32(repr(asked).encode()):0{_DIGITS}x}"

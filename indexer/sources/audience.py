"""The audience of an article as stated by records, front matter and settings. Anything unreadable means staff-only."""

from __future__ import annotations

import functools
import re
from difflib import SequenceMatcher

from indexer.model import Audience
from indexer.vietnamese.letters import fold

KEY = "audience"
TAKEN_AS = " The article is treated as staff-only"
"""Appended to the reasons for values that are interpreted anyway; a client that pushes can correct them, so there they are
refused.
"""
_AUDIENCES: dict[str, Audience] = {"public": "public", "staff": "staff"}
_ALIKE = 0.8
"""Similarity from which a key counts as a misspelling of ``audience``: *audiance* and *audince* do, *evidence* (0.63) does not."""
_LONGEST_KEY = 24
_MENTIONED = re.compile(rb"aud\w{0,3}[ie]\w{0,2}[nc]", re.IGNORECASE)


def read_audience(value: object, default: Audience) -> tuple[Audience, str | None]:
    """Return the audience named by ``value`` and, if it is unreadable, the reason; it then means staff. None means ``default``."""
    if value is None:
        return default, None
    known = _AUDIENCES.get(value.strip().lower()) if isinstance(value, str) else None
    if known:
        return known, None
    return "staff", f"audience {str(value)[:40]!a} must be public or staff.{TAKEN_AS}"


def misspelt_reason(key: str) -> str:
    """Return the error message for a key for which :func:`is_misspelt` is true."""
    return f"{key[:_LONGEST_KEY]!a} looks like a misspelling of {KEY!r}.{TAKEN_AS}"


@functools.lru_cache(4096)
def is_misspelt(key: str) -> bool:
    """Return whether ``key`` is a misspelling of ``audience``; it must not make public what was meant for staff."""
    if key == KEY or len(key) > _LONGEST_KEY:
        return False
    letters = "".join(filter(str.isalpha, fold(key)))
    return letters == KEY or SequenceMatcher(None, letters, KEY, autojunk=False).ratio() >= _ALIKE


def mentions_audience(data: bytes) -> bool:
    """Return whether unreadable data mentions an audience, even misspelt."""
    return _MENTIONED.search(data.replace(b"\0", b"")) is not None

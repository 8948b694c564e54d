"""Who an article is for, as records, front matter and settings say it. What can't be read of it means staff."""

from __future__ import annotations

import functools
import re
from difflib import SequenceMatcher

from indexer.model import Audience
from indexer.vietnamese.letters import fold

KEY = "audience"
TAKEN_AS = " The article is treated as staff-only"
"""Behind the reasons of what is taken all the same; who pushes can mend it, and it is not."""
_AUDIENCES: dict[str, Audience] = {"public": "public", "staff": "staff"}
_ALIKE = 0.8
"""Likeness of a key from which on it is taken for a slip of ``audience``: *audiance* and *audince* are, *evidence* (0.63) is not."""
_LONGEST_KEY = 24
_MENTIONED = re.compile(rb"aud\w{0,3}[ie]\w{0,2}[nc]", re.IGNORECASE)


def read_audience(value: object, default: Audience) -> tuple[Audience, str | None]:
    """Return who ``value`` names, and why it can't be read where it can't: then it means staff. None is ``default``."""
    if value is None:
        return default, None
    known = _AUDIENCES.get(value.strip().lower()) if isinstance(value, str) else None
    if known:
        return known, None
    return "staff", f"audience {str(value)[:40]!a} must be public or staff.{TAKEN_AS}"


def misspelt_reason(key: str) -> str:
    """Return what is wrong with a key for which :func:`is_misspelt` holds."""
    return f"{key[:_LONGEST_KEY]!a} looks like a misspelling of {KEY!r}.{TAKEN_AS}"


@functools.lru_cache(4096)
def is_misspelt(key: str) -> bool:
    """Whether ``key`` is another spelling of ``audience``, which must not make public what was meant for staff."""
    if key == KEY or len(key) > _LONGEST_KEY:
        return False
    letters = "".join(filter(str.isalpha, fold(key)))
    return letters == KEY or SequenceMatcher(None, letters, KEY, autojunk=False).ratio() >= _ALIKE


def mentions_audience(data: bytes) -> bool:
    """Whether something that can't be read speaks of an audience, be it spelled with a slip."""
    return _MENTIONED.search(data.replace(b"\0", b"")) is not None

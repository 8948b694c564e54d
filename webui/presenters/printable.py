"""Text for files read by other programs. Pure."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 forbids: control characters, surrogates and two noncharacters."""


def printable(text: str) -> str:
    """Return ``text`` without characters that XML forbids: a single one makes a whole feed unreadable.

    Indexed articles contain none; queries and the name of the site may.
    """
    return _FORBIDDEN.sub("", text)

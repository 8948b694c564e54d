"""Text for files that others read. Pure."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no ``Char`` of XML 1.0: control characters, halves of surrogate pairs, two noncharacters."""


def printable(text: str) -> str:
    """Return ``text`` without what XML forbids: one such character makes a whole feed unreadable.

    Articles hold none once they are in the index; queries and the name of the site may.
    """
    return _FORBIDDEN.sub("", text)

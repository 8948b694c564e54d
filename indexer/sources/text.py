"""Text as it is displayed and stored: NFC, one kind of line end, nothing unprintable."""

from __future__ import annotations

import re

from indexer.errors import ItemError
from indexer.vietnamese.letters import nfc

_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_UNTITLED_LENGTH = 120
"""Characters of the first line that stand for a missing title: about two lines of a result."""


def display_text(text: str, name: str = "text") -> str:
    """Return ``text`` in NFC and trimmed, every line end as ``\\n``, control characters as spaces.

    The characters replaced may not stand in XML, so a feed could not show them.
    Raises ItemError for a lone surrogate, which no file and no database can hold.
    """
    if _UNSHOWABLE.search(text):
        if _SURROGATE.search(text):
            raise ItemError(f"{name} contains half a surrogate pair; write the whole character")
        text = _UNSHOWABLE.sub(" ", _LINE_END.sub("\n", text))
    return nfc(text).strip()


def display_line(text: str, name: str = "text") -> str:
    """Return :func:`display_text` as one line with single spaces."""
    return " ".join(display_text(text, name).split())


def title_from(text: str) -> str:
    """Return the start of ``text`` as a title: its first line, cut between words."""
    line = " ".join(text.strip().partition("\n")[0].split())
    if len(line) <= _UNTITLED_LENGTH:
        return line
    return (
        line[:_UNTITLED_LENGTH].rpartition(" ")[0] + "…"
        if " " in line[:_UNTITLED_LENGTH]
        else line[:_UNTITLED_LENGTH]
    )


def has_control(text: str) -> bool:
    """Whether ``text`` holds a control character or half a surrogate pair."""
    return _CONTROL.search(text) is not None

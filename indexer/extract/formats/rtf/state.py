"""The tokens of RTF, the state of a group, and characters as fonts have them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.extract.formats.symbols import symbol

_TOKEN = r"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|(\{+|\}+)|[\r\n\0]+|([^\\{}\r\n\0]+)|\\"
TOKENS = re.compile(_TOKEN)
_NUMBERED = r"\\u(-?[0-9]{1,5}) ?\?"
UNICODE = re.compile(_NUMBERED)
RUNS = re.compile(r"((?:[^\\{}\r\n\0]+|\\u-?[0-9]{1,5} ?\?)+)|" + _TOKEN)
"""The same, with Unicode that has one question mark beside it, as nearly all, among plain text: a third of the time."""
PRIVATE = re.compile("[\uf000-\uf0ff]")
"""Characters of fonts that hold no letters."""
VANISHED, GONE, IN_HIDDEN_SHAPE = 1, 2, 4
"""Why text is not shown: it is hidden; deleted or moved away; or its shape is hidden."""


@dataclass(slots=True)
class Group:
    """What holds until the end of a group."""

    into: list[str] | None
    """Where text goes, None where it goes nowhere."""
    destination: str = ""
    skipped: bool = False
    """Nothing within it is read."""
    optional: bool = False
    """Its destination may be unknown to a reader."""
    fonts: bool = False
    """It is of the table of fonts."""
    font: int | None = None
    hidden: int = 0
    """The sum of why its text is not shown."""
    fallback: int = 1
    """Characters behind one of Unicode that stand there for older readers."""

    def inner(self) -> Group:
        """Return a group that opens within this one."""
        return Group(self.into, "", self.skipped, False, self.fonts, self.font, self.hidden, self.fallback)


@dataclass(slots=True)
class Font:
    """Code page and name of a font; without a code page that of the document counts."""

    code_page: str | None = None
    name: str = ""


PLAIN = Font()


def decoded(content: bytes, code_page: str, font: str) -> str:
    """Return ``content`` in a code page (``symbol``: in a font without letters), in Windows-1252 if that is unknown."""
    if code_page == "symbol":
        return "".join(symbol(code, font) for code in content)
    try:
        return content.decode(code_page, "replace")
    except LookupError:
        return content.decode("cp1252", "replace")


def letter(number: re.Match[str]) -> str:
    """Return the character that a match of ``UNICODE`` names."""
    return chr(int(number[1]) % 0x10000)


def begins_group(source: str, at: int) -> bool:
    """Whether nothing of a group stands before ``at``: in its midst no destination begins."""
    return source[max(0, at - 3) : at].rstrip("\r\n ").endswith("{")

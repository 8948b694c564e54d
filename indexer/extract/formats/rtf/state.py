"""The tokens of RTF, the state of a group, and characters as fonts encode them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.extract.formats.symbols import symbol

_TOKEN = r"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|(\{+|\}+)|[\r\n\0]+|([^\\{}\r\n\0]+)|\\"
TOKENS = re.compile(_TOKEN)
_NUMBERED = r"\\u(-?[0-9]{1,5}) ?\?"
UNICODE = re.compile(_NUMBERED)
RUNS = re.compile(r"((?:[^\\{}\r\n\0]+|\\u-?[0-9]{1,5} ?\?)+)|" + _TOKEN)
"""The same for plain text and Unicode characters with one question mark, as nearly all are: takes a third of the time."""
PRIVATE = re.compile("[\uf000-\uf0ff]")
"""Characters of symbol fonts."""
VANISHED, GONE, IN_HIDDEN_SHAPE = 1, 2, 4
"""Why text is not shown: it is hidden; deleted or moved away; or its shape is hidden."""


@dataclass(slots=True)
class Group:
    """The state until the end of a group."""

    into: list[str] | None
    """Where text goes, None if it is dropped."""
    destination: str = ""
    skipped: bool = False
    """Whether nothing within it is read."""
    optional: bool = False
    """Whether a reader may ignore its destination if unknown."""
    fonts: bool = False
    """Whether it belongs to the font table."""
    font: int | None = None
    hidden: int = 0
    """The sum of the reasons why its text is not shown."""
    fallback: int = 1
    """The number of characters after a Unicode one that replace it for older readers."""

    def inner(self) -> Group:
        """Return a group that opens within this one."""
        return Group(self.into, "", self.skipped, False, self.fonts, self.font, self.hidden, self.fallback)


@dataclass(slots=True)
class Font:
    """Code page and name of a font; without a code page the document's applies."""

    code_page: str | None = None
    name: str = ""


PLAIN = Font()


def decoded(content: bytes, code_page: str, font: str) -> str:
    """Return ``content`` decoded with a code page (``symbol``: in a symbol font), with Windows-1252 if that is unknown."""
    if code_page == "symbol":
        return "".join(symbol(code, font) for code in content)
    try:
        return content.decode(code_page, "replace")
    except LookupError:
        return content.decode("cp1252", "replace")


def letter(number: re.Match[str]) -> str:
    """Return the character of a match of ``UNICODE``."""
    return chr(int(number[1]) % 0x10000)


def begins_group(source: str, at: int) -> bool:
    """Whether nothing in a group comes before ``at``: a destination can only be at its beginning."""
    return source[max(0, at - 3) : at].rstrip("\r\n ").endswith("{")

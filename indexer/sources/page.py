"""What every reader of a page hands on: the article, and the files its text links to."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.model import Article, Audience
from indexer.sources.attachments import last_part

_DOCUMENT = r"pdf|docx?|docm|dotx?|odt|rtf|xlsx?|xlsm|ods|csv|pptx?|ppsx?|odp|tiff?|signed|p7m|epub"
DOCUMENT_NAME = re.compile(rf".*\.(?:{_DOCUMENT})", re.IGNORECASE | re.DOTALL)
"""Names of files that are documents by themselves."""
LINKED_NAME = re.compile(rf".*\.(?:{_DOCUMENT}|zip|rar|7z)", re.IGNORECASE | re.DOTALL)
"""Names of files that are attachments where a page links to them; a linked picture is an illustration."""
CARRIED_NAME = re.compile(
    rf".*\.(?:{_DOCUMENT}|png|jpe?g|webp|bmp|gif|zip|rar|7z)", re.IGNORECASE | re.DOTALL
)
"""Names of files that are attachments where a page keeps them in its folder."""
PAGE_SUFFIXES = (".html", ".htm", ".md", ".txt")

_START = 4096
"""Bytes in which a page says that it is HTML, after comments and blanks."""
_HTML = re.compile(
    r"(?:<!doctype\s+html|<(?:html|head|body|title|meta|main|article|section|header|nav|div|h1|p)(?=[\s>/]))",
    re.IGNORECASE,
)
_BEFORE_HTML = re.compile(r"\s+|<!--.*?-->|<\?xml[^>]*>", re.DOTALL)

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_LEGACY = "cp1258"
"""What is no UTF-8 is read as Windows-1258, the one legacy code page of Vietnamese with a name."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page: its words, where it leads, as written, and the name of a file that the page says it has."""

    text: str
    href: str
    named: str = ""

    @property
    def name(self) -> str:
        """The file's name: the words where they are one, else what the page says, else the end of the address."""
        if LINKED_NAME.fullmatch(self.text):
            return self.text
        return self.named or last_part(self.href.partition("#")[0].partition("?")[0])


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read. The article's attachments are names without bytes; ``links`` may lead to them."""

    article: Article
    links: Sequence[Link] = ()
    audience: Audience | None = None
    """Whom it says that it is for, if it does."""
    problem: str | None = None
    """Why it can't be read whom it is for."""


def decode_page(data: bytes, declares: bool = False) -> str:
    """Return the text of a page: by byte order mark, as UTF-8, by what it ``declares``, else Windows-1258."""
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return data.decode(codec, "replace").replace("\0", " ")
    # UTF-8 before the declared charset: bytes that happen to be UTF-8 nearly always are, and
    # pages moved from an old portal keep declaring its code page.
    candidates = ["utf-8", _LEGACY]
    declared = _META_CHARSET.search(data[:4096]) if declares else None
    if declared:
        candidates.insert(1, declared[1].decode("ascii", "replace"))
    for codec in candidates:
        try:
            return data.decode(codec).replace("\0", " ")
        except (UnicodeDecodeError, LookupError):
            continue
    # Mostly UTF-8 with a few broken bytes, or Windows-1258 with undefined ones.
    broken = data.decode("utf-8", "replace")
    few = broken.count("\ufffd") * 50 < len(broken)
    return (broken if few else data.decode(_LEGACY, "replace")).replace("\0", " ")


def is_html_page(path: Path) -> bool:
    """Whether the file at ``path``, whose name does not tell, begins as a page of HTML does; False where it can't be read."""
    try:
        with path.open("rb") as file:
            start = decode_page(file.read(_START))
    except OSError:
        return False
    at = 0
    while skipped := _BEFORE_HTML.match(start, at):
        at = skipped.end()
    return _HTML.match(start, at) is not None

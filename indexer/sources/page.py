"""What every reader of a page hands on: the article, and the files its text links to."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.model import Article
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

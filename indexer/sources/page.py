"""What every reader of a page hands on: the article, and the files its text links to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.html.encoding import begins_as_html, decode_page
from indexer.model import Article, Audience
from indexer.sources.attachments import last_part

_DOCUMENT = r"pdf|docx?|docm|dotx?|odt|rtf|xlsx?|xlsm|ods|csv|pptx?|ppsx?|odp|tiff?|signed|p7m|epub|xlsb|o?xps|fod[tsp]|sx[wci]"
DOCUMENT_NAME = re.compile(rf".*\.(?:{_DOCUMENT})", re.IGNORECASE | re.DOTALL)
"""Names of files that are documents by themselves."""
LINKED_NAME = re.compile(rf".*\.(?:{_DOCUMENT}|eml|msg|zip|rar|7z)", re.IGNORECASE | re.DOTALL)
"""Names of files that are attachments where a page links to them; a linked picture is an illustration."""
CARRIED_NAME = re.compile(
    rf".*\.(?:{_DOCUMENT}|png|jpe?g|webp|bmp|gif|eml|msg|zip|rar|7z)", re.IGNORECASE | re.DOTALL
)
"""Names of files that are attachments where a page keeps them in its folder."""
PAGE_SUFFIXES = (".html", ".htm", ".md", ".txt")

_START = 4096
"""Bytes in which a page says that it is HTML, after comments and blanks."""


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


def is_html_page(path: Path) -> bool:
    """Whether the file at ``path``, whose name does not tell, begins as a page of HTML does; False where it can't be read."""
    try:
        with path.open("rb") as file:
            start = decode_page(file.read(_START))
    except OSError:
        return False
    return begins_as_html(start)

"""What all page readers return: the article, and the files that its text links to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.html.encoding import begins_as_html, decode_page
from indexer.model import Article, Audience
from indexer.sources.attachments import last_part

_DOCUMENT = r"pdf|docx?|docm|dotx?|rtf|xlsx?|xlsm|csv|pptx?|ppsx?|tiff?|signed|p7m|epub|xlsb|o?xps|od[mpst]|ot[hpst]|fod[pst]|sx[cgiw]"
DOCUMENT_NAME = re.compile(rf".*\.(?:{_DOCUMENT})", re.IGNORECASE | re.DOTALL)
"""Names of files that are documents of their own."""
LINKED_NAME = re.compile(rf".*\.(?:{_DOCUMENT}|eml|msg|zip|rar|7z)", re.IGNORECASE | re.DOTALL)
"""Names of files that are attachments if a page links to them; a linked picture is an illustration."""
CARRIED_NAME = re.compile(
    rf".*\.(?:{_DOCUMENT}|png|jpe?g|webp|bmp|gif|eml|msg|zip|rar|7z)", re.IGNORECASE | re.DOTALL
)
"""Names of files that are attachments if a page keeps them in its folder."""
PAGE_SUFFIXES = (".html", ".htm", ".md", ".txt")

_START = 4096
"""Number of bytes in which a page must identify itself as HTML, after comments and blanks."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link on a page: its words, its target as written, and the file name given by the page."""

    text: str
    href: str
    named: str = ""

    @property
    def name(self) -> str:
        """The file's name: the words if they are one, otherwise the name given by the page or the end of the address."""
        if LINKED_NAME.fullmatch(self.text):
            return self.text
        return self.named or last_part(self.href.partition("#")[0].partition("?")[0])


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read. The article's attachments are names without bytes; ``links`` may lead to them."""

    article: Article
    links: Sequence[Link] = ()
    audience: Audience | None = None
    """The audience it states, if any."""
    problem: str | None = None
    """Why its audience is unreadable."""


def is_html_page(path: Path) -> bool:
    """Return whether the file at ``path``, whose name does not tell, begins like an HTML page; False if it is unreadable."""
    try:
        with path.open("rb") as file:
            start = decode_page(file.read(_START))
    except OSError:
        return False
    return begins_as_html(start)

"""What office documents state about themselves outside their text, as far as a person wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.extract.formats.xml import Element, each

_SAID = ("title", "subject", "keywords", "keyword", "description")
_OF_PROGRAMS = re.compile(
    r"[\W\d_]*|microsoft (?:word|powerpoint|excel)\b.*|(?:word document|powerpoint presentation|slide)(?: \d+)?"
    r"|generated (?:by|using) .*|.*\.\w{2,4}",
    re.IGNORECASE | re.DOTALL,
)
"""What programs write there: their own names, and names of files."""
_NO_ALTERNATIVE = re.compile(
    r"\.(?:png|jpe?g|gif|bmp|wmf|emf|tiff?|svg)$|^https?:|automatically generated|được tạo tự động",
    re.IGNORECASE,
)
"""File names and descriptions guessed by programs are not the author's words."""
_PAGE_NUMBER = re.compile(r"(?:page|trang)?[\W\d_]*(?:of|trên|/)?[\W\d_]*", re.IGNORECASE)


def said_of_itself(root: Element | None, written: str) -> list[str]:
    """Return title, subject, keywords and remarks in ``root``, except those already in the text ``written``."""
    return of_persons([] if root is None else [one.text or "" for one in each(root, *_SAID)], written)


def of_persons(said: Iterable[str], written: str) -> list[str]:
    """Return the parts of ``said`` that a person wrote and that are not already in the text."""
    texts = dict.fromkeys(" ".join(text.split()) for text in said)
    return [text for text in texts if text not in written and not _OF_PROGRAMS.fullmatch(text)]


def without_page_numbers(margin: str) -> str:
    """Return the lines of a header or footer, without those that only number the page."""
    return "\n".join(line for line in margin.split("\n") if not _PAGE_NUMBER.fullmatch(line))


def words_for_picture(said: str | None) -> str:
    """Return the alternative text of a picture if somebody wrote it, otherwise an empty string."""
    text = " ".join((said or "").split())
    return "" if _NO_ALTERNATIVE.search(text) else text

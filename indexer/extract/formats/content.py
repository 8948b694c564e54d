"""The result of a format's reader, and how its text is cleaned."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.extract.formats.pieces import HEADING, pieces
from indexer.extract.reasons import problem, sentence
from indexer.model import Page, Problem
from indexer.vietnamese.legacy import mend

_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0xFEFF])
_CLEAN: dict[int, str | None] = {
    **_CONTROLS,
    # How PDFium writes a hyphen at the end of a line: 74/KH-<break>UBND.
    0x02: "-",
    0xFFFE: "-",
    **{ord(kept): kept for kept in "\n\t"},
    0x0B: "\n",
    0x0C: "\n",
    0x85: "\n",
}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe]")
_CLEAN_BUT_HEADINGS = _CLEAN | {ord(HEADING): HEADING}


class UnreadableError(ValueError):
    """A document of which nothing can be read, for one of the listed reasons; other ValueErrors mean that it is damaged."""

    def __init__(self, code: str, detail: str = "", **values: int | str) -> None:
        self.problem = problem(code, None, detail, **values)
        super().__init__(sentence(self.problem))


_NOT_ASCII = bytes(range(0x80, 0x100))
LARGEST_TEXT = 40_000_000
"""The most bytes of plain text, HTML or RTF that are read: four times the number of characters kept of any file."""


class PasswordNeededError(ValueError):
    """The document opens only with a password."""


@dataclass(frozen=True, slots=True)
class Content:
    """The text of one file."""

    pages: tuple[Page, ...]
    """Numbered if the format has pages of its own (pages, sheets, slides), otherwise in pieces."""
    problems: tuple[Problem, ...] = ()
    """What could not be read, and why."""
    encoding: str | None = None
    """The encoding older than Unicode that it was in, if any."""
    unread: tuple[int, ...] = ()
    """Numbers of the pages that only OCR can read."""
    annotated: tuple[int, ...] = ()
    """Numbers of the pages with words in annotations and form fields."""
    carries: bool = False
    """Whether it contains files that are attachments of their own."""


def beginning(path: Path, most: int | None = None) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the bytes of a text file, at most the first ``most``, with the problem to report if there are more."""
    most = most or LARGEST_TEXT
    with path.open("rb") as file:
        content = file.read(most)
    size = path.stat().st_size
    if size <= most:
        return content, ()
    # A letter cut in two would make UTF-8 look invalid; the whole text may be one line.
    end = content.rfind(b"\n", most - most // 10)
    content = content[: end + 1] if end >= 0 else content.rstrip(_NOT_ASCII)
    return content, (problem("bytes_cut", read=len(content), size=size),)


def clean(text: str, controls: Mapping[int, str | None] = _CLEAN) -> str:
    """Return ``text`` in NFC with plain line ends and without control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Few texts have any, and translating all characters takes ten times as long.
    text = _CONTROL.sub(lambda found: controls.get(ord(found[0])) or "", text)
    return unicodedata.normalize("NFC", text).strip()


def in_pieces(text: str) -> tuple[Page, ...]:
    """Return ``text`` of a format without pages of its own, divided at headings and paragraphs.

    A line that begins with ``HEADING`` is a heading, whatever its words.
    """
    return tuple(Page(None, piece) for piece in pieces(clean(text, _CLEAN_BUT_HEADINGS)))


def without_blank_lines(text: str) -> str:
    """Return the lines of ``text`` that are not blank."""
    return "\n".join(line for line in text.split("\n") if line.strip())


def numbered(texts: Iterable[tuple[int, str]]) -> tuple[Page, ...]:
    """Return the pages of a format that numbers them."""
    return tuple(Page(number, clean(text)) for number, text in texts)


def in_unicode(pages: tuple[Page, ...], problems: tuple[Problem, ...] = ()) -> Content:
    """Return ``pages`` as content, converted to Unicode if their fonts used an older encoding."""
    found = mend([page.text for page in pages])
    encoding = next((one.encoding for one in found if one.encoding), None)
    return Content(
        tuple(Page(page.number, one.text) for page, one in zip(pages, found, strict=True)), problems, encoding
    )

"""Two texts side by side, as the page prints them: the rows of one page, and how much of the text is the same. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from indexer.model import Marked
from indexer.search.comparison.comparison import Comparison, Row
from webui.context.language import current
from webui.context.translation import gettext
from webui.presenters.links import page_address
from webui.presenters.paging import Paging, ways

COMPARE = "/compare"
_ROWS = 300
"""Paragraphs per page: some 150 KB if all of them are long."""
_AROUND = 1
"""Paragraphs of context shown before and after a difference."""
_HEADING = re.compile(r"(?:Phần|Chương|Mục|Điều|PHẦN|CHƯƠNG|MỤC|ĐIỀU)\s+[\dIVXLCDM]+[a-zđ]?\b[.:]?")


@dataclass(frozen=True, slots=True)
class Skipped:
    """Identical paragraphs that are left out; ``within`` is the heading in force after them, "" if there is none."""

    count: int
    within: str


@dataclass(frozen=True, slots=True)
class ComparedView:
    """A comparison as the page prints it."""

    rows: tuple[Row | Skipped, ...]
    differences: int
    alike: bool
    cut: bool
    whole: bool
    """Whether identical paragraphs are shown."""
    other_url: str
    """The address of the other view: with or without identical paragraphs."""
    paging: Paging


def compare_url(first: str, second: str = "", whole: bool = False, page: int = 1) -> str:
    """Return the address of a comparison of two texts, each given as the address of its page or as a number."""
    found = [
        ("a", first),
        ("b", second),
        ("all", "1" if whole else ""),
        ("page", str(page) if page > 1 else ""),
    ]
    return page_address(COMPARE, [pair for pair in found if pair[1]])


def compared_view(comparison: Comparison, first: str, second: str, whole: bool, page: int) -> ComparedView:
    """Return one page of ``comparison``; a number beyond the last gives the last page."""
    rows = list(comparison.rows) if whole else list(_differing(comparison.rows))
    last = max(1, -(-len(rows) // _ROWS))
    page = min(page, last)

    def url(number: int) -> str:
        return compare_url(first, second, whole, number)

    return ComparedView(
        tuple(rows[(page - 1) * _ROWS : page * _ROWS]),
        comparison.differences,
        comparison.alike,
        comparison.cut,
        whole,
        compare_url(first, second, not whole),
        ways(page, last, url),
    )


def _differing(rows: Sequence[Row]) -> Iterator[Row | Skipped]:
    """Yield the differences with a paragraph of context on each side, and the number of identical paragraphs between them."""
    differ = [n for n, row in enumerate(rows) if row.kind != "same"]
    shown = {m for n in differ for m in range(max(0, n - _AROUND), min(len(rows), n + _AROUND + 1))}
    at, within = 0, ""
    for n in (*sorted(shown), len(rows)):
        for row in rows[at:n]:
            heading = _HEADING.match(row.second.text if row.second else "")
            within = heading[0].rstrip(".:") if heading else within
        if n - at > 1:
            yield Skipped(n - at, within if n < len(rows) else "")
        elif n > at:
            yield rows[at]  # to say that one is left out takes as much room
        if n < len(rows):
            heading = _HEADING.match((rows[n].second or rows[n].first or Marked("")).text)
            within = heading[0].rstrip(".:") if heading else within
            yield rows[n]
        at = n + 1


def removed_html(text: Marked) -> Markup:
    """Return the first version with passages missing from the second in ``<del>``, announced to screen readers."""
    return _html(text, "del", gettext("bỏ"), gettext("hết phần bỏ"))


def added_html(text: Marked) -> Markup:
    """Return the second version with passages missing from the first in ``<ins>``, announced to screen readers."""
    return _html(text, "ins", gettext("thêm"), gettext("hết phần thêm"))


def _html(text: Marked, tag: str, before: str, behind: str) -> Markup:
    language = current()
    opening = Markup('<{}><span class="unseen" lang="{}">[{}: </span>').format(Markup(tag), language, before)
    closing = Markup('<span class="unseen" lang="{}"> {}]</span></{}>').format(language, behind, Markup(tag))
    pieces, at = [], 0
    for start, end in text.marks:
        pieces += [escape(text.text[at:start]), opening, escape(text.text[start:end]), closing]
        at = end
    pieces.append(escape(text.text[at:]))
    return Markup("").join(pieces)

"""The text of the article on a page: prose, lead, captions and byline, without mere dates and links elsewhere. PURE."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC

from indexer.sources.html_dates import NEAR_TITLE, own_dates
from indexer.sources.html_lines import Line
from indexer.sources.html_links import is_caption
from indexer.sources.html_names import is_imprint
from indexer.sources.html_sections import names_section
from indexer.sources.marks import Mark, find_mark
from indexer.sources.page import Link
from indexer.sources.page_dates import is_byline
from indexer.sources.portal_page import Parts, joined
from indexer.vietnamese.letters import nfc

_PART_CLASS = re.compile(
    r"(?:[\w-]{1,30}[-_])?(?:sapo|lead|summary|tom-?tat|trich-?dan|caption|chu-?thich|author|tac-?gia)",
    re.IGNORECASE,
)
"""Classes of parts that belong to an article however short they are: lead, captions, byline."""
_LAST = 3
"""Number of lines at the end of a text in which the site's imprint may be."""


def body_of(parts: Parts, below: Sequence[Line], documents: Sequence[Link], judged: str | None) -> str:
    """Return the lines of the article's text, with empty lines between paragraphs."""
    lines = _without_imprint(parts.lines[: parts.lines_before_publisher])
    prose = {line.text for line in below if line.prose}
    parts_of_it = {line.text for line in below if _is_part(line)}
    buttons = {line.text for line in below if _is_button(line, documents)}
    kept: list[str] = []
    for n, line in enumerate(lines):
        sure = line in prose and n < parts.lines_before_source
        if line in buttons and line:
            continue
        if not line or sure or line in parts_of_it or judged is None or squeezed(line) in judged:
            kept.append(line)
    beside = [n for n, line in enumerate(kept) if line][:NEAR_TITLE]
    bylines = [n for n in beside if is_byline(kept[n])]
    own = own_dates([kept[n] for n in beside], UTC)
    dated = [n for n, one in zip(beside, own, strict=True) if one or _dated(kept[n])]
    around = {*dated[:1], *bylines, *(n for n in beside if names_section(kept[n]))}
    return joined(line for n, line in enumerate(kept) if n not in around)


def _is_button(line: Line, documents: Sequence[Link]) -> bool:
    """Return whether a line has only links to the page's documents, and words for them."""
    if not line.links or not all(any(link.href == one.href for one in documents) for link in line.links):
        return False
    rest = line.text
    for link in line.links:
        rest = rest.replace(link.text, " ", 1) if link.text else rest
    named = all(is_caption(link.text) or link.name == link.text for link in line.links)
    return is_caption(rest) and (named or rest.strip(" :.()") != "")


def _dated(line: str) -> bool:
    found = find_mark(line)
    return found is not None and found.mark in (Mark.PUBLISHED, Mark.UPDATED)


def _is_part(line: Line) -> bool:
    """Return whether a line belongs to the article by its element or class, although it is not prose."""
    if line.linked * 2 > len(line.text):
        return False
    if line.element.tag == "figcaption":
        return True
    return any(map(_PART_CLASS.fullmatch, (line.element.get("class") or "").split()))


def _without_imprint(lines: list[str]) -> list[str]:
    """Return ``lines`` without an imprint at the end."""
    filled = [n for n, line in enumerate(lines) if line][-_LAST:]
    end = next((n for n in filled if is_imprint(lines[n])), len(lines))
    return lines[:end] if filled and end > filled[0] else lines


def squeezed(text: str) -> str:
    """Return the letters and digits of ``text``: trafilatura places blanks and table marks differently."""
    return "".join(filter(str.isalnum, nfc(text)))

"""What the page of a document shows beside its rows: an unmarked title, and a number used as heading. PURE."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.sources.document_values import DocumentValues, number_in
from indexer.sources.html_lines import Line
from indexer.sources.html_names import is_imprint, is_kind_of_page
from indexer.sources.html_rows import Rows
from indexer.vietnamese.letters import fold

_NUMBER_ALONE = re.compile(
    r"(?:[^\W\d]+ ){0,4}(?:so )?:? ?\d[\w.&]{0,20}(?: ?[/-] ?[\w.&]{1,30}){0,6}"
    r"(?: ?,? ?(?:ban hanh |ky )?ngay (?:[\d/. -]{6,12}|\d{1,2} thang \d{1,2} nam \d{4}))?(?:,? cua [^.:;]{2,80})?"
)
_NEAR = 3
"""Number of lines above the rows in which such a heading may be."""
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5"])
_LONGEST = 400
"""Maximum length of a title in characters."""


def is_number_alone(text: str) -> bool:
    """Return whether ``text`` is only a document's number, perhaps with type and date: "Quyết định số 12/QĐ-UBND"."""
    return len(text) <= _LONGEST and _NUMBER_ALONE.fullmatch(fold(text)) is not None


def is_furniture(text: str, values: DocumentValues) -> bool:
    """Return whether a line on a document's page is not text: a repeated number or subject, the kind of page, the imprint."""
    return bool(text) and (
        is_kind_of_page(text)
        or is_imprint(text)
        or is_number_alone(text)
        or text == values.particulars.subject
    )


def shown_number(lines: Sequence[Line], rows: Rows) -> str:
    """Return the number used as heading above the rows of a document's page; empty if there is none."""
    if not rows.values:
        return ""
    first = min(rows.lines)
    above = [lines[n].text for n in range(max(0, first - _NEAR), first)]
    return next((number_in(text) for text in reversed(above) if text and is_number_alone(text)), "")


def own_start(lines: Sequence[Line], own: Sequence[int], rows: Rows) -> int:
    """Return the position in ``own`` at which a document's page without title begins: its number, otherwise its rows; banners
    are above.
    """
    first = min(rows.lines)
    above = (at for at, n in enumerate(own) if n < first and is_number_alone(lines[n].text))
    return next(above, next(at for at, n in enumerate(own) if n >= first))


def line_of_title(
    lines: Sequence[Line], own: Sequence[int], rows: Rows, values: DocumentValues
) -> int | None:
    """Return the line above the rows that is the title of the document: with the subject, or the number and other words."""
    subject, number = fold(values.particulars.subject), fold(values.number)
    heading = None
    for n in own:
        if n in rows.lines:
            return heading if rows.values and not subject else None
        if lines[n].element.tag in _HEADINGS and not is_furniture(lines[n].text, values):
            heading = n
        text = fold(lines[n].text)
        if len(text) > _LONGEST or lines[n].linked * 2 > len(text) or is_number_alone(text):
            continue
        if (number and number in text) or (
            len(text.split()) > 3 and subject and (text in subject or subject in text)
        ):
            return n
    return None

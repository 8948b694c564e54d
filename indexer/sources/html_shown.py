"""What a document's page shows beside its rows: a title that nothing marks, and a number that is the heading. PURE."""

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
"""Lines above the rows among which such a heading is."""
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5"])
_LONGEST = 400
"""Characters of a title."""


def is_number_alone(text: str) -> bool:
    """Whether ``text`` is a document's number, perhaps with its type and day: "Quyết định số 12/QĐ-UBND"."""
    return len(text) <= _LONGEST and _NUMBER_ALONE.fullmatch(fold(text)) is not None


def is_furniture(text: str, values: DocumentValues) -> bool:
    """Whether a line of a document's page is none of its text: its number or subject again, the kind of page, the imprint."""
    return bool(text) and (
        is_kind_of_page(text)
        or is_imprint(text)
        or is_number_alone(text)
        or text == values.particulars.subject
    )


def shown_number(lines: Sequence[Line], rows: Rows) -> str:
    """Return the number that is the heading above the rows of a document's page; empty without one."""
    if not rows.values:
        return ""
    first = min(rows.lines)
    above = [lines[n].text for n in range(max(0, first - _NEAR), first)]
    return next((number_in(text) for text in reversed(above) if text and is_number_alone(text)), "")


def own_start(lines: Sequence[Line], own: Sequence[int], rows: Rows) -> int:
    """Return the place in ``own`` where a document's page without a title begins: its number, else its rows; above are banners."""
    first = min(rows.lines)
    above = (at for at, n in enumerate(own) if n < first and is_number_alone(lines[n].text))
    return next(above, next(at for at, n in enumerate(own) if n >= first))


def line_of_title(
    lines: Sequence[Line], own: Sequence[int], rows: Rows, values: DocumentValues
) -> int | None:
    """Return the line above the rows that is the document's title: it has the subject, or the number and words besides."""
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

"""The list of other news below a page ("Tin khác"): kept for display, never searched."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from indexer.model import RelatedItem
from indexer.sources.page_dates import is_only_day, page_day

_TRAILING_DAY = re.compile(
    r"\s*[(\[]?\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?:\s*,?\s*\d{1,2}[:h]\d{2})?\s*[)\]]?$"
)


def related_items(lines: Iterable[str]) -> tuple[RelatedItem, ...]:
    """Return the items listed in ``lines`` as title, teaser and date; teaser and date may be missing.

    A date on its own line ends an item, or begins it if the list starts with one; a title may also end with its date. In a list
    without dates, each line is a title.
    """
    filled = [line for line in lines if line]
    if not any(_dated_title(line) or is_only_day(line) for line in filled):
        return tuple(RelatedItem(line) for line in filled)
    date_first = is_only_day(filled[0])
    items: list[RelatedItem] = []
    texts: list[str] = []
    day = None
    for line in filled:
        if is_only_day(line):
            if date_first:
                _close(items, texts, day)
                day = page_day(line)
            else:
                _close(items, texts, page_day(line))
                day = None
        elif title := _dated_title(line):
            _close(items, texts, day)
            texts, day = [title], page_day(line[len(title) :])
        else:
            texts.append(line)
    _close(items, texts, day)
    return tuple(items)


def _dated_title(line: str) -> str:
    """Return the title in a line that ends with a date, ``""`` for other lines."""
    trailing = _TRAILING_DAY.search(line)
    return line[: trailing.start()].strip() if trailing and page_day(trailing[0]) else ""


def _close(items: list[RelatedItem], texts: list[str], day: date | None) -> None:
    """Create an item from the lines collected since the last one."""
    if texts:
        items.append(RelatedItem(texts[0], " ".join(texts[1:]), day))
        texts.clear()

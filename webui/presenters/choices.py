"""The choices on a page of results, each a link: order, page size, recent periods. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from indexer.search.request import SearchRequest, Sort
from webui.context.translation import gettext
from webui.presenters import links, words

SIZES = (10, 20, 50)
"""The page sizes on offer."""
_RECENT_DAYS = (7, 30)


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that is one of several; ``count`` is the number of articles it leads to, None if unknown."""

    label: str
    url: str
    selected: bool = False
    count: int | None = None


def sorts(request: SearchRequest, read: Sort) -> tuple[Choice, ...]:
    """Return the sort orders; without words, relevance is meaningless and the order is by date.

    ``read`` is the order requested by the query itself, used if none was chosen.
    """
    has_words = request.text not in ("", "*")
    current = request.sort or read
    return tuple(
        Choice(label, links.changed_url(request, sort=sort), sort == current)
        for sort, label in words.SORTS.items()
        if has_words or sort != "relevance"
    )


def sizes(request: SearchRequest, results: int) -> tuple[Choice, ...]:
    """Return the page sizes; empty if all results fit the smallest page."""
    if results <= SIZES[0]:
        return ()
    return tuple(
        Choice(str(size), links.changed_url(request, size=size), size == request.size) for size in SIZES
    )


def periods(request: SearchRequest, today: date) -> tuple[Choice, ...]:
    """Return the recent periods and this year, each a start date without an end; choosing one replaces ticked dates."""
    starts = [
        (gettext("%(count)s ngày qua", count=days), today - timedelta(days=days - 1)) for days in _RECENT_DAYS
    ]
    starts.append((gettext("Năm nay"), today.replace(month=1, day=1)))
    open_end = request.date_to is None
    return tuple(
        Choice(
            label,
            links.changed_url(request, date_from=None if chosen else start, date_to=None, date=()),
            chosen,
        )
        for label, start in starts
        for chosen in [open_end and request.date_from == start]
    )

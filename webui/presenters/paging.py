"""Links between the pages of a list. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from indexer.contract.limits import LAST_RESULT
from indexer.search.request import SearchRequest
from webui.presenters import links

_NEAR = 2
"""Number of pages shown on each side of the current one."""


@dataclass(frozen=True, slots=True)
class Paging:
    """Links to other pages; ``numbers`` has None for gaps. A single page needs no links."""

    page: int
    last: int
    previous: str | None
    next: str | None
    numbers: tuple[tuple[int, str] | None, ...]


def paging(request: SearchRequest, total: int) -> Paging:
    """Return the links from the page of ``request`` through ``total`` results."""
    return ways(
        request.page,
        last_page(total, request.size),
        lambda number: links.search_url(dataclasses.replace(request, page=number)),
    )


def ways(page: int, last: int, url: Callable[[int], str]) -> Paging:
    """Return the links from ``page``, which may be beyond the ``last``; ``url`` gives the address of a page."""
    return Paging(
        page,
        last,
        previous=url(min(page - 1, last)) if page > 1 else None,
        next=url(page + 1) if page < last else None,
        numbers=tuple((n, url(n)) if n else None for n in page_window(min(page, last), last)),
    )


def last_page(total: int, size: int) -> int:
    """Return the number of the last page that can be requested; 1 if there are no results."""
    return max(1, min(-(-total // size), LAST_RESULT // size))


def page_window(page: int, last: int) -> tuple[int | None, ...]:
    """Return the page numbers to show, in order, with None for gaps.

    They include the first, the last and those near ``page``; a gap of a single page is shown as that page.
    """
    shown = {1, last, *range(max(1, page - _NEAR), min(last, page + _NEAR) + 1)}
    window: list[int | None] = []
    before = 0
    for number in sorted(shown):
        if number - before == 2:
            window.append(number - 1)
        elif number - before > 2:
            window.append(None)
        window.append(number)
        before = number
    return tuple(window)

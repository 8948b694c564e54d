"""From one page of a list to the others. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from indexer.contract.limits import LAST_RESULT
from indexer.search.request import SearchRequest
from webui.presenters import links

_NEAR = 2
"""Pages shown to either side of the current one."""


@dataclass(frozen=True, slots=True)
class Paging:
    """Where to from here; ``numbers`` holds None for pages left out. One page needs no paging."""

    page: int
    last: int
    previous: str | None
    next: str | None
    numbers: tuple[tuple[int, str] | None, ...]


def paging(request: SearchRequest, total: int) -> Paging:
    """Return the ways from the page of ``request`` through ``total`` results."""
    return ways(
        request.page,
        last_page(total, request.size),
        lambda number: links.search_url(dataclasses.replace(request, page=number)),
    )


def ways(page: int, last: int, url: Callable[[int], str]) -> Paging:
    """Return the ways from ``page``, which may lie behind the ``last``, to others; ``url`` gives the address of each."""
    return Paging(
        page,
        last,
        previous=url(min(page - 1, last)) if page > 1 else None,
        next=url(page + 1) if page < last else None,
        numbers=tuple((n, url(n)) if n else None for n in page_window(min(page, last), last)),
    )


def last_page(total: int, size: int) -> int:
    """Return the number of the last page that can be asked for; 1 where there is nothing."""
    return max(1, min(-(-total // size), LAST_RESULT // size))


def page_window(page: int, last: int) -> tuple[int | None, ...]:
    """Return the page numbers to show, in order; None where some are left out.

    The first, the last and those near ``page`` are there; a gap of one page is shown as that page.
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

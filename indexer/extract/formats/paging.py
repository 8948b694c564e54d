"""How far a document is read, page by page."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass


def _nobody(_number: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Paging:
    """Which pages are read, and who is told of the one at hand: it may be the last thing that this process does."""

    left_out: Collection[int] = ()
    """Numbers of pages that ended a process before."""
    end: int | None = None
    """The number of a page that is not read, nor those behind it."""
    until: float = float("inf")
    """When to begin no other page, by the monotonic clock."""
    begin: Callable[[int], None] = _nobody

    def numbers(self, count: int) -> Iterator[int]:
        """Yield the numbers of the pages to read, of ``count``, as long as there is time."""
        for number in range(1, min(count, (self.end or count + 1) - 1) + 1):
            if time.monotonic() > self.until:
                return
            if number not in self.left_out:
                self.begin(number)
                yield number


ALL_PAGES = Paging()

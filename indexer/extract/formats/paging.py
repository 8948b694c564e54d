"""Which pages of a document are read, one by one."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass


def _nobody(_number: int) -> None:
    """Report to nobody."""


@dataclass(frozen=True, slots=True)
class Paging:
    """Which pages are read, and whom to tell about the current one, since reading it may end this process."""

    left_out: Collection[int] = ()
    """Numbers of the pages that ended a process before."""
    end: int | None = None
    """The number of the first page that is not read."""
    until: float = float("inf")
    """The time after which no further page is started, by the monotonic clock."""
    begin: Callable[[int], None] = _nobody

    def numbers(self, count: int) -> Iterator[int]:
        """Yield the numbers of the pages to read, out of ``count``, as long as there is time."""
        for number in range(1, min(count, (self.end or count + 1) - 1) + 1):
            if time.monotonic() > self.until:
                return
            if number not in self.left_out:
                self.begin(number)
                yield number


ALL_PAGES = Paging()

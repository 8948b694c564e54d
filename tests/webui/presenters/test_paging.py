"""Which pages can be gone to from one."""

from __future__ import annotations

import pytest

from indexer.contract.parameters import read_request
from webui.presenters.paging import last_page, page_window


@pytest.mark.parametrize(
    ("page", "last", "window"),
    [
        (1, 1, (1,)),
        (1, 3, (1, 2, 3)),
        (1, 113, (1, 2, 3, None, 113)),
        (5, 9, (1, 2, 3, 4, 5, 6, 7, 8, 9)),
        (6, 12, (1, None, 4, 5, 6, 7, 8, None, 12)),
        (113, 113, (1, None, 111, 112, 113)),
    ],
)
def test_pages_shown(page: int, last: int, window: tuple[int | None, ...]) -> None:
    assert page_window(page, last) == window


@pytest.mark.parametrize(
    ("total", "size", "last"), [(0, 10, 1), (10, 10, 1), (11, 10, 2), (86_416, 10, 1000), (86_416, 30, 333)]
)
def test_the_last_page_can_be_asked_for(total: int, size: int, last: int) -> None:
    assert last_page(total, size) == last
    assert read_request({"page": [str(last)], "size": [str(size)]}, strict_names=True).page == last

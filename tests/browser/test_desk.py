"""The staff's desk in the browser: its journeys by keyboard, and every page for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from indexer.curation.curator import Curator
from indexer.query_log.store import QueryLog, Searched
from indexer.settings import Settings
from tests.browser.conftest import OpenPage
from tests.browser.test_accessible import SCHEMES, VIEWS, WIDER, violations

STAFF: dict[str, Any] = {"extra_http_headers": {"X-Staff": "an"}}
WORD = "XYZQ"
PAGES = ("", "/queries", "/pins?q=ke+hoach", "/lexicon", "/files", "/sources", "/system", "/changes", "/help")
Desk = Callable[..., Page]


@pytest.fixture
def desk(open_page: OpenPage, demo: Settings) -> Iterator[Desk]:
    """Pages of the desk; what is kept there is taken back."""
    QueryLog(demo.data).add([Searched(1_790_000_000 + n, WORD, 0, False, 1.0) for n in range(3)], [])
    Curator(demo, "an", "desk").replace_lexicon('[typed]\n"ko" = "không"\n')
    yield lambda path, **options: open_page(f"/staff{path}", **STAFF, **options)
    Curator(demo, "an", "desk").replace_lexicon("")


def test_a_word_is_tried_kept_and_taken_back_by_keyboard(desk: Desk) -> None:
    page = desk("/lexicon", **VIEWS["320"])
    page.get_by_label("Từ, chữ viết tắt hoặc tên hiện nay").focus()
    page.keyboard.type(WORD)
    page.keyboard.press("Tab")
    page.keyboard.type("kế hoạch chuyển đổi số")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Chưa lưu gì")
    expect(page.get_by_role("table", exact=True).first).to_contain_text("mới vào trang đầu")
    assert violations(page) == "" and page.evaluate(WIDER) == []
    page.get_by_role("button", name="Lưu thay đổi").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã lưu")
    expect(page.get_by_role("row", name=WORD)).to_be_visible()
    page.get_by_role("button", name="Thử quay về trước thay đổi này").press("Enter")
    expect(page.get_by_role("table", exact=True).first).to_contain_text("ra khỏi trang đầu")
    page.get_by_role("button", name="Lưu thay đổi").press("Enter")
    expect(page.get_by_role("row", name=WORD)).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "scheme"), [(path, tuple(SCHEMES)[n % len(SCHEMES)]) for n, path in enumerate(PAGES)]
)
def test_every_page_is_for_everybody_and_narrow(desk: Desk, path: str, scheme: str) -> None:
    page = desk(path, **SCHEMES[scheme], **VIEWS["320"])
    assert violations(page) == ""
    page.locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true })")
    assert page.evaluate(WIDER) == []

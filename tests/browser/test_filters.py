"""Narrowing results by keyboard and by finger: on a phone several ticks at once, beside the results each at once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_journeys import PHONE, choice, filters

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
SMALL: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}


def top(page: Page, selector: str) -> float:
    """Return how far below the top of the window it begins, in pixels."""
    return float(page.locator(selector).first.evaluate("(one) => one.getBoundingClientRect().top"))


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=ke+hoach",
        "/search?q=15/CT-UBND",
        "/search?q=ke+hoach&source=lamgiang.example&source=Báo+Lam+Giang&date=2024&in=body&sort=newest",
    ],
)
def test_the_first_result_is_high_on_a_phone(open_page: OpenPage, address: str) -> None:
    page = open_page(address, **PHONE)
    assert top(page, ".finder-main :is(.hit, .card)") < 280
    for name in ("Bộ lọc", "Sắp xếp"):
        assert top(page, f"summary:has-text('{name}')") < 160, "one row"


def test_a_tick_beside_the_results_keeps_its_place_and_the_focus(open_page: OpenPage) -> None:
    page = open_page("/search?q=phuong", **DESK)
    expect(filters(page).get_by_role("button", name="Áp dụng")).to_be_hidden()
    box = choice(page, "Báo Lam Giang")
    box.scroll_into_view_if_needed()
    page.mouse.wheel(0, 150)
    box.focus()
    before = box.evaluate("(one) => one.getBoundingClientRect().top")
    with page.expect_navigation():
        page.keyboard.press("Space")
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    assert abs(box.evaluate("(one) => one.getBoundingClientRect().top") - before) < 2
    with page.expect_navigation():
        page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"/search\?q=phuong$"))
    expect(box).to_be_focused()
    expect(box).not_to_be_checked()
    page.go_back()
    expect(box).to_be_checked()
    page.go_back()
    expect(box).not_to_be_checked()


def test_where_to_look_narrows_at_once_and_days_wait_for_the_button(open_page: OpenPage) -> None:
    page = open_page("/search?q=phuong", **DESK)
    where, apply = (
        page.get_by_role("combobox", name="Tìm trong"),
        filters(page).get_by_role("button", name="Áp dụng"),
    )
    with page.expect_navigation():
        where.select_option("title")
    expect(where).to_be_focused()
    expect(page).to_have_url(re.compile(r"/search\?q=phuong&in=title$"))
    start = page.get_by_label("Từ ngày", exact=True)
    start.fill("2025-01-01")
    expect(apply).to_have_text(re.compile(r"\(\d+ kết quả\)"))
    expect(apply).to_be_in_viewport(ratio=1)
    start.press("Enter")
    expect(page).to_have_url(re.compile(r"in=title&from=2025-01-01$"))


def test_a_month_and_its_year_are_never_both_ticked(open_page: OpenPage) -> None:
    page = open_page("/search?q=phuong&date=2025", **PHONE)
    page.locator("summary", has_text="Bộ lọc").tap()
    choice(page, r"Tháng 9.2025").tap()
    expect(choice(page, "2025")).not_to_be_checked()
    choice(page, "2025").tap()
    expect(choice(page, r"Tháng 9.2025")).not_to_be_checked()


def test_bars_say_their_numbers_to_the_keyboard(open_page: OpenPage) -> None:
    page = open_page("/search?q=ke+hoach&from=2024-01-01&to=2024-12-31", **DESK)
    bars = page.get_by_role("list", name="Số bài theo tháng của năm 2024").get_by_role("link")
    said = bars.first.locator(".bar-says")
    expect(said).to_have_css("opacity", "0")
    bars.first.focus()
    expect(said).to_have_css("opacity", "1")
    expect(bars.first).to_have_accessible_name(re.compile(r"^Tháng \d+/2024: \d+ bài$"))
    (month, count) = re.findall(r"\d+", str(said.text_content()))[::2]
    bars.first.press("Enter")
    expect(page).to_have_url(re.compile(f"date=2024-0?{month}"))
    expect(page.locator("[aria-current=true]").locator(".bar-says")).to_contain_text(f": {count} bài")


def test_what_is_hidden_from_screen_readers_is_no_stop_of_the_keyboard(open_page: OpenPage) -> None:
    page = open_page("/directives/74-kh-ubnd", **DESK)
    expect(page.locator(".graph")).to_be_visible()
    assert (
        page.locator(".graph, .graph *").evaluate_all("all => all.filter((one) => one.tabIndex >= 0).length")
        == 0
    )
    assert page.get_by_role("search").count() == 1

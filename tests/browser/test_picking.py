"""Errand: a list of articles for a meeting, picked from two searches by keyboard, saved as Excel, printed."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

_LIST = re.compile("Xem danh sách đã chọn")


def pick_first(page: Page) -> str:
    tick = page.get_by_role("checkbox", name=re.compile("^Chọn")).first
    tick.focus()
    page.keyboard.press("Space")
    expect(tick).to_be_checked()
    return str(page.locator(".hits h3").first.inner_text())


def test_articles_of_two_searches_are_one_list(open_page: OpenPage) -> None:
    page = open_page("/search?q=ke+hoach+chuyen+doi+so", fresh=True, viewport={"width": 390, "height": 844})
    first = pick_first(page)
    expect(page.get_by_role("button", name="Xem danh sách đã chọn (1)")).to_be_in_viewport()
    page.goto(page.url.replace("ke+hoach+chuyen+doi+so", "den+long"))
    second = pick_first(page)
    page.get_by_role("button", name="Xem danh sách đã chọn (2)").press("Enter")
    expect(page.locator("h2")).to_have_text([first, second])
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")

    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").press("Enter")
    saved = io.BytesIO(Path(download.value.path()).read_bytes())
    rows = openpyxl.load_workbook(saved).worksheets[1].iter_rows(min_row=2, values_only=True)
    assert [row[0] for row in rows] == [first, second]

    page.emulate_media(media="print")
    expect(page.locator(".printed")).to_contain_text("/list?id=")
    expect(page.get_by_role("link", name=re.compile("Bỏ khỏi"))).to_have_count(0)
    page.emulate_media(media="screen")

    page.get_by_role("link", name=re.compile("Bỏ khỏi danh sách")).first.press("Enter")
    expect(page.locator("h2")).to_have_text([second])
    page.go_back()
    page.go_back()
    expect(page.get_by_role("button", name="Xem danh sách đã chọn (1)")).to_be_visible()


def test_without_scripts_the_ticks_of_a_page_are_a_list(open_page: OpenPage) -> None:
    page = open_page("/search?q=ke+hoach+chuyen+doi+so", java_script_enabled=False)
    first = pick_first(page)
    page.get_by_role("button", name=_LIST).press("Enter")
    expect(page.locator("h2")).to_have_text([first])

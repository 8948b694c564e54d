"""What people come for, from the first page to what they take away."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from indexer.extract.tesseract import tesseract_missing
from tests.browser.conftest import OpenPage

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def search(page: Page, text: str) -> None:
    page.locator("#q").fill(text)
    page.locator("#q").press("Enter")


def hits(page: Page) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", level=3))


def filters(page: Page) -> Locator:
    return page.get_by_role("region", name="Bộ lọc")


def choice(page: Page, label: str) -> Locator:
    return filters(page).get_by_role("checkbox", name=re.compile(f"^{label} ?, "))


def tick(page: Page, label: str) -> int:
    """Tick the filter ``label`` beside the results; return how many articles it promised."""
    box = choice(page, label)
    promised = re.search(r"\d+", box.locator("xpath=..").locator(".count").inner_text())
    assert promised
    with page.expect_navigation():
        box.click()
    return int(promised[0])


def results(page: Page) -> Locator:
    return page.get_by_role("heading", level=2, name=re.compile("kết quả trong"))


def pick_first(page: Page) -> str:
    """Pick the first result by keyboard; return its title."""
    title: str = hits(page).first.get_by_role("heading").inner_text()
    box = page.get_by_role("checkbox", name=f"Chọn {title}")
    box.press("Space")
    expect(box).to_be_checked()
    return title


def test_accents_are_not_needed(open_page: OpenPage) -> None:
    page = open_page("/")
    search(page, "khai sinh thuong tru the bhyt")
    title = "Đăng ký khai sinh, thường trú và cấp thẻ BHYT cho trẻ"
    expect(hits(page).first.get_by_role("heading")).to_contain_text(title)
    expect(hits(page).first.locator("mark").first).to_have_text("khai sinh")
    search(page, "khai sinh thường trú thẻ BHYT")
    expect(hits(page).first.get_by_role("heading")).to_contain_text(title)
    search(page, '"khai sính"')
    expect(page.get_by_text("Không có bài nào")).to_be_visible()


def test_a_slip_is_mended(open_page: OpenPage) -> None:
    page = open_page("/search?q=thủ+tucj")
    page.get_by_role("link", name="thủ tục", exact=True).click()
    expect(page.locator("#q")).to_have_value("thủ tục")
    expect(hits(page).first).to_be_visible()


def test_filters_are_ticked_removed_and_come_back(open_page: OpenPage) -> None:
    page = open_page("/search?q=phuong", viewport={"width": 1280, "height": 900})
    first = tick(page, re.escape("lamgiang.example"))
    expect(results(page)).to_have_text(re.compile(f"^{first} kết quả"))
    second = tick(page, "Báo Lam Giang")
    # The paper has taken over one text of the city.
    expect(results(page)).to_have_text(re.compile(f"^{first + second - 1} kết quả .*đã gộp 1 bài đăng lại"))
    tick(page, "2025")
    in_month = tick(page, "Tháng 9.2025")
    expect(results(page)).to_have_text(re.compile(f"^{in_month} kết quả"))
    chips = page.get_by_role("link", name=re.compile("^Bỏ (?!chọn)"))
    expect(chips).to_have_count(3)
    with_month = page.url
    page.get_by_role("link", name="Bỏ Nguồn tin: Báo Lam Giang").click()
    expect(chips).to_have_count(2)
    expect(page).to_have_url(re.compile(r"source=lamgiang\.example&date=2025-09$"))
    page.go_back()
    expect(page).to_have_url(with_month)
    expect(chips).to_have_count(3)
    page.get_by_role("link", name="Xóa hết bộ lọc").click()
    expect(page).to_have_url(re.compile(r"/search\?q=phuong$"))
    expect(chips).to_have_count(0)


def test_days_are_chosen_and_words_changed_without_losing_them(open_page: OpenPage) -> None:
    page = open_page("/search?q=hoc+phi", viewport={"width": 1280, "height": 900})
    page.get_by_label("Từ ngày", exact=True).fill("2024-01-01")
    page.get_by_label("Đến ngày", exact=True).fill("2024-12-31")
    page.get_by_role("button", name="Áp dụng").click()
    expect(page.get_by_role("link", name="Bỏ Từ ngày 01/01/2024")).to_be_visible()
    search(page, "ke hoach")
    expect(page).to_have_url(re.compile(r"q=ke\+hoach&from=2024-01-01&to=2024-12-31"))
    for day in hits(page).locator("time").all():
        assert (day.get_attribute("datetime") or "").startswith("2024-")
    page.get_by_role("link", name="Năm nay").click()
    expect(page).to_have_url(re.compile(r"from=\d{4}-01-01$"))


def test_a_document_is_found_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("/")
    page.locator("#q").focus()
    page.keyboard.type("15/")
    option = page.get_by_role("option", name="15/CT-UBND")
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=15%2FCT-UBND$"))
    page.get_by_role("main").get_by_role("link", name="15/CT-UBND").first.press("Enter")
    expect(page).to_have_url(re.compile("/directives/15-ct-ubnd$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("15/CT-UBND")


def test_filters_open_on_a_phone_without_scripts(open_page: OpenPage) -> None:
    page = open_page("/search?q=phuong", **PHONE, java_script_enabled=False)
    expect(filters(page)).to_be_hidden()
    page.locator("summary", has_text="Bộ lọc").tap()
    choice(page, "Báo Lam Giang").tap()
    choice(page, "2025").tap()
    page.get_by_role("button", name="Áp dụng").tap()
    expect(page).to_have_url(re.compile(r"date=2025&.*source=B%C3%A1o\+Lam\+Giang"))
    for label in ("Nguồn tin: Báo Lam Giang", "Năm 2025"):
        expect(page.get_by_role("link", name=f"Bỏ {label}")).to_be_visible()


@pytest.mark.skipif(tesseract_missing() is not None, reason="Tesseract is not here")
def test_a_scan_is_read_where_it_is_found(open_page: OpenPage) -> None:
    page = open_page("/search?q=đò+Cẩm+Trúc+chạy+thêm+hai+chuyến")
    hits(page).first.get_by_role("link", name="88-TB-SXD.pdf, trang 1").click()
    picture = page.get_by_role("img", name=re.compile("Ảnh trang 1"))
    expect(picture).to_be_visible()
    page.wait_for_function(
        "image => image.complete && image.naturalWidth > 1000", arg=picture.element_handle()
    )
    expect(page.locator("figure svg rect").first).to_be_attached()
    expect(page.get_by_role("region", name="Nội dung trang 1").locator("mark").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^Tải tệp")).click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")


def test_an_attachment_is_seen_in_its_article(open_page: OpenPage) -> None:
    page = open_page("{plan}")
    page.locator("summary", has_text="Xem trước trang 1").click()
    picture = page.get_by_role("img", name="Ảnh trang 1 của 74-UBND-KH.pdf")
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=picture.element_handle())
    picture.click()
    expect(page).to_have_url(re.compile("/files/0/pages/1$"))


def test_marks_are_jumped_between(open_page: OpenPage) -> None:
    page = open_page("/search?q=ke+hoach")
    hits(page).filter(has_text="Lam Giang ban hành Kế hoạch chuyển đổi số").get_by_role(
        "heading"
    ).get_by_role("link").click()
    bar = page.get_by_role("group", name="Chỗ có từ cần tìm")
    bar.get_by_role("button", name="Chỗ trước").click()
    expect(bar.get_by_role("status")).to_have_text("2/2")
    expect(page.locator(".mark-current")).to_be_in_viewport()
    bar.get_by_role("button", name="Chỗ sau").click()
    expect(bar.get_by_role("status")).to_have_text("1/2")


def test_a_browser_in_english_is_answered_in_english(open_page: OpenPage) -> None:
    page = open_page("/", locale="en-GB")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="Search")).to_be_visible()


def test_help_can_be_tried(open_page: OpenPage) -> None:
    page = open_page("/")
    page.get_by_role("navigation", name="Trang chính").get_by_role("link", name="Trợ giúp").click()
    page.get_by_role("link", name="chi thi 38 tw").click()
    expect(page.locator("#q")).to_have_value("chi thi 38 tw")
    expect(page.get_by_role("heading", name="38-CT/TW").first).to_be_visible()


def test_results_are_taken_away_and_followed(open_page: OpenPage) -> None:
    page = open_page("/search?q=ke+hoach&source=lamgiang.example")
    first = hits(page).first.get_by_role("heading").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    rows = Path(download.value.path()).read_text(encoding="utf-8")
    assert rows.startswith("\ufeff") and first in rows
    feed = page.get_by_role("link", name="Atom").get_attribute("href")
    response = page.request.get(feed or "")
    assert response.headers["content-type"].startswith("application/atom+xml")
    assert "<entry>" in response.text() and first in response.text()
    assert feed == page.locator("link[type='application/atom+xml']").get_attribute("href")


def test_without_scripts_the_ticks_of_a_page_are_a_list(open_page: OpenPage) -> None:
    page = open_page("/search?q=ke+hoach+chuyen+doi+so", java_script_enabled=False)
    first = pick_first(page)
    page.get_by_role("button", name="Xem danh sách đã chọn").press("Enter")
    expect(page.locator("h2")).to_have_text([first])

"""The search box on the page of another site, which forbids all that it can."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.another_site import DARK, Portal, Show, document
from tests.browser.pages import Site
from tests.browser.test_accessible import violations


def test_it_stands_behind_its_tag_and_leads_to_the_results(show: Show, site: Site) -> None:
    page = show(
        '<p>Trước</p><SCRIPT data-lang="en" data-source="lamgiang.example | Báo Lam Giang" data-category="Chính sách">'
        "</script><p>Sau</p>"
    )
    box = page.get_by_role("combobox", name="Search articles, documents and attachments")
    expect(box).to_be_visible()
    assert page.locator("main > *").evaluate_all("all => all.map((one) => one.localName)") == [
        "h1", "p", "script", "div", "p",
    ]  # fmt: skip
    page.keyboard.press("Tab")
    expect(box).to_be_focused()
    page.keyboard.type("kế hoạch")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.origin}/search?**")
    assert parse_qs(urlsplit(page.url).query) == {
        "q": ["kế hoạch"],
        "source": ["lamgiang.example", "Báo Lam Giang"],
        "category": ["Chính sách"],
        "lang": ["en"],
    }


def test_where_nothing_may_be_fetched_it_is_a_plain_box(browser: Browser, site: Site, portal: Portal) -> None:
    portal.policy = portal.policy.replace("connect-src", "x-connect-src")
    portal.files["/"] = document(site, "<SCRIPT></script>")
    page = browser.new_page()
    page.goto(portal.origin)
    box = page.get_by_role("combobox")
    with page.expect_console_message(lambda said: "Content Security" in said.text):
        box.press_sequentially("kế ho")
    with page.expect_request(f"{site.origin}/search?**"):
        box.press_sequentially("ạch")
        box.press("Enter")
    page.wait_for_url(f"{site.origin}/search?**")
    page.close()


def test_several_boxes_do_not_disturb_each_other(show: Show, site: Site) -> None:
    page = show(
        '<SCRIPT></script><SCRIPT async data-label="Tìm &lt;b&gt;ở đây&lt;/b&gt;"></script>'
        '<SCRIPT defer data-lang="toString" data-source=" | "></script>'
    )
    expect(page.get_by_role("combobox")).to_have_count(3)
    expect(page.get_by_role("combobox", name="Tìm tin bài, văn bản, tệp đính kèm")).to_have_count(2)
    page.get_by_label("Tìm <b>ở đây</b>").fill("a")
    page.get_by_role("button", name="Tìm").nth(1).click()
    page.wait_for_url(f"{site.origin}/search?q=a")


def test_the_page_neither_styles_it_nor_is_styled_by_it(show: Show) -> None:
    page = show('<p><label>Của trang <input type="checkbox"></label></p><SCRIPT></script>')
    box = page.get_by_role("combobox")
    expect(box).to_be_visible()
    expect(box).to_have_css("border-top-width", "2px")
    expect(page.locator("main > p > label")).to_have_css("font-weight", "400")


def test_it_follows_the_colours_of_its_place(show: Show) -> None:
    light, dark = (
        page.get_by_role("combobox").evaluate("(one) => getComputedStyle(one).backgroundColor")
        for page in (
            show("<SCRIPT></script>"),
            show('<link rel="stylesheet" href="/dark.css"><SCRIPT></script>'),
        )
    )
    assert light == "rgb(255, 255, 255)" and dark != light


@pytest.mark.parametrize("scheme", ["light", "dark", "forced"])
def test_everybody_can_use_it(show: Show, portal: Portal, scheme: str) -> None:
    portal.files["/style.css"] = DARK if scheme == "dark" else "body { color: CanvasText }"
    page = show("<SCRIPT></script>", **({"forced_colors": "active"} if scheme == "forced" else {}))
    expect(page.get_by_role("search")).to_be_visible()
    assert violations(page) == ""
    for role in ("combobox", "button"):
        page.keyboard.press("Tab")
        expect(page.get_by_role(role)).to_be_focused()
        expect(page.get_by_role(role)).to_have_css("outline-style", "solid")
        expect(page.get_by_role(role)).to_have_css("outline-width", "3px")


def test_in_a_head_it_says_what_is_wrong(browser: Browser, site: Site, portal: Portal) -> None:
    portal.files["/"] = document(site, "", head="<SCRIPT></script>")
    page = browser.new_page()
    with page.expect_console_message() as said:
        page.goto(portal.origin)
    assert "<body>" in said.value.text
    expect(page.get_by_role("combobox")).to_have_count(0)
    page.close()

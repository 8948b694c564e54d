"""Each script alone, on a page that holds nothing but what the script asks for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import Site

POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; form-action 'self'"


@pytest.fixture
def show(open_page: OpenPage, site: Site) -> Callable[..., Page]:
    """Show a page with ``body`` and one script of ours, under our policy; ``before`` that it, code of the test runs.

    Where time is ``still`` it passes only as the test says: otherwise a slow machine would take pauses of its own.
    """

    def show(script: str, body: str, before: str = "", *, still: bool = False, **options: Any) -> Page:
        page = open_page(None, still=still, **options)
        html = (
            '<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>Trang thử</title>'
            '<link rel="icon" href="data:,"><link rel="stylesheet" href="/static/style.css">'
            '<script src="/before.js"></script>'
            f'<script type="module" src="/static/{script}"></script><main>{body}</main></html>'
        )
        headers = {"Content-Security-Policy": POLICY + "; img-src data:"}
        page.route(
            "**/alone", lambda route: route.fulfill(content_type="text/html", headers=headers, body=html)
        )
        page.route("**/before.js", lambda route: route.fulfill(content_type="text/javascript", body=before))
        page.mouse.move(0, 0)  # a test before may have left it anywhere
        page.goto(site.url("/alone"))
        if still:
            page.clock.install(time=0)
            page.clock.pause_at(1)
        return page

    return show


# combobox.js

BOX = """<form action="/found"><div class="search-row"><label for="q">Tìm</label>
<input id="q" name="q" type="search" autocomplete="off" data-suggest="/api/v1/suggest" data-suggest-label="Gợi ý"
 data-suggest-some="%d gợi ý" data-suggest-none="Không có gợi ý" data-suggest-number="Số, ký hiệu">
<button>Tìm</button></div></form>"""
ANSWERS = {
    "ke": [("kế hoạch", "phrase"), ("38-KH/TU", "number"), ("Kể chuyện", "title")],
    "ke ": [("kế hoạch", "phrase")],
    "zz": [],
}


NOTE_ASKED = """window.asked = [];
const ask = window.fetch;
window.fetch = (address, options) => (asked.push(address.searchParams.get("q")), ask(address, options));
"""


class Box:
    """The search box with suggestions; time stands still but for :meth:`pause`."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.input = page.get_by_role("combobox")
        self.options = page.get_by_role("option")
        self.status = page.get_by_role("status")
        page.route("**/api/v1/suggest*", self._ask)
        page.route(
            "**/found*", lambda route: route.fulfill(content_type="text/html", body="<title>Có</title>")
        )

    def pause(self, milliseconds: int = 120) -> None:
        self.page.clock.run_for(milliseconds)

    def type(self, text: str) -> None:
        self.input.press_sequentially(text)
        self.pause()

    def offer(self) -> None:
        """Type what has three suggestions."""
        self.type("ke")
        expect(self.options).to_have_count(3)

    def active(self) -> Locator:
        return self.page.locator(f"[id='{self.input.get_attribute('aria-activedescendant')}']")

    def asked(self) -> list[str]:
        """Return what was asked for, as of the moment that the page asks."""
        return list(self.page.evaluate("asked"))

    def _ask(self, route: Route) -> None:
        typed = parse_qs(urlsplit(route.request.url).query, strict_parsing=True)["q"][0]
        found = ANSWERS.get(typed, [(f"{typed} tiếp", "phrase")])
        suggestions = [{"text": text, "kind": kind, "count": 3} for text, kind in found]
        route.fulfill(content_type="application/json", body=json.dumps({"suggestions": suggestions}))


def box_on(show: Callable[..., Page], before: str = "", **options: Any) -> Box:
    return Box(show("combobox.js", BOX, NOTE_ASKED + before, still=True, **options))


@pytest.fixture
def box(show: Callable[..., Page]) -> Box:
    return box_on(show)


def test_suggestions_show_and_are_announced(box: Box) -> None:
    expect(box.input).to_have_attribute("aria-expanded", "false")
    box.type("ke")
    expect(box.options).to_have_text(["kế hoạch", "38-KH/TU Số, ký hiệu", "Kể chuyện"])
    expect(box.input).to_have_attribute("aria-expanded", "true")
    expect(box.input).not_to_have_attribute("aria-activedescendant", re.compile("."))
    expect(box.page.get_by_role("listbox", name="Gợi ý")).to_be_visible()
    expect(box.status).to_have_text("3 gợi ý")


def test_no_suggestions_are_said_and_show_nothing(box: Box) -> None:
    box.type("zz")
    expect(box.status).to_have_text("Không có gợi ý")
    expect(box.input).to_have_attribute("aria-expanded", "false")


def test_arrows_walk_round_and_leave_what_was_typed(box: Box) -> None:
    box.offer()
    for key, text in (("ArrowDown", "kế hoạch"), ("ArrowUp", "Kể chuyện"), ("ArrowDown", "kế hoạch")):
        box.input.press(key)
        expect(box.active()).to_have_text(text)
        expect(box.page.locator("[aria-selected=true]")).to_have_text(text)
    expect(box.input).to_have_value("ke")
    box.input.press("Home")
    expect(box.page.locator("[aria-selected=true]")).to_have_count(0)
    box.type("x")
    expect(box.input).to_have_value("xke")


def test_enter_takes_a_suggestion_and_searches(box: Box) -> None:
    box.offer()
    box.input.press("ArrowDown")
    box.input.press("ArrowDown")
    box.input.press("Enter")
    expect(box.page).to_have_url(re.compile(r"/found\?q=38-KH%2FTU$"))


def test_enter_without_a_choice_searches_what_was_typed(box: Box) -> None:
    box.offer()
    box.input.press("Enter")
    expect(box.page).to_have_url(re.compile(r"/found\?q=ke$"))


def test_escape_closes_then_clears(box: Box) -> None:
    box.offer()
    box.input.press("Escape")
    expect(box.page.get_by_role("listbox")).to_be_hidden()
    expect(box.input).to_have_value("ke")
    expect(box.status).to_be_empty()
    box.input.press("Escape")
    expect(box.input).to_have_value("")


def test_tab_leaves_and_takes_nothing(box: Box) -> None:
    box.offer()
    box.input.press("ArrowDown")
    box.input.press("Tab")
    expect(box.page.get_by_role("button")).to_be_focused()
    expect(box.page.get_by_role("listbox")).to_be_hidden()
    expect(box.input).to_have_value("ke")


def test_an_arrow_opens_again(box: Box) -> None:
    box.offer()
    box.input.press("Escape")
    box.input.press("ArrowUp")
    expect(box.active()).to_have_text("Kể chuyện")


@pytest.mark.parametrize("touch", [False, True], ids=["mouse", "touch"])
def test_pressing_a_suggestion_searches_it(show: Callable[..., Page], touch: bool) -> None:
    box = box_on(show, has_touch=touch)
    box.type("ke")
    option = box.options.filter(has_text="Kể chuyện")
    option.tap() if touch else option.click()
    expect(box.page).to_have_url(re.compile(r"/found\?q=K%E1%BB%83\+chuy%E1%BB%87n$"))


def test_the_pointer_and_one_letter_ask_nothing(box: Box) -> None:
    box.input.click()
    box.pause()
    box.type("k")
    box.input.press("ArrowDown")
    expect(box.page.get_by_role("listbox")).to_be_hidden()
    assert box.asked() == []


def test_only_a_pause_asks_and_known_answers_are_kept(box: Box) -> None:
    box.input.press_sequentially("k")
    box.pause(119)
    box.input.press_sequentially("e")
    box.pause(119)
    assert box.asked() == []
    box.pause(1)
    expect(box.options).to_have_count(3)
    box.type(" ")
    expect(box.options).to_have_count(1)
    box.input.press("Backspace")
    box.pause()
    expect(box.options).to_have_count(3)
    assert box.asked() == ["ke", "ke "]


def test_a_late_answer_to_older_letters_is_ignored(show: Callable[..., Page]) -> None:
    # Answers come when the test says so, and even to what was called off.
    hold = """window.held = []; window.fetch = (address) => new Promise((done) => held.push(() => {
        const text = address.searchParams.get("q") + " tiếp";
        done(new Response(JSON.stringify({ suggestions: [{ text, kind: "phrase" }] })));
    }))"""
    box = box_on(show, hold)
    box.type("ke")
    box.type("m")
    box.page.evaluate("held[1]()")
    expect(box.options).to_have_text(["kem tiếp"])
    box.page.evaluate("held[0]()")
    expect(box.options).to_have_text(["kem tiếp"])


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("Promise.reject(new TypeError('Failed to fetch'))", id="unreachable"),
        pytest.param("Promise.resolve(new Response('{}', { status: 503 }))", id="busy"),
        pytest.param("Promise.resolve(new Response('<!DOCTYPE html>'))", id="not JSON"),
    ],
)
def test_a_failure_is_silent(show: Callable[..., Page], answer: str) -> None:
    box = box_on(show, f"window.fetch = () => {answer}")
    box.type("ke")
    expect(box.page.get_by_role("listbox")).to_be_hidden()
    box.input.press("Enter")
    expect(box.page).to_have_url(re.compile(r"/found\?q=ke$"))


def test_half_composed_syllables_ask_nothing(box: Box) -> None:
    keyboard = box.page.context.new_cdp_session(box.page)

    def compose(text: str) -> None:
        keyboard.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        )
        box.pause(1000)

    box.input.focus()
    for half in ("h", "ho", "hô", "hôi", "hội"):
        compose(half)
    assert box.asked() == []
    keyboard.send("Input.insertText", {"text": "hội"})
    box.pause()
    expect(box.options).to_have_text(["hội tiếp"])
    assert box.asked() == ["hội"]


# marks.js

TEXT = """<div data-marks data-marks-label="Chỗ có từ cần tìm" data-marks-previous="Chỗ trước"
 data-marks-next="Chỗ sau" data-marks-all="%d chỗ" data-marks-count="%d/%d">
<p><mark>Kế</mark> <mark>hoạch</mark> và <mark>kế</mark><mark>hoạch</mark></p><p>…</p>
<p><mark>hoạch</mark></p> <p><mark>định</mark>, <mark>đoạt</mark></p></div>"""


def test_marks_are_walked_through_place_by_place(show: Callable[..., Page]) -> None:
    page = show("marks.js", TEXT)
    bar = page.get_by_role("group", name="Chỗ có từ cần tìm")
    after, before = (
        bar.get_by_role("button", name="Chỗ sau"),
        bar.get_by_role("button", name="Chỗ trước"),
    )
    status, current = bar.get_by_role("status"), page.locator(".mark-current")
    expect(status).to_have_text("5 chỗ")
    expect(current).to_have_count(0)
    after.press("Enter")
    expect(current).to_have_text(["Kế", "hoạch"])
    expect(status).to_have_text("1/5")
    expect(after).to_be_focused()
    before.click()
    expect(current).to_have_text(["đoạt"])
    expect(status).to_have_text("5/5")
    for place in (["Kế", "hoạch"], ["kế", "hoạch"], ["hoạch"], ["định"]):
        after.click()
        expect(current).to_have_text(place)


@pytest.mark.parametrize(("motion", "how"), [("no-preference", "smooth"), ("reduce", "instant")])
def test_moving_to_a_mark_respects_reduced_motion(show: Callable[..., Page], motion: str, how: str) -> None:
    note = "Element.prototype.scrollIntoView = (options) => { window.moved = options.behavior }"
    page = show("marks.js", TEXT, note, reduced_motion=motion)
    page.get_by_role("button", name="Chỗ sau").click()
    assert page.evaluate("window.moved") == how


def test_the_bar_stays_in_sight_and_the_mark_comes_into_it(show: Callable[..., Page]) -> None:
    page = show("marks.js", TEXT.replace("<p>…</p>", "<p>…</p>" * 80), reduced_motion="reduce")
    after = page.get_by_role("button", name="Chỗ sau")
    for _ in range(3):
        after.click()
    expect(page.locator(".mark-current")).to_be_in_viewport()
    expect(after).to_be_in_viewport()


def test_a_text_without_marks_gets_no_bar(show: Callable[..., Page]) -> None:
    page = show("marks.js", re.sub("</?mark>", "", TEXT))
    expect(page.get_by_role("button")).to_have_count(0)


# facets.js

VALUES = (
    "Đà Nẵng",
    "Hải Phòng",
    "Hà Nội",
    "Thừa Thiên Huế",
    "Cần Thơ",
    "Đồng Nai",
    "Đắk Lắk",
    "Cà Mau",
    "Lào Cai",
)


def filters(*values: str) -> str:
    items = "".join(
        f'<li><a class="choice" href="#"><span class="choice-label">{value}</span> <span>3 bài</span></a></li>'
        for value in values
    )
    return f"""<ul data-filter data-filter-label="Tìm trong Nguồn tin" data-filter-none="Không có trong danh sách"
 data-filter-count="%d giá trị">{items}</ul>"""


def test_long_lists_are_filtered_whatever_the_accents(show: Callable[..., Page]) -> None:
    page = show("facets.js", filters(*VALUES, "Năm 2024<ul><li>Tháng 11</li></ul>"))
    box, status = page.get_by_label("Tìm trong Nguồn tin"), page.get_by_role("status")
    expect(status).to_be_empty()
    box.fill("d n")
    expect(page.get_by_role("link").filter(visible=True)).to_have_text(
        [re.compile("Đà Nẵng"), re.compile("Đồng Nai")]
    )
    expect(status).to_have_text("2 giá trị")
    box.fill("ĐÀ NẴNG")
    expect(status).to_have_text("1 giá trị")
    box.fill("bai")
    expect(status).to_have_text("Không có trong danh sách")
    expect(page.get_by_role("link").filter(visible=True)).to_have_count(0)
    box.press("Escape")
    expect(page.get_by_role("link").filter(visible=True)).to_have_count(10)
    expect(status).to_be_empty()


def test_short_lists_get_no_box(show: Callable[..., Page]) -> None:
    page = show("facets.js", filters(*VALUES))
    expect(page.get_by_role("link")).to_have_count(9)
    expect(page.get_by_role("searchbox")).to_have_count(0)


# copy.js

CITATION = """<p id="c">Lam Giang, <b>Kế hoạch</b>
 74</p><button type="button" hidden data-copy="#c" data-copied="Đã sao chép">Chép trích dẫn</button>"""


def test_a_text_is_copied_and_that_is_said(show: Callable[..., Page]) -> None:
    page = show("copy.js", CITATION, still=True, permissions=["clipboard-read", "clipboard-write"])
    button, status = page.get_by_role("button"), page.get_by_role("status")
    button.click()
    expect(button).to_have_text("Đã sao chép")
    expect(status).to_have_text("Đã sao chép")
    assert page.evaluate("navigator.clipboard.readText()") == "Lam Giang, Kế hoạch 74"
    page.clock.run_for(4000)
    expect(button).to_have_text("Chép trích dẫn")
    expect(status).to_be_empty()


def test_the_value_of_a_box_is_copied_as_it_is(show: Callable[..., Page]) -> None:
    body = (
        CITATION.replace("</p>", "</textarea>")
        .replace("<p", '<textarea aria-label="Mã"')
        .replace("<b>", "")
        .replace("</b>", "")
    )
    page = show("copy.js", body, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button").click()
    expect(page.get_by_role("button")).to_have_text("Đã sao chép")
    assert page.evaluate("navigator.clipboard.readText()") == "Lam Giang, Kế hoạch\n 74"


def test_a_refused_copy_leaves_the_text_selected(show: Callable[..., Page]) -> None:
    refuse = "navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))"
    page = show("copy.js", CITATION, refuse)
    page.get_by_role("button").click()
    page.wait_for_function("String(getSelection()).startsWith('Lam Giang')")
    expect(page.get_by_role("button")).to_have_text("Chép trích dẫn")


def test_without_a_clipboard_there_is_no_button(show: Callable[..., Page]) -> None:
    page = show("copy.js", CITATION, "Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    expect(page.get_by_text("Kế hoạch")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)

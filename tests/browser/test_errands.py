"""Twelve errands that people come with, each from the first page to what they take away.

A citizen on a phone:
 1. narrows results by several filters, and sees how many there will be first;
 2. reads one clause of a law, found by the number of its article;
 3. asks whether a document still holds, and copies how it is cited.
A journalist:
 4. takes what cites a plan home as a list;
 5. sees what changed between a draft and what was issued;
 6. follows a subject, by RSS and by mail.
A member of staff with a list to make, by keyboard:
 7. takes the decisions of one body and year out of the register;
 8. gathers articles of two searches for a meeting;
 9. gives a word that finds nothing a meaning, and takes it back;
10. learns why an attachment cannot be found by its text.
A reader who hears pages, by keyboard:
11. searches in English, with two days the wrong way round;
12. takes a suggestion in the box on another site.
"""

from __future__ import annotations

import csv
import io
import re
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from indexer.alerts.run import AlertRun
from indexer.model import Article
from indexer.settings import Settings
from tests.alerts.mailbox import Mailbox, text_of
from tests.browser.another_site import Show
from tests.browser.conftest import WORD, Desk, OpenPage
from tests.browser.pages import Site
from tests.browser.serving import answering
from tests.browser.test_accessible import violations
from tests.browser.test_filters import DESK, SMALL, top
from tests.browser.test_journeys import PHONE, choice, filters, hits, pick_first, results, search
from tests.browser.test_narrow import WIDER
from tests.collection import index
from tests.webui.views.test_long_texts import LAW

_DRAFT = """Quy chế này quy định hoạt động của bến thuyền Cẩm Trúc.

Thuyền rời bến trước 21 giờ. Chủ thuyền nộp sổ ghi chuyến vào cuối tháng.

Mỗi thuyền chở nhiều nhất mười hai khách."""
_ISSUED = _DRAFT.replace("21 giờ", "20 giờ") + "\n\nTrẻ em dưới sáu tuổi có người lớn đi cùng."
_TOWN = (
    Article("luat", "Luật Bến thuyền", LAW, number="15/2019/QH14", type="Luật"),
    Article("du-thao", "Dự thảo Quy chế bến thuyền Cẩm Trúc: mời góp ý", _DRAFT, number="12/QĐ-UBND"),
    Article(
        "quy-che",
        "Ban hành Quy chế bến thuyền Cẩm Trúc",
        _ISSUED,
        number="12/QĐ-UBND",
        type="Quyết định",
        published=datetime.fromisoformat("2024-03-05T08:00:00+07:00"),
    ),
)
_NEWS = Article("moi", "Bến thuyền Cẩm Trúc mở thêm một chuyến tối", "Chuyến tối chạy từ thứ Sáu.")
_PUBLIC = "https://tim.lamgiang.example"
_WHO = "ten@vidu.example"
Visit = Callable[..., Page]


class _Town:
    """A portal of a few articles that sends mails, and a clock that tests turn on."""

    def __init__(self, settings: Settings, mailbox: Mailbox, origin: str) -> None:
        self.origin, self.mailbox = origin, mailbox
        self._settings = settings
        self._now = int(time.time())
        self.send()

    def send(self, days: int = 0) -> None:
        """Do what the timer of alerts does, ``days`` later."""
        self._now += days * 86_400
        AlertRun(self._settings, lambda: self._now).run()

    def add(self, article: Article) -> None:
        index(self._settings, [article])

    def link(self) -> str:
        """Return the address, here, that the last mail asks to open."""
        found: list[str] = re.findall(rf"{_PUBLIC}(/alerts/\S+)", text_of(self.mailbox.mails[-1]))
        return self.origin + found[-1]


@pytest.fixture(scope="module")
def town(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Town]:
    mailbox = Mailbox()
    settings = Settings(
        data=tmp_path_factory.mktemp("town"),
        site_url=_PUBLIC,
        ocr=False,
        smtp=mailbox.settings,
    )
    index(settings, _TOWN)
    with answering(settings) as origin:
        yield _Town(settings, mailbox, origin)
    mailbox.close()


@pytest.fixture
def visit(town: _Town, open_page: OpenPage, foreign: list[str]) -> Visit:
    def visit(path: str, **options: Any) -> Page:
        foreign.append(town.origin)
        page = open_page(None, **options)
        page.goto(town.origin + path)
        return page

    return visit


def saved(page: Page, name: str) -> bytes:
    """Return the file behind the link ``name``, saved by keyboard."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).first.press("Enter")
    return Path(download.value.path()).read_bytes()


def saved_workbook(page: Page) -> tuple[list[Any], list[Any]]:
    """Save the list for Excel; return the lines that tell of it, and its rows."""
    about, sheet = openpyxl.load_workbook(io.BytesIO(saved(page, "Excel"))).worksheets
    return list(about.iter_rows(values_only=True)), list(sheet.iter_rows(min_row=2, values_only=True))


def test_1_several_filters_on_a_phone_with_the_number_first(open_page: OpenPage) -> None:
    """Search from the first page; open the filters; tick a year and a newspaper, which stay open and say how many
    results there will be; take one back and tick it again; apply; read the same number; open the first result."""
    page = open_page("/", **PHONE)
    search(page, "phuong")
    page.locator("summary", has_text="Bộ lọc").tap()
    apply = filters(page).get_by_role("button")
    expect(apply).to_be_in_viewport(ratio=1)
    for label in ("2025", "Báo Lam Giang"):
        choice(page, label).tap()
        expect(apply).to_have_text(re.compile(r"^Áp dụng \(\d+ kết quả\)$"))
    expect(page).to_have_url(re.compile(r"/search\?q=phuong$"))
    both = apply.inner_text()
    choice(page, "2025").tap()
    expect(apply).not_to_have_text(both)
    choice(page, "2025").tap()
    expect(apply).to_have_text(both)
    apply.tap()
    expect(filters(page)).to_be_hidden()
    expect(results(page)).to_contain_text(re.findall(r"\((.+)\)", both)[0])
    for label in ("Năm 2025", "Nguồn tin: Báo Lam Giang"):
        expect(page.get_by_role("link", name=f"Bỏ {label}")).to_be_attached()
    assert top(page, ".finder-main .hit") < 360
    title = hits(page).first.get_by_role("heading")
    said = title.inner_text()
    title.get_by_role("link").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(said)


def test_2_a_clause_of_a_law_by_the_number_of_its_article(visit: Visit) -> None:
    """Type an article and its law without accents: it is in sight; open it; from there go to the contents and on to another
    article; follow its reference to a clause."""
    page = visit("/", **SMALL)
    search(page, "dieu 4 luat ben thuyen")
    answer = page.get_by_role("region", name="Luật 15/2019/QH14").get_by_role("link", name="Điều 4. Đèn bến")
    expect(answer).to_be_in_viewport(ratio=1)
    answer.press("Enter")
    expect(page).to_have_url(re.compile("#dieu-4$"))
    expect(page.get_by_role("heading", name=re.compile("^Điều 4"))).to_be_in_viewport()
    page.get_by_role("link", name="Mục lục").press("Enter")
    contents = page.get_by_role("navigation", name="Mục lục")
    contents.locator("summary").first.press("Enter")
    contents.get_by_role("link", name="Điều 3. Áo phao của khách").press("Enter")
    expect(page.get_by_role("heading", name=re.compile("^Điều 3"))).to_be_in_viewport()
    page.get_by_role("link", name="khoản 2 Điều 2", exact=True).press("Enter")
    expect(page).to_have_url(re.compile("#dieu-2-khoan-2$"))
    expect(page.get_by_text("2. Áo phao là áo nổi trên mặt nước.")).to_be_in_viewport()
    assert page.evaluate(WIDER) == []


def test_3_whether_a_plan_still_holds_and_how_it_is_cited(open_page: OpenPage) -> None:
    """Type the number as people say it; read the status and the sentence that proves it above the results; open the
    document; copy its citation."""
    page = open_page("/", **PHONE, permissions=["clipboard-read", "clipboard-write"])
    search(page, "ke hoach 74 ubnd")
    card = page.get_by_role("region", name="Kế hoạch 74/KH-UBND")
    expect(card).to_contain_text("Tình trạng hiệu lực: Được sửa đổi, bổ sung")
    expect(card.locator("q")).to_contain_text("118/KH-UBND sửa đổi, bổ sung")
    card.get_by_role("heading").get_by_role("link").tap()
    expect(page.locator(".legal-status q")).to_contain_text("118/KH-UBND sửa đổi, bổ sung")
    page.locator("summary", has_text="Trích dẫn văn bản này").tap()
    page.get_by_role("button", name="Sao chép").tap()
    expect(page.get_by_role("button", name="Đã sao chép")).to_be_focused()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Kế hoạch số 74/KH-UBND ngày 15 tháng 03 năm 2023 của Ủy ban nhân dân")
    assert copied.endswith("/directives/74-kh-ubnd")


def test_4_what_cites_a_plan_as_a_list(open_page: OpenPage) -> None:
    """Open a document; read how many articles cite it, and each with its sentence; save them for Excel: the list has the same
    articles, and its first sheet says of which document they are and how many."""
    page = open_page("/directives/74-kh-ubnd", **DESK)
    counted = page.get_by_role("heading", name=re.compile(r"^\d+ bài viện dẫn$")).inner_text()
    shown = page.locator("section.citing .hit")
    for one in shown.all():
        expect(one.locator("q")).to_contain_text("74/KH-UBND")
    about, rows = saved_workbook(page)
    told = dict(about)
    assert (told["Văn bản"], told["Số bài viện dẫn"]) == ("Kế hoạch 74/KH-UBND", counted.split()[0])
    titles = shown.get_by_role("heading").all_inner_texts()
    assert sorted(row[2] for row in rows) == sorted(titles) and len(set(titles)) == int(counted.split()[0])


def test_5_what_changed_between_a_draft_and_what_was_issued(visit: Visit) -> None:
    """Find the rules; ask for a comparison; choose the draft among what is offered; read each change, first alone and then
    within the whole text; put the older one first."""
    page = visit("/search?q=ban+hành+quy+chế+bến+thuyền", **DESK)
    hits(page).get_by_role("link", name="Ban hành Quy chế bến thuyền Cẩm Trúc", exact=True).click()
    page.get_by_role("link", name="So sánh với bài khác").click()
    offered = page.get_by_role("region", name="Chọn bản để so sánh")
    offered.get_by_role("link", name=re.compile("^Dự thảo")).click()
    changes = page.get_by_role("region", name="2 chỗ khác nhau")
    changed = changes.get_by_role("group", name="Đoạn có sửa")
    expect(changed.locator("del")).to_contain_text("bỏ: 20")
    page.get_by_role("link", name="Đổi chỗ hai bản").click()
    expect(changed.locator("del")).to_contain_text("bỏ: 21")
    expect(changed.locator("ins")).to_contain_text("thêm: 20")
    expect(changes.get_by_role("group", name="Đoạn chỉ có ở bản thứ hai")).to_contain_text("Trẻ em")
    page.get_by_role("link", name="Xem toàn văn hai bản").click()
    expect(changes.get_by_text("Mỗi thuyền chở nhiều nhất mười hai khách.")).to_be_visible()


def test_6_a_subject_is_followed_by_feed_and_mail(visit: Visit, town: _Town) -> None:
    """Search; take the address of the feed; ask for mails; nothing comes before the mailed link is opened and its button
    pressed; what is new comes by both; one press in the mail ends it."""
    page = visit("/search?q=bến+thuyền+cẩm+trúc", **DESK)
    feed = page.get_by_role("link", name="RSS").get_attribute("href") or ""
    page.get_by_role("link", name="Nhận tin qua e-mail").click()
    page.get_by_label("Địa chỉ e-mail của bạn").fill(_WHO)
    page.get_by_role("button", name="Gửi thư xác nhận").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hãy kiểm tra hộp thư của bạn")
    town.send()
    page.goto(town.link())
    expect(page.locator(".alert-search")).to_contain_text("bến thuyền cẩm trúc")
    page.get_by_role("button", name="Xác nhận đăng ký nhận tin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng ký nhận tin thành công")
    town.add(_NEWS)
    town.send(days=1)
    assert [mail["To"] for mail in town.mailbox.mails] == [_WHO, _WHO]
    assert _NEWS.title in text_of(town.mailbox.mails[-1])
    items = ElementTree.fromstring(page.request.get(town.origin + feed).text()).iter("item")
    assert _NEWS.title in [item.findtext("title") for item in items]
    page.goto(town.link())
    page.get_by_role("button", name="Hủy đăng ký").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã hủy đăng ký nhận tin")


def test_7_the_register_by_body_and_year_as_a_table(open_page: OpenPage) -> None:
    """From the first page to the register; tick a body and a year by the space bar, focus staying; read how many there are;
    save the table; take the feed of the same filters."""
    page = open_page("/", **DESK)
    page.get_by_role("navigation", name="Trang chính").get_by_role("link", name="Văn bản").press("Enter")
    for label in ("Ủy ban nhân dân", "2024"):
        box = filters(page).get_by_role("checkbox", name=re.compile(f"^{label} ?, "))
        with page.expect_navigation():
            box.press("Space")
        expect(box).to_be_focused()
        expect(box).to_be_checked()
    listed = page.locator(".entry h3")
    expect(page.get_by_role("heading", level=2, name=f"{listed.count()} văn bản")).to_be_visible()
    rows = list(csv.reader(io.StringIO(saved(page, "CSV").decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == listed.all_inner_texts()
    feed = page.get_by_role("link", name="RSS").get_attribute("href") or ""
    assert "2024" in feed and "<item>" in page.request.get(feed).text()


def test_8_articles_of_two_searches_are_a_list_for_a_meeting(open_page: OpenPage) -> None:
    """Pick an article of each of two searches; open the list; save it for Excel; print it; take one out; go back to results
    where the other is still picked."""
    page = open_page("/search?q=ke+hoach+chuyen+doi+so", fresh=True, **DESK)
    first = pick_first(page)
    expect(page.get_by_role("button", name="Xem danh sách đã chọn (1)")).to_be_in_viewport()
    search(page, "den long")
    second = pick_first(page)
    page.get_by_role("button", name="Xem danh sách đã chọn (2)").press("Enter")
    expect(page.locator("h2")).to_have_text([first, second])
    assert [row[0] for row in saved_workbook(page)[1]] == [first, second]
    page.emulate_media(media="print")
    expect(page.locator(".printed")).to_contain_text("/list?id=")
    expect(page.get_by_role("link", name=re.compile("Bỏ khỏi"))).to_have_count(0)
    page.emulate_media(media="screen")
    page.get_by_role("link", name=re.compile("Bỏ khỏi danh sách")).first.press("Enter")
    expect(page.locator("h2")).to_have_text([second])
    page.go_back()
    page.go_back()
    expect(page.get_by_role("button", name="Xem danh sách đã chọn (1)")).to_be_visible()


def test_9_a_word_that_finds_nothing_gets_a_meaning_and_loses_it(desk: Desk) -> None:
    """At the desk open what finds nothing; say what the word means; see what that changes before it is kept; keep it; read
    in the journal who did so; take it back there."""
    page = desk("", **SMALL)
    page.get_by_role("link", name="Lượt tìm").first.press("Enter")
    page.get_by_role("link", name=f"Xử lý {WORD}").press("Enter")
    page.get_by_role("link", name="Thêm từ này vào từ điển riêng").press("Enter")
    expect(page.get_by_label("Từ, chữ viết tắt hoặc tên hiện nay")).to_have_value(WORD)
    page.get_by_label(re.compile("^Nghĩa")).focus()
    page.keyboard.type("kế hoạch chuyển đổi số")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Chưa lưu.")
    expect(page.get_by_role("table", exact=True).first).to_contain_text("mới vào trang đầu")
    assert violations(page) == "" and page.evaluate(WIDER) == []
    page.get_by_role("button", name="Lưu thay đổi").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã lưu")
    expect(page.get_by_role("row", name=WORD)).to_be_visible()
    page.get_by_role("link", name="Nhật ký").press("Enter")
    change = page.get_by_role("main").get_by_role("listitem").filter(has_text=WORD).first
    expect(change).to_contain_text("an")
    change.get_by_role("button", name="Thử hoàn tác thay đổi này").press("Enter")
    expect(page.get_by_role("table", exact=True).first).to_contain_text("ra khỏi trang đầu")
    page.get_by_role("button", name="Lưu thay đổi").press("Enter")
    expect(page.get_by_role("row", name=WORD)).to_have_count(0)


def test_10_why_an_attachment_is_not_found(desk: Desk) -> None:
    """From the desk's first page to what could not be read; read why and what to do; open the article that carries it."""
    page = desk("", **DESK)
    page.get_by_role("link", name="Tệp có mật khẩu, không đọc được nội dung").press("Enter")
    one = (
        page.get_by_role("main").get_by_role("listitem").filter(has_text="danh-sach-thi-sinh-dot-1.pdf").first
    )
    expect(one).to_contain_text("Tệp có mật khẩu. Gỡ mật khẩu rồi đăng lại tệp.")
    one.get_by_role("heading").get_by_role("link").press("Enter")
    expect(page.get_by_role("region", name="Tệp đính kèm")).to_contain_text("danh-sach-thi-sinh-dot-1.pdf")


def test_11_in_english_with_days_the_wrong_way_round(open_page: OpenPage) -> None:
    """Change the language; search; open the filters, give the later day first; hear how many results there are; apply: the
    days are put right and named; skip to the results; open the first, still in English."""
    page = open_page("/", **SMALL)
    page.get_by_role("link", name="English").press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    search(page, "hoc phi")
    page.locator("summary", has_text="Filters").press("Enter")
    panel = page.get_by_role("region", name="Filters")
    panel.get_by_label("From").fill("2025-12-31")
    panel.get_by_label("To", exact=True).fill("2024-01-01")
    expect(panel.get_by_role("status")).to_have_text(re.compile(r"\d+ results?"))
    panel.get_by_role("button", name=re.compile(r"^Apply \(\d+ results?\)$")).press("Enter")
    for label in ("From 1 Jan 2024", "To 31 Dec 2025"):
        expect(page.get_by_role("link", name=f"Remove {label}")).to_be_attached()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to results")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name=re.compile("results? in"))).to_be_in_viewport()
    hits(page).first.get_by_role("heading").get_by_role("link").press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Tiếng Việt").press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    expect(page).to_have_url(re.compile("/articles/.*lang=vi"))


def test_12_a_suggestion_in_the_box_on_another_site(show: Show, site: Site) -> None:
    """On another site go to the search box; type the beginning of a word; hear how many suggestions there are; walk to one,
    leave them, come back; take one: its results are here, of the source that the other site asks for."""
    page = show('<SCRIPT data-source="lamgiang.example"></script><p>Sau</p>', **SMALL)
    box = page.get_by_role("combobox", name="Tìm tin bài, văn bản, tệp đính kèm")
    page.keyboard.press("Tab")
    expect(box).to_be_focused()
    box.press_sequentially("ke ho")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("gợi ý, dùng phím mũi tên")
    assert violations(page) == "" and page.evaluate(WIDER) == []
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_value("ke ho")
    box.press("ArrowDown")
    chosen = options.first.inner_text()
    box.press("Enter")
    page.wait_for_url(f"{site.origin}/search?**")
    assert parse_qs(urlsplit(page.url).query) == {"q": [chosen], "source": ["lamgiang.example"]}
    expect(page.get_by_role("link", name="Bỏ Nguồn tin: lamgiang.example")).to_be_attached()

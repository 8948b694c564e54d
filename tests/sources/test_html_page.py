import unicodedata
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import ItemError
from indexer.model import RelatedItem
from indexer.sources.html_page import read_html_page
from indexer.sources.page import Page

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TITLE = "Phường Bến Mới công khai quy hoạch khu dân cư ven sông"
FIRST = (
    "Uỷ ban nhân dân phường vừa công khai bản đồ quy hoạch khu dân cư ven sông tại trụ sở"
    " và trên cổng thông tin, sau ba tháng lấy ý kiến của các hộ dân."
)
SECOND = "Người dân góp ý bằng phiếu trong 30 ngày, kể từ ngày 05/3/2020, tại bộ phận một cửa của phường."
MARKS = """
<p>Tài liệu đính kèm tải tại đây <a href="tep/12-UBND-TB.pdf">12-UBND-TB.pdf</a></p>
<p><i>(Nguồn: sotnmt.example)</i></p><p><b>Nguồn tin:</b> benmoi.example</p>"""
RELATED = """
<h3>Tin khác</h3><ul><li><a href="a.html">Phường mở hội chợ hoa xuân với ba mươi gian hàng</a>
<p>Hội chợ năm nay có thêm khu ẩm thực và chương trình ca nhạc buổi tối cho thiếu nhi…</p><span>02/02/2024</span></li>
<li><a href="b.pdf">Lịch tiếp công dân tháng hai</a><p>Mời xem…</p><span>01/02/2024</span></li></ul>"""
AROUND = """
<nav><a href="/">Trang chủ</a> <a href="/lien-he">Liên hệ phòng văn thư</a> <a href="/mau.pdf">Mẫu đơn</a></nav>"""
FOOTER = """
<footer><p>Cơ quan chủ quản: Uỷ ban nhân dân phường Bến Mới, số 1 đường Bờ Sông, điện thoại 0900.</p></footer>
<div class="cookie-bar">This website uses cookies. See Our policy to learn more. <a href="#">Read More</a></div>"""


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


def read(data: bytes) -> Page:
    return read_html_page(data, "page", ZONE)


PARAGRAPHS = f"<p>{FIRST}</p><p>{SECOND}</p>"
FORMS = {
    "flat": f"{AROUND}<p>Đất đai</p><h1>{TITLE}</h1>{PARAGRAPHS}{MARKS}{RELATED}{FOOTER}",
    "wrapped": f'{AROUND}<main><div class="breadcrumb">Trang chủ » Tin tức » Đất đai</div><article><h1>{TITLE}</h1>'
    f"{PARAGRAPHS}{MARKS}</article><section>{RELATED}</section></main>{FOOTER}",
    "table": f"<table><tr><td colspan=2>{AROUND}</td></tr><tr><td><p><b>DANH MỤC</b></p><p>Lịch công tác</p></td><td>"
    f"<p>Trang chủ > Đất đai</p><h1>{TITLE}</h1><div>{FIRST}<br><br>{SECOND}</div>{MARKS}<div>{RELATED}</div></td></tr>"
    f"<tr><td>{FOOTER}</td></tr></table>",
    "one form": f'<form id="aspnetForm"><div>{AROUND}</div><div id="content"><p>Đất đai</p><h1>{TITLE}</h1>{PARAGRAPHS}'
    f"{MARKS}{RELATED}</div>{FOOTER}</form>",
    "side column first": f'<div><div class="cot"><h3>Tin khác</h3><p>Một tin ở cột bên</p></div><div><p>Đất đai</p>'
    f"<h1>{TITLE}</h1>{PARAGRAPHS}{MARKS}{RELATED}</div></div>{FOOTER}",
    "no heading": f"<p>Đất đai</p><p>{TITLE}</p>{PARAGRAPHS}{MARKS}{RELATED}{FOOTER}",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_portal_page_in_many_forms(form: str) -> None:
    read_page = read(page(FORMS[form]))
    article = read_page.article
    assert (article.title, article.category) == (TITLE, "Đất đai")
    assert article.body == f"{FIRST}\n\n{SECOND}" or article.body == f"{FIRST}\n{SECOND}"
    assert article.sources == ("sotnmt.example", "benmoi.example")
    assert [attachment.name for attachment in article.attachments] == ["12-UBND-TB.pdf"]
    assert [link.href for link in read_page.links] == ["tep/12-UBND-TB.pdf"]
    assert article.published is None, "dates of related items and of the text are not the page's"
    assert article.related == (
        RelatedItem(
            "Phường mở hội chợ hoa xuân với ba mươi gian hàng",
            "Hội chợ năm nay có thêm khu ẩm thực và chương trình ca nhạc buổi tối cho thiếu nhi…",
            date(2024, 2, 2),
        ),
        RelatedItem("Lịch tiếp công dân tháng hai", "Mời xem…", date(2024, 2, 1)),
    )


def test_a_page_without_marks_keeps_its_text_only() -> None:
    article = read(page(f"{AROUND}<div><h1>{TITLE}</h1>{PARAGRAPHS}</div>{FOOTER}")).article
    assert article.title == TITLE
    assert article.body == f"{FIRST}\n\n{SECOND}"


def test_the_head_of_the_page() -> None:
    head = f"""<title>{TITLE} - Cổng thông tin phường</title><meta property="og:title" content="{TITLE}">
    <meta property="article:published_time" content="2024-03-14T09:15:00+07:00">
    <meta property="article:modified_time" content="2024-03-15"><meta property="og:site_name" content="Cổng Bến Mới">
    <meta property="article:section" content="Quy hoạch"><meta property="og:url" content="https://benmoi.example/1">"""
    article = read(page(f"<h1>Cổng thông tin</h1><h1>{TITLE}</h1>{PARAGRAPHS}", head)).article
    assert article.title == TITLE
    assert article.published == datetime(2024, 3, 14, 9, 15, tzinfo=ZONE)
    assert article.updated == datetime(2024, 3, 15, tzinfo=ZONE)
    assert (article.sources, article.category) == (("Cổng Bến Mới",), "Quy hoạch")
    assert article.url == "https://benmoi.example/1"


@pytest.mark.parametrize(
    "mark",
    [
        "<p>14/03/2024 09:15</p>",
        "<div>Thứ năm, 14/03/2024, 09:15</div>",
        "<p>Ngày đăng: <span>14-03-2024</span> 09:15</p>",
        "<p>Đăng ngày <time>14/03/2024</time> 09:15</p>",
    ],
)
def test_the_date_shown_at_the_title(mark: str) -> None:
    article = read(page(f"<h1>{TITLE}</h1>{mark}{PARAGRAPHS}{MARKS}{RELATED}")).article
    assert article.published == datetime(2024, 3, 14, 9, 15, tzinfo=ZONE)
    assert article.body == f"{FIRST}\n\n{SECOND}"


def test_schema_org_data() -> None:
    data = (
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2024-03-14T02:15:00Z"}]}</script>'
    )
    published = read(page(f"<h1>{TITLE}</h1>{PARAGRAPHS}", data)).article.published
    assert published == datetime(2024, 3, 14, 9, 15, tzinfo=ZONE)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_encodings(codec: str) -> None:
    text = f"<html><head><meta charset={codec}></head><body><h1>{TITLE}</h1>{PARAGRAPHS}</body></html>"
    # Windows-1258 writes tone marks as characters of their own.
    data = text.encode(codec) if codec != "cp1258" else _cp1258(text)
    article = read(data).article
    assert (article.title, article.body) == (TITLE, f"{FIRST}\n\n{SECOND}")


def _cp1258(text: str) -> bytes:
    shaped = ""
    for letter in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"), "")
        shaped += unicodedata.normalize("NFC", marks.replace(tone, "")) + tone if tone else letter
    return shaped.encode("cp1258")


def test_attachments_are_documents_of_the_articles_own_part() -> None:
    links = (
        '<p><a href="a.docx">Mẫu đơn</a> <a href="/b/K%E1%BA%BF%20ho%E1%BA%A1ch.pdf?v=2">tại đây</a>'
        ' <a href="anh.jpg">ảnh</a> <a href="tin.html">tin</a> <a href="a.docx">lần nữa</a></p>'
    )
    article = read(
        page(f"{AROUND}<h1>{TITLE}</h1>{PARAGRAPHS}{links}<p>Nguồn tin: a.example</p>{RELATED}")
    ).article
    assert [attachment.name for attachment in article.attachments] == ["a.docx", "Kế hoạch.pdf"]


@pytest.mark.parametrize("suffix", "odt odm ods odp ott oth ots otp fodt fods fodp sxw sxg sxc sxi".split())
def test_a_link_to_a_document_of_opendocument_is_an_attachment(suffix: str) -> None:
    read_page = read_html_page(
        f'<h1>Tin</h1><p>Thân bài của tin.</p><p><a href="x.{suffix}">tải về</a> <a href="x.odz">khác</a></p>'.encode(),
        "page",
        ZONE,
    )
    assert [link.href for link in read_page.links] == [f"x.{suffix}"]


def test_hidden_text_scripts_and_comments_are_no_text() -> None:
    hidden = "<script>var a='kịch bản'</script><p hidden>ẩn một</p><p style='display: none'>ẩn hai</p><!-- ẩn ba -->"
    body = read(page(f"<h1>{TITLE}</h1>{hidden}{PARAGRAPHS}")).article.body
    assert body == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 100, b"<html></html>", b"<!-- x", b"<script>x</script>", b"<nav>x</nav>"]
)
def test_a_page_without_text_is_an_item_error(data: bytes) -> None:
    with pytest.raises(ItemError):
        read(data)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<div>" * 2_000_000 + b"x", id="10 MB of nested tags"),
        pytest.param(b"<table><tr><td><p>" * 500_000, id="nested tables"),
        pytest.param(b"<p>x" * 2_000_000, id="too many elements"),
        pytest.param(b"<a " + b"x=1 " * 2_000_000 + b">t</a>", id="attributes"),
        pytest.param(b"<!--" * 2_000_000, id="comments"),
        pytest.param(b"<h1>a\0b</h1>\xff\xfe<p>\0\0c</p>", id="NUL and broken bytes"),
        pytest.param(b'<?xml version="1.0" encoding="utf-16"?><p>x</p>', id="a false encoding"),
    ],
)
def test_hostile_pages_end_in_an_article_or_an_item_error(data: bytes) -> None:
    try:
        article = read(data).article
    except ItemError:
        return
    assert article.title or article.body


TAGS = st.sampled_from([
    "<p>", "</p>", "<h1>", "<div class=x>", "</div>", "<table>", "<td>", "<br>", "<a href='x.pdf'>", "</a>", "<li>",
    "Tin khác", "Nguồn tin: a.example", "<time>", "01/02/2024", "<title>", "<!--",
])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(TAGS | st.text(max_size=12), max_size=25).map("".join))
def test_any_markup_gives_an_article_or_an_item_error(markup: str) -> None:
    try:
        article = read(markup.encode("utf-8", "surrogatepass")).article
    except ItemError:
        return
    assert unicodedata.is_normalized("NFC", article.title + article.body)


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="https://lamgiang.example/tin/1.html">', "https://lamgiang.example/tin/1.html"),
        ('<link rel="Canonical" href="/tin/1.html"><meta property="og:url" content="https://lamgiang.example/">',
         "https://lamgiang.example/tin/1.html"),
        ('<base href="https://lamgiang.example/tin/"><link rel="canonical" href="1.html">',
         "https://lamgiang.example/tin/1.html"),
        ('<link rel="canonical" href="https://lamgiang.example/"><meta property="og:url" content="https://lamgiang.example/tin?id=1">',
         "https://lamgiang.example/tin?id=1"),
        ("<!-- saved from url=(0035)https://lamgiang.example/tin/1.html -->", "https://lamgiang.example/tin/1.html"),
        ("<!-- Mirrored from lamgiang.example/tin/1.html by HTTrack Website Copier/3.x -->",
         "http://lamgiang.example/tin/1.html"),
        ('<link rel="canonical" href="/tin/1.html">', None),
        ('<link rel="canonical" href="https://lamgiang.example/">', None),
        ('<link rel="canonical" href="javascript:alert(1)"><meta property="og:url" content="http://[::1">', None),
    ],
)  # fmt: skip
def test_a_saved_page_says_where_it_was_published(head: str, address: str | None) -> None:
    page = f"<html><head>{head}</head><body><h1>Tiêu đề của bài</h1><p>Nội dung.</p></body></html>"
    assert read_html_page(page.encode(), "x", UTC).article.url == address


def test_what_does_something_with_a_page_is_no_text_of_it() -> None:
    page = """<html><body><h1>Tiêu đề của bài viết</h1><p>Nội dung của bài viết dài hơn sáu mươi chữ cái để được coi là văn bản.</p>
<p><a href="?in=1">Bản in</a></p><p><a href="#">Chia sẻ Facebook</a></p><p>Bản in ra giấy được lưu tại văn phòng.</p></body></html>"""
    body = read_html_page(page.encode(), "x", UTC).article.body
    assert body.endswith("lưu tại văn phòng.") and "Chia sẻ" not in body and "\nBản in\n" not in body


@pytest.mark.parametrize(
    ("around", "category", "published"),
    [
        pytest.param(
            '<div class="tra"><a href="/">Trang chủ</a><span>/</span><a href="/dat">Đất đai - Xây dựng</a></div>'
            '{title}<div class="x_meta"><span>15:30 22/07/2024</span><span>143 lượt xem</span><button>A+</button></div>',
            "Đất đai - Xây dựng",
            datetime(2024, 7, 22, 15, 30, tzinfo=ZONE),
            id="no blanks between the things beside a title",
        ),
        pytest.param(
            '<ul class="breadcrumb"><li>Bạn đang ở đây: </li><li><a href="/">Trang chủ</a></li></ul>{title}<dl>'
            '<dd>Danh mục: <a href="/tin">Tin tức</a></dd><dd><time>Được đăng: 22 Tháng 7 2024</time></dd></dl>',
            "Tin tức",
            datetime(2024, 7, 22, tzinfo=ZONE),
            id="a breadcrumb that only says what it is",
        ),
        pytest.param(
            "{title}<article><header><div><span>Được đăng bởi <span>bientap</span> vào <span>T2, 22/07/2024 - 08:30"
            "</span></span></div></header>",
            None,
            datetime(2024, 7, 22, 8, 30, tzinfo=ZONE),
            id="the header of an article is its own",
        ),
    ],
)
def test_what_stands_around_titles(around: str, category: str | None, published: datetime) -> None:
    head = around.format(title=f"<h1>{TITLE}</h1>")
    tools = '<p><a href="javascript:history.back()">[Trở về]</a> <a href="?in=1">[In trang]</a></p>'
    portal = "<title>Bộ Thuỷ lợi - Cổng thông tin điện tử</title>"
    found = read(page(f"<div>{head}<p>{FIRST}</p><p>{SECOND}</p>{tools}</div>", portal)).article
    assert (found.title, found.category, found.published) == (TITLE, category, published)
    assert found.body == f"{FIRST}\n\n{SECOND}" and found.sources == ()

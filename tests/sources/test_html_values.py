"""HTML in records: read as text where it is plainly HTML, kept where it is not."""

from pathlib import Path

import pytest

from indexer.errors import ItemError
from indexer.model import Attachment
from indexer.settings import Settings
from indexer.sources.html_values import is_html
from indexer.sources.record import Reading, RecordReader

CONTENT = (
    "<!-- wp:paragraph -->\n<p>Sáng&nbsp;22/11, <strong>UBND</strong> phường họp.<br>Dòng hai &amp; ba</p>\n<!-- /wp -->"
    '<h2>Kết quả</h2><ul><li>Một</li><li>Hai</li></ul><script>x("không")</script>'
    '<p>Xem <a href="/uploads/k%E1%BA%BF-ho%E1%BA%A1ch.pdf">kế hoạch</a>, <a href="../bieu.xlsx">biểu</a>,'
    ' <a href="https://khac.example/12.docx">văn bản</a> và <a href="trang.html">trang</a>.</p>'
)
TEXT = "Sáng 22/11, UBND phường họp.\nDòng hai & ba\n\nKết quả\nMột\nHai\n\nXem kế hoạch, biểu, văn bản và trang."


def read(folder: Path | None = None, **values: object) -> Reading:
    return RecordReader(Settings(), folder).read({"id": "a", "title": "Tên", **values})


@pytest.mark.parametrize("key", ["body", "body_html"])
def test_text_headings_and_documents(tmp_path: Path, key: str) -> None:
    (tmp_path / "uploads").mkdir()
    (tmp_path / "uploads" / "kế-hoạch.pdf").write_bytes(b"%PDF")
    reading = read(
        tmp_path, **{key: CONTENT, "url": "https://lamgiang.example/tin/1/", "attachments": ["x.pdf"]}
    )
    assert reading.article.body == TEXT
    assert reading.article.attachments == (
        Attachment("x.pdf"),
        Attachment("kế-hoạch.pdf", path=tmp_path / "uploads" / "kế-hoạch.pdf"),
        Attachment("bieu.xlsx", url="https://lamgiang.example/tin/bieu.xlsx"),
        Attachment("12.docx", url="https://khac.example/12.docx"),
    )
    assert not reading.left_out and ("body" in reading.notes) == (key == "body")


def test_a_link_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b.pdf").write_bytes(b"%PDF")
    reading = read(
        tmp_path / "a", body_html='<p>Xem <a href="../b.pdf">b</a>, <a href="/%2e%2e/b.pdf">b</a></p>'
    )
    assert reading.article.attachments == (Attachment("b.pdf"),)


def test_titles() -> None:
    reading = read(title="Qu&#7843;n l&yacute; &amp; <em>vận hành</em>", body_html="<p>x</p>", body="bỏ qua")
    assert (reading.article.title, reading.article.body) == ("Quản lý & vận hành", "x")
    assert "title_html" in reading.notes["title"]
    assert read(title_html="<b>Đậm</b>\nhai").article.title == "Đậm hai"
    assert (
        RecordReader(Settings()).read({"id": "a", "body": "<p>Câu đầu.</p><p>Hai.</p>"}).article.title
        == "Câu đầu."
    )


def test_paragraphs_of_a_cms_that_keeps_line_ends() -> None:
    text = "Đoạn <strong>một</strong>.\r\n\r\nĐoạn <em>hai</em>,\nvẫn hai."
    assert read(body=text).article.body == "Đoạn một.\n\nĐoạn hai,\nvẫn hai."


def test_a_whole_page_gives_its_main_text() -> None:
    page = (
        "<html><head><title>T</title></head><body><nav>Trang chủ Liên hệ</nav><h1>Tên</h1>"
        "<p>Phường tổ chức lịch tiếp công dân vào sáng thứ năm hằng tuần tại nhà văn hóa khu phố.</p></body></html>"
    )
    assert read(body_html=page).article.body.startswith("Phường tổ chức")
    assert "Trang chủ" not in read(body=page).article.body


@pytest.mark.parametrize(
    "text",
    [
        "a < b và c > d", "5 < 6 & 7", "Thẻ <p> mở một đoạn", "Thẻ </p> đóng một đoạn.", "R&D, AT&T; x &jerry; y",
        "<https://lamgiang.example>", "<Họ tên người ký>", "if (a<b) { x(); }", "",
    ],
)  # fmt: skip
def test_what_is_not_plainly_html_stays(text: str) -> None:
    assert not is_html(text)
    reading = read(body=text)
    assert (reading.article.body, reading.notes) == (text, {})


def test_nothing_is_lost_where_html_says_nothing() -> None:
    title = '<script>alert("x")</script> & <b>đậm</b>'
    assert read(title=title).article.title == title
    assert read(body="<div><script>x</script></div>").article.body == "<div><script>x</script></div>"
    with pytest.raises(ItemError, match="title"):
        RecordReader(Settings()).read({"id": "a", "body_html": "<p> </p>"})


@pytest.mark.parametrize(
    "piece", ["<", "&", "<!--", "</", "<p", "<p ", "&#", "</p ", "<!-- -->", " ", "<br "]
)
def test_hostile_text_takes_no_time(piece: str) -> None:
    assert not is_html(piece * (2_000_000 // len(piece)))

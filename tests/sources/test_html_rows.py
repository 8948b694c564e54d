"""Rows that describe a document, in every way that pages set them; and rows that describe none."""

from zoneinfo import ZoneInfo

import pytest

from indexer.model import Article
from indexer.sources.html_page import read_html_page
from indexer.sources.page import Page

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ROWS = {
    "Số/Ký hiệu": "318/QĐ-UBND",
    "Ngày ban hành": "12/05/2026",
    "Ngày hiệu lực": "15/05/2026",
    "Trích yếu": "Phê duyệt phương án giá nước sạch nông thôn năm 2026",
    "Cơ quan ban hành": "UBND huyện Vân Sơn",
    "Người ký": "Nông Văn Phúc",
    "Loại văn bản": "Quyết định",
    "Lĩnh vực": "Tài chính",
    "Tình trạng hiệu lực": "Còn hiệu lực",
}
FORMS = {
    "table": lambda rows: "<table>" + "".join(f"<tr><td>{k}</td><td>{v}</td></tr>" for k, v in rows) + "</table>",
    "heads": lambda rows: "<table>"
    + "".join(f"<tr><th><p><b>{k}:</b></p></th><td><p>{v}</p></td></tr>" for k, v in rows) + "</table>",
    "four cells": lambda rows: "<table>" + "".join(
        "<tr>" + "".join(f"<td>{k}</td><td>{v}</td>" for k, v in rows[n : n + 2]) + "</tr>" for n in range(0, len(rows), 2)
    ) + "</table>",
    "one row": lambda rows: "<table><tr>" + "".join(f"<th>{k}</th>" for k, _ in rows) + "</tr><tr>"
    + "".join(f"<td>{v}</td>" for _, v in rows) + "</tr></table>",
    "definitions": lambda rows: "<dl>" + "".join(f"<dt>{k}</dt><dd>{v}</dd>" for k, v in rows) + "</dl>",
    "boxes": lambda rows: "".join(f"<div class=row><div class=l>{k}</div><div class=v>{v}</div></div>" for k, v in rows),
    "box in box": lambda rows: "".join(f"<div class=row><label>{k}</label><div class=v>{v}</div></div>" for k, v in rows),
    "lines": lambda rows: "".join(f"<p><strong>{k}:</strong> {v}</p>" for k, v in rows),
    "breaks": lambda rows: "<div>" + "<br>".join(f"{k}: {v}" for k, v in rows) + "</div>",
    "list": lambda rows: "<ul>" + "".join(f"<li><span>{k}</span><span>{v}</span></li>" for k, v in rows) + "</ul>",
}  # fmt: skip


def read_page(body: str) -> Page:
    head = "<title>Chi tiết văn bản - Cổng thông tin điện tử huyện Vân Sơn</title>"
    return read_html_page(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "x", ZONE)


def read(body: str) -> Article:
    return read_page(body).article


@pytest.mark.parametrize("form", FORMS)
def test_values_in_every_form(form: str) -> None:
    article = read(f"<main><h2>Chi tiết văn bản</h2>{FORMS[form](list(ROWS.items()))}</main>")
    assert article.title == ROWS["Trích yếu"]
    assert (article.number, article.type, article.issuer) == (
        "318/QĐ-UBND",
        "Quyết định",
        "UBND huyện Vân Sơn",
    )
    assert article.published and article.published.date().isoformat() == "2026-05-12"
    said = article.particulars
    assert (said.issued, said.effective, said.expires) == ("2026-05-12", "2026-05-15", "")
    assert (said.signer, said.field, said.status) == ("Nông Văn Phúc", "Tài chính", "Còn hiệu lực")
    assert article.body == "" and article.particulars.subject == ""


@pytest.mark.parametrize(
    ("label", "value", "number"),
    [
        ("Số ký hiệu", "45/2026/NQ-HĐND", "45/2026/NQ-HĐND"),
        ("Số hiệu", "Số 45/TB-UBND ngày 1/2/2026", "45/TB-UBND"),
        ("Số, ký hiệu văn bản", "45 /TB-UBND", "45/TB-UBND"),
        ("SỐ HIỆU VĂN BẢN:", "45-CT/HU", "45-CT/HU"),
    ],
)
def test_numbers_as_rows_write_them(label: str, value: str, number: str) -> None:
    rows = [(label, value), ("Ngày ký", "01-02-2026"), ("Trích yếu nội dung", "Về việc nạo vét mương")]
    assert read(FORMS["table"](rows)).number == number


def test_a_heading_of_its_own_stays_and_the_subject_stands_beside_it() -> None:
    rows = list(ROWS.items())
    article = read(f"<h1>Giá nước sạch nông thôn có khung mới từ tháng năm</h1>{FORMS['table'](rows)}")
    assert article.title == "Giá nước sạch nông thôn có khung mới từ tháng năm"
    assert article.particulars.subject == ROWS["Trích yếu"]
    assert read(f"<h1>Quyết định số 318/QĐ-UBND</h1>{FORMS['table'](rows)}").title == ROWS["Trích yếu"]


def test_a_validity_that_is_a_day_is_no_status() -> None:
    said = read(FORMS["table"]([*list(ROWS.items())[:2], ("Hiệu lực", "Từ ngày 01/07/2026")])).particulars
    assert (said.status, said.effective) == ("", "2026-07-01")


def test_values_that_say_nothing_are_none() -> None:
    rows = [
        *list(ROWS.items())[:2],
        ("Ngày hết hiệu lực", "Chưa xác định"),
        ("Người ký", "-"),
        ("Lĩnh vực", "Đang cập nhật"),
    ]
    said = read(FORMS["table"](rows)).particulars
    assert (said.expires, said.signer, said.field) == ("", "", "")


@pytest.mark.parametrize("form", ["one row", "lines", "boxes"])
def test_a_list_of_documents_is_none_of_them(form: str) -> None:
    first = [("Số hiệu", "1/KH-UBND"), ("Ngày ban hành", "01/02/2026"), ("Trích yếu", "Về việc trồng cây")]
    second = [
        ("Số hiệu", "2/KH-UBND"),
        ("Ngày ban hành", "03/02/2026"),
        ("Trích yếu", "Về việc nạo vét mương"),
    ]
    shown = FORMS[form](first) + FORMS[form](second)
    if form == "one row":
        shown = FORMS[form](first).replace(
            "</table>", "<tr>" + "".join(f"<td>{v}</td>" for _, v in second) + "</tr></table>"
        )
    article = read(f"<h1>Văn bản của xã trong tháng hai</h1>{shown}")
    assert article.number is None and article.published is None
    assert "2/KH-UBND" in article.body


def test_an_article_that_names_a_signer_is_no_document() -> None:
    text = "<p>Hội đồng nhân dân huyện Vân Sơn vừa thông qua nghị quyết về hỗ trợ giống cây trồng cho các hộ nghèo.</p>"
    article = read(f"<h1>Nghị quyết mới về giống cây</h1>{text}<p>Người ký: Nông Văn Phúc</p>")
    assert article.particulars.signer == "" and "Người ký: Nông Văn Phúc" in article.body


FILES = {
    '<a href="vb/318.pdf">Tải về</a>': "318.pdf",
    '<a href="/Handlers/Get.ashx?id=3&file=318_QD.docx">Tải về</a>': "318_QD.docx",
    '<a href="/download.php?id=3">318-QD-UBND.pdf</a>': "318-QD-UBND.pdf",
    '<a href="/download.php?id=3">Tải về</a>': "Tệp đính kèm",
    '<a href="/tai-ve/3" download="318.xlsx">Xem</a>': "318.xlsx",
    '<a href="#" onclick="openFile(\'/upload/318.doc\')">Xem</a>': "318.doc",
    '<a href="/documents/20/318+QD.pdf/ab-12?t=1">Tải về</a>': "318 QD.pdf",
    '<iframe src="/ViewerJS/?file=/upload/318.pdf"></iframe>': "318.pdf",
    '<iframe src="https://docs.google.com/gview?url=https%3A%2F%2Fvanson.example%2F318.docx&embedded=true"></iframe>': "318.docx",
    '<iframe src="https://view.officeapps.live.com/op/embed.aspx?src=https://vanson.example/318.xlsx"></iframe>': "318.xlsx",
    '<object data="/upload/318.pdf" type="application/pdf"></object>': "318.pdf",
    '<embed src="/upload/318.pdf#page=1">': "318.pdf",
}  # fmt: skip


@pytest.mark.parametrize("link", FILES)
def test_documents_that_a_page_hands_out_are_attachments(link: str) -> None:
    page = read_page(FORMS["table"]([*ROWS.items(), ("Tệp đính kèm", link)]))
    assert [one.name for one in page.article.attachments] == [FILES[link]]
    assert page.article.body == ""


@pytest.mark.parametrize("link", [one for one in FILES if "Tệp" not in FILES[one]])
def test_and_of_an_article_too(link: str) -> None:
    text = "<p>Huyện Vân Sơn công bố phương án giá nước sạch nông thôn, áp dụng cho mười hai xã từ giữa tháng năm.</p>"
    article = read(f"<div><h1>Giá nước sạch có khung mới</h1>{text * 2}<p>{link}</p></div>")
    assert [one.name for one in article.attachments] == [FILES[link]]


def test_films_and_maps_are_no_documents() -> None:
    frames = '<iframe src="https://video.example/embed/abc"></iframe><iframe src="https://maps.example/?q=1,2"></iframe>'
    text = "<p>Huyện Vân Sơn công bố phương án giá nước sạch nông thôn, áp dụng cho mười hai xã từ giữa tháng năm.</p>"
    assert read(f"<h1>Giá nước sạch có khung mới</h1>{text}{frames}").attachments == ()

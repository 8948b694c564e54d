"""Lists as workbooks, read back: what was searched, rows, days as days, no formulas."""

from __future__ import annotations

import dataclasses
import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from indexer.stored.address import readable_path
from tests.webui.conftest import TITLE
from webui.presenters.workbook import MEDIA_TYPE


def book(client: FlaskClient, url: str) -> Any:
    response = client.get(url)
    assert (response.status_code, response.mimetype) == (200, MEDIA_TYPE)
    assert response.headers["Content-Disposition"].endswith(".xlsx")
    return openpyxl.load_workbook(io.BytesIO(response.data))


def about(found: Any) -> dict[str, str]:
    return {row[0].value: row[1].value for row in found.worksheets[0].iter_rows()}


def test_the_first_sheet_says_what_was_searched(client: FlaskClient) -> None:
    found = book(
        client,
        "/search.xlsx?q=ke+hoach&source=a.example&source=b.example&date=2024&from=2024-01-05&sort=newest",
    )
    assert found.sheetnames == ["Nội dung danh sách", "Bài viết"]
    said = about(found)
    assert said["Nội dung tìm"] == "ke hoach" and said["Nguồn tin"] == "a.example; b.example"
    assert said["Từ ngày"] == "05/01/2024" and said["Sắp xếp"] == "Mới nhất" and said["Số bài"] == "1"
    assert (
        said["Địa chỉ"].startswith("http://localhost/search?q=ke+hoach") and "/" in said["Ngày lập danh sách"]
    )
    assert about(book(client, "/search.xlsx?q=ke+hoach&lang=en"))["Query"] == "ke hoach"


def test_a_row_has_days_as_days_and_numbers_as_text(client: FlaskClient, search: Any) -> None:
    search.answering = [dataclasses.replace(search.article_stored, numbers=("74",))]
    headings, row = book(client, "/search.xlsx?q=ke+hoach").worksheets[1].iter_rows()
    cells = {heading.value: cell for heading, cell in zip(headings, row, strict=True)}
    assert cells["Tiêu đề bài viết"].value == TITLE
    assert cells["Ngày đăng"].value == datetime(2023, 3, 17) and cells["Ngày đăng"].is_date
    assert (cells["Số, ký hiệu"].value, cells["Số, ký hiệu"].data_type) == ("74", "s")
    assert cells["Địa chỉ"].hyperlink.target == f"http://localhost{readable_path('bai-0', TITLE)}"


@pytest.mark.parametrize(
    "title",
    ["=1+1", "+84 236", "-2", "@SUM(A1)", '=HYPERLINK("http://x","y")', "{=1}", "\t=1", "a\x01\ufffeb"],
)
def test_no_cell_is_a_formula(client: FlaskClient, search: Any, title: str) -> None:
    search.answering = [dataclasses.replace(search.article_stored, title=title)] * 2
    cells = [row[0] for row in book(client, "/search.xlsx").worksheets[1].iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s", "s"]
    assert cells[0].value.strip() == title.replace("\x01", "").replace("\ufffe", "").strip()


def test_days_that_excel_does_not_know_stay_as_they_are(client: FlaskClient, search: Any) -> None:
    search.answering = [dataclasses.replace(search.article_stored, published="1897-05-02")]
    assert book(client, "/search.xlsx").worksheets[1]["G2"].value == "1897-05-02"


def test_a_very_long_cell_and_address_break_nothing(client: FlaskClient, search: Any) -> None:
    search.answering = [
        dataclasses.replace(
            search.article_stored, title="dài " * 20_000, url=f"https://a.example/{'x' * 5000}"
        )
    ]
    row = book(client, "/search.xlsx").worksheets[1][2]
    assert len(row[0].value) == 32_767 and len(row[8].value) > 5000


@pytest.mark.parametrize(
    "url", ["https://a.example/\ufffe", f"https://a.example/{'{' * 650}", f"https://a.example/{'{' * 900}"]
)
def test_an_odd_address_leaves_the_workbook_whole(client: FlaskClient, search: Any, url: str) -> None:
    search.answering = [dataclasses.replace(search.article_stored, url=url)]
    assert book(client, "/search.xlsx").worksheets[1]["I2"].value == url.replace("\ufffe", "")


def test_nothing_found_is_a_sheet_of_headings(client: FlaskClient, search: Any) -> None:
    search.answering = []
    found = book(client, "/search.xlsx?q=khong")
    assert about(found)["Số bài"] == "0" and found.worksheets[1].max_row == 1


def test_a_bad_parameter_is_a_page(client: FlaskClient) -> None:
    assert client.get("/search.xlsx?date=x").status_code == 400

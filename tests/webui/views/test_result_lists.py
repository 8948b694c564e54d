"""All results of a search as CSV and JSON, on made-up answers and on a real index."""

from __future__ import annotations

import csv
import dataclasses
import io
import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.model import Article
from indexer.search.service import open_search
from indexer.settings import ENGINES, Settings
from indexer.stored.address import readable_path
from indexer.stored.article import StoredArticle
from tests.collection import index
from tests.webui.conftest import TITLE
from webui import create_app

HEADINGS = [
    "Tiêu đề bài viết", "Số, ký hiệu", "Nguồn tin", "Chuyên mục", "Loại văn bản", "Cơ quan ban hành", "Ngày đăng",
    "Địa chỉ", "Địa chỉ gốc", "Tệp đính kèm", "Viện dẫn", "Tình trạng hiệu lực"
]  # fmt: skip


def table(client: FlaskClient, url: str) -> list[list[str]]:
    response = client.get(url)
    assert response.status_code == 200
    assert response.content_type == "text/csv; charset=utf-8"
    text = response.get_data(as_text=True)
    assert text.startswith("\ufeff") and text.endswith("\r\n")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def test_a_row_says_what_is_known_of_an_article(client: FlaskClient) -> None:
    headings, row = table(client, "/search.csv?q=ke+hoach")
    assert headings == HEADINGS
    assert row == [
        "Lam Giang ban hành Kế hoạch chuyển đổi số giai đoạn 2023 - 2025",
        "74/KH-UBND",
        "sotttt.lamgiang.example",
        "Chuyển đổi số",
        "Kế hoạch",
        "Ủy ban nhân dân thành phố Lam Giang",
        "2023-03-17",
        f"http://localhost{readable_path('bai-0', TITLE)}",
        "https://sotttt.lamgiang.example/ke-hoach-74",
        "74-UBND-KH.pdf; Phụ lục: “bảng”\r\nX: y.html; 74-UBND-KH.signed",
        "06/QĐ-TTg; 38-CT/TW",
        "",
    ]


def test_json_has_the_fields_of_a_hit(client: FlaskClient) -> None:
    response = client.get("/search.json?q=ke+hoach")
    assert response.content_type == "application/json"
    (item,) = json.loads(response.data)
    hit = json.loads(client.get("/api/v1/search?q=a&size=1").data)["hits"][0]
    assert set(hit) - {"snippet", "score", "copies", "provisions"} <= set(item)
    assert item["id"] == "bai-0" and item["url"] == "http://localhost/articles/bai-0"
    assert item["original"] == "https://sotttt.lamgiang.example/ke-hoach-74"
    assert item["cites"] == ["06/QĐ-TTg", "38-CT/TW"] and item["published"] == "2023-03-17"
    assert item["files"][0] == {"name": "74-UBND-KH.pdf", "n": 0}


def test_the_request_is_that_of_the_page_without_its_page(client: FlaskClient, search: Any) -> None:
    query = "q=ke+hoach&source=a&source=b&sort=oldest&date=2024&strict=1&utm_source=x"
    client.get(f"/search.csv?{query}&page=x&size=0")
    client.get(f"/search?{query}")
    assert search.requests[0] == search.requests[1]
    assert search.requests[0].sort == "oldest" and search.requests[0].source == ("a", "b")


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("q=Chuyển+đổi+số%3A+“Đề+án+06”", "ket-qua-chuyen-doi-so-de-an-06"),
        ("", "ket-qua"),
        ("q=..%2F..%2Fetc%0d%0aX%3A1", "ket-qua-etc-x-1"),
        ("q=" + "từ+" * 60, "ket-qua-" + "-".join(["tu"] * 20)),
    ],
)
def test_the_file_has_a_readable_name(client: FlaskClient, query: str, name: str) -> None:
    for form in ("csv", "json"):
        response = client.get(f"/search.{form}?{query}")
        assert response.headers["Content-Disposition"] == f"attachment; filename={name}.{form}"


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("=cmd()", "'=cmd()"),
        ("\x00=cmd()", "'=cmd()"),
        ("＝cmd()", "'＝cmd()"),
        ("+84 236", "'+84 236"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\n=1", "'\n=1"),
        ("-2", "'-2"),
        ('a "b", c\nd', 'a "b", c\nd'),
        ("nghiêng ]]> \ufffe𝟙", "nghiêng ]]> 𝟙"),
    ],
)
def test_no_title_runs_in_a_spreadsheet_or_breaks_the_table(
    client: FlaskClient, search: Any, title: str, cell: str
) -> None:
    search.answering = [dataclasses.replace(search.article_stored, title=title)] * 2
    rows = table(client, "/search.csv")
    assert [row[0] for row in rows[1:]] == [cell, cell]
    assert {len(row) for row in rows} == {12}
    assert json.loads(client.get("/search.json").data)[1]["title"] == title


def test_addresses_that_are_none_are_left_out(client: FlaskClient, search: Any) -> None:
    search.answering = [dataclasses.replace(search.article_stored, url="javascript:alert(1)", slug="~ab")]
    (row,) = table(client, "/search.csv")[1:]
    assert row[7:9] == [f"http://localhost{readable_path('~ab', TITLE)}", ""]


def test_ten_thousand_at_most_and_they_are_read_as_they_are_sent(client: FlaskClient, search: Any) -> None:
    read = itertools.count()

    def articles() -> Iterator[StoredArticle]:
        while True:
            yield dataclasses.replace(search.article_stored, id=f"bai-{next(read)}")

    search.answering = articles()
    with client.get("/search.json", buffered=False) as response:
        next(iter(response.response))
        assert next(read) < 100
    for form, address in (("csv", "--bai-0"), ("json", "/bai-0")):
        search.answering = articles()
        body = client.get(f"/search.{form}").get_data(as_text=True)
        assert body.count(address) == 10_000


def test_nothing_found_is_an_empty_list(client: FlaskClient, search: Any) -> None:
    search.answering = []
    assert table(client, "/search.csv?q=khong") == [HEADINGS]
    assert json.loads(client.get("/search.json?q=khong").data) == []


@pytest.mark.parametrize(
    "url", ["/search.csv?date=x", "/search.json?q=" + "a" * 513, "/search.csv?from=2024-99"]
)
def test_a_bad_parameter_is_the_page_that_says_so(client: FlaskClient, url: str) -> None:
    response = client.get(url)
    assert (response.status_code, response.mimetype) == (400, "text/html")
    assert "Content-Disposition" not in response.headers
    assert "Yêu cầu tìm kiếm chưa đúng" in response.text


def test_no_index_is_an_error_and_no_file(client: FlaskClient) -> None:
    response = client.get("/search.csv?q=hong")
    assert response.status_code == 503 and "Content-Disposition" not in response.headers


def test_no_other_form_is_an_address(client: FlaskClient) -> None:
    assert client.get("/search.ods?q=a").status_code == 404


def test_the_address_of_the_site_is_the_one_that_was_set(client: FlaskClient, search: Any) -> None:
    search.settings = dataclasses.replace(search.settings, site_url="https://timkiem.example.gov.vn/")
    assert (
        table(client, "/search.csv")[1][7] == f"https://timkiem.example.gov.vn{readable_path('bai-0', TITLE)}"
    )
    assert json.loads(client.get("/search.json").data)[0]["url"].startswith(
        "https://timkiem.example.gov.vn/art"
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_on_a_real_index(engine: Any, tmp_path: Any) -> None:
    settings = Settings(data=tmp_path, engine=engine)
    bodies = {"a": "kế hoạch", "b": "kế hoạch theo Nghị định 30/2020/NĐ-CP", "c": "khác"}
    index(
        settings,
        [
            *(Article(id, f"Bài {id}", body, sources=(f"{id}.example",)) for id, body in bodies.items()),
            Article("nội bộ/1", "Bản nháp", "kế hoạch", audience="staff"),
        ],
    )
    client = create_app(open_search(settings)).test_client()
    rows = table(client, "/search.csv?q=ke+hoach&sort=newest")[1:]
    assert [(row[0], row[2], row[10]) for row in rows] == [
        ("Bài a", "a.example", ""),
        ("Bài b", "b.example", "30/2020/NĐ-CP"),
    ]
    found = json.loads(client.get("/search.json?q=ke+hoach&source=b.example").data)
    assert [one["id"] for one in found] == ["b"]
    assert client.get(found[0]["url"]).status_code == 200

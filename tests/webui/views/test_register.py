"""The register in the browser, as lists, as a feed and in the API."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from indexer.model import Article, Particulars
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import index
from webui import create_app

_ATOM = "{http://www.w3.org/2005/Atom}"


def _article(n: int, issuer: str, day: str, **more: object) -> Article:
    number = f"{n:02}/2024/TT-BTC"
    return Article(
        f"tt-{n}",
        f"Thông tư số {number} quy định mức thu phí bến số {n}",
        number=number,
        type="Thông tư",
        issuer=issuer,
        published=datetime.fromisoformat(f"{day}T00:00:00+07:00"),
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    articles = [
        _article(n, "BỘ TÀI CHÍNH" if n % 2 else "Bộ Tài chính", f"2024-{n % 12 + 1:02}-0{n % 9 + 1}")
        for n in range(1, 26)
    ]
    made = _article(
        30, "Bộ Tài chính", "2024-12-30", particulars=Particulars(issued="2024-12-20", subject='=1+1 về "phí"'),
        url="https://congbao.example/30",
    )  # fmt: skip
    told = Article("tin", "Họp báo", "Thông tư số 30/2024/TT-BTC và Nghị định số 9/2022/NĐ-CP.")
    # Nothing tells whether these are one document.
    of_two = [
        Article(
            f"qd-{source}",
            "Quyết định số 7/QĐ-UBND về chợ nổi",
            number="7/QĐ-UBND",
            type="Quyết định",
            sources=(source,),
            published=datetime(2024, 5, 5, tzinfo=UTC),
        )
        for source in ("a.example", "b.example")
    ]
    index(settings, [*articles, made, told, *of_two])
    return create_app(open_search(settings)).test_client()


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return response.get_data(as_text=True)


def test_the_page_tells_all_of_a_document(client: FlaskClient) -> None:
    html = page(client, "/directives")
    for words in (
        "28 văn bản",
        "Thông tư 30/2024/TT-BTC",
        "Ban hành 20/12/2024",
        "1 bài viện dẫn",
        "https://congbao.example/30",
    ):
        assert words in html
    assert "Bộ Tài chính" in html and "BỘ TÀI CHÍNH" not in html
    assert 'href="/directives?page=2"' in html and "Thông tư 30/2024/TT-BTC" not in page(
        client, "/directives?page=2"
    )


def test_filters_are_ticks_of_the_form_and_each_can_be_taken_back(client: FlaskClient) -> None:
    html = page(client, "/directives?q=b%E1%BA%BFn+s%E1%BB%91+7&year=2024")
    assert "1 văn bản" in html
    assert 'href="/directives?year=2024"' in html, "without the words"
    assert 'href="/directives?q=b%E1%BA%BFn+s%E1%BB%91+7"' in html, "without the year"
    assert '<input type="checkbox" name="year" value="2024" form="tim" checked>' in html, "a tick of the form"
    nothing = page(client, "/directives?q=zyx")
    assert 'href="/search?q=zyx"' in nothing


def test_addresses_of_before_lead_to_the_same(client: FlaskClient) -> None:
    assert page(client, "/directives?missing=1").count("<h3>") >= 1
    assert "Nghị định 9/2022/NĐ-CP" in page(client, "/directives?missing=1")
    assert "Nghị định 9/2022/NĐ-CP" not in page(client, "/directives")


def test_lists_hold_all_that_is_found(client: FlaskClient) -> None:
    response = client.get("/directives.csv?issuer=B%E1%BB%98+T%C3%80I+CH%C3%8DNH&sort=number")
    assert response.headers["Content-Disposition"] == "attachment; filename=van-ban-bo-tai-chinh.csv"
    rows = list(csv.DictReader(io.StringIO(response.get_data(as_text=True)[1:])))
    assert len(rows) == 26 and {row["Cơ quan ban hành"] for row in rows} == {"Bộ Tài chính"}
    last = rows[-1]
    assert last["Trích yếu"].startswith("'=1+1"), "no formula for a spreadsheet to run"
    assert last["Địa chỉ"].endswith("/directives/30-2024-tt-btc") and last["Địa chỉ"].startswith("http://")
    assert (last["Ngày ban hành"], last["Ngày đăng"], last["Số bài viện dẫn"]) == (
        "2024-12-20",
        "2024-12-30",
        "1",
    )
    found = json.loads(client.get("/directives.json?q=b%E1%BA%BFn+s%E1%BB%91+7").data)
    assert [one["label"] for one in found] == ["Thông tư 07/2024/TT-BTC"]
    assert found[0]["texts"][0]["url"] == "http://localhost/articles/tt-7"


def test_the_feed_has_the_newest(client: FlaskClient) -> None:
    root = ElementTree.fromstring(client.get("/directives/feed?type=Th%C3%B4ng+t%C6%B0").data)
    entries = root.findall(f"{_ATOM}entry")
    assert len(entries) == 26 and entries[0].findtext(f"{_ATOM}title") == "Thông tư 30/2024/TT-BTC"
    assert entries[0].findtext(f"{_ATOM}published") == "2024-12-20T00:00:00+07:00"
    assert len({entry.findtext(f"{_ATOM}id") for entry in entries}) == 26
    both = ElementTree.fromstring(client.get("/directives/feed?type=Quy%E1%BA%BFt+%C4%91%E1%BB%8Bnh").data)
    ids = [entry.findtext(f"{_ATOM}id") for entry in both.findall(f"{_ATOM}entry")]
    assert len(ids) == len(set(ids)) == 2


def test_programs_read_the_same(client: FlaskClient) -> None:
    answer = json.loads(client.get("/api/v1/directives?scope=all&size=5&sort=cited").data)
    assert (answer["total"], answer["size"], len(answer["documents"])) == (29, 5, 5)
    assert answer["scopes"] == {"held": 28, "missing": 1, "all": 29}
    assert answer["facets"]["type"][0] == {
        "value": "Thông tư",
        "label": "Thông tư",
        "count": 26,
        "selected": False,
    }
    assert answer["documents"][0]["cited_by"] == 1


@pytest.mark.parametrize("query", ["year=24", "kept=x", "scope=y", "sort=z", "page=0", "status=x", "who=me"])
def test_what_is_wrong_is_named(client: FlaskClient, query: str) -> None:
    response = client.get(f"/api/v1/directives?{query}")
    assert response.status_code == 400
    assert next(iter(json.loads(response.data)["errors"][0].values())) == query.partition("=")[0]


def test_the_number_that_ticks_would_find_is_told_alone(client: FlaskClient) -> None:
    answer = client.get("/directives/count?q=b%E1%BA%BFn+s%E1%BB%91+7&year=2024").get_json()
    assert answer == {"results": "1 văn bản"}

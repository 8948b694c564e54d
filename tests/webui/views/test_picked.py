"""A list of articles that somebody picked, on every engine: it is its address."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from indexer.model import Article
from indexer.search.service import open_search
from indexer.settings import ENGINES, Settings
from tests.collection import index
from webui import create_app

ARTICLES = (
    Article(
        "le-hoi", "Lễ hội đèn lồng Lam Giang", "Cấm đường phục vụ lễ hội.", sources=("lamgiang.example",)
    ),
    Article("họp/1", "Thông báo họp dân", "Họp về lễ hội.", sources=("lamgiang.example",)),
    Article("qd", "Quyết định về lễ hội", "Điều 1. Tổ chức lễ hội.", number="7/2024/QĐ-UBND"),
    Article("mat", "Việc mật", "Nội dung lễ hội.", audience="staff"),
)


@pytest.fixture(scope="module", params=ENGINES)
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    settings = Settings(data=tmp_path_factory.mktemp("data"), engine=request.param)
    index(settings, ARTICLES)
    service = open_search(settings)
    yield create_app(service).test_client()
    service.close()


def titles(page: str) -> list[str]:
    return [html.unescape(re.sub("<[^>]*>", "", one)) for one in re.findall(r"<h2>(.*?)</h2>", page)]


def test_what_is_ticked_on_a_page_of_results_is_a_list(client: FlaskClient) -> None:
    results = client.get("/search?q=lễ+hội").text
    form = re.search(r'<form class="picks" id="(\w+)" action="(/list)" method="get"', results)
    assert form
    ticks = re.findall(rf'<input type="checkbox" name="id" value="([^"]+)" form="{form[1]}">', results)
    assert len(ticks) == 3
    chosen = [one for one in ticks if one.startswith("~") or one == "le-hoi"]
    found = client.get(
        form[2], query_string={"id": [*sorted(chosen, reverse=True), "le-hoi", "mat", "khong-co"]}
    ).text
    assert titles(found) == ["Thông báo họp dân", "Lễ hội đèn lồng Lam Giang"], "in that order, each once"
    assert "2 bài trong danh sách không còn nữa" in found and "mật" not in found


def test_a_list_is_saved_as_results_are(client: FlaskClient) -> None:
    page = client.get("/list?id=qd&id=le-hoi").text
    forms = [html.unescape(one) for one in re.findall(r'href="(/list\.[^"]*)"', page)]
    assert len(forms) == 3
    for address in forms:
        response = client.get(address)
        assert response.status_code == 200 and "attachment" in response.headers["Content-Disposition"]
    items = json.loads(client.get("/list.json?id=qd&id=le-hoi").data)
    assert [(one["id"], bool(one["status"])) for one in items] == [("qd", True), ("le-hoi", False)]


def test_one_article_is_taken_out_by_its_link(client: FlaskClient) -> None:
    page = client.get("/list?id=qd&id=le-hoi&lang=en").text
    (without,) = (html.unescape(one) for one in re.findall(r'href="([^"]*)" data-unpick="qd"', page))
    assert without == "/list?id=le-hoi&lang=en"


def test_an_empty_list_says_how_to_fill_it_and_a_long_one_where_it_ends(client: FlaskClient) -> None:
    assert "Chưa chọn bài nào" in client.get("/list").text
    assert client.get("/list", query_string={"id": [f"b{n}" for n in range(200)]}).status_code == 200
    refused = client.get("/list", query_string={"id": [f"b{n}" for n in range(201)]})
    assert refused.status_code == 400 and "nhiều nhất 200 bài" in refused.text


def test_printed_results_say_what_was_searched(client: FlaskClient) -> None:
    page = client.get("/search?q=lễ+hội&source=lamgiang.example").text
    printed = re.search(r'<dl class="printed">(.*?)</dl>', page, re.DOTALL)
    said = " ".join(re.sub("<[^>]*>", " ", printed[1]).split()) if printed else ""
    assert (
        "Nội dung tìm lễ hội" in said
        and "Nguồn tin lamgiang.example" in said
        and "Ngày lập danh sách" in said
    )

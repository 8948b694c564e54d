"""Atom feeds of searches and of documents, as feed readers take them (RFC 4287)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.model import Article
from indexer.search.service import open_search
from indexer.settings import ENGINES, Settings
from indexer.stored.address import readable_path
from tests.collection import index
from tests.webui.conftest import TITLE
from webui import create_app
from webui.presenters.feed import midnight

A = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EPOCH = "1970-01-01T00:00:00Z"


def feed(client: FlaskClient, url: str) -> ElementTree.Element:
    """Return a feed that holds what RFC 4287 wants of every feed and every entry."""
    response = client.get(url)
    assert response.status_code == 200, url
    assert response.content_type == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(response.data)
    assert root.tag == f"{A}feed"
    for element in (root, *root.iter(f"{A}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(A + name)) == 1, name
        assert said(element, "id").startswith(("http://", "https://"))
        moment = datetime.fromisoformat(said(element, "updated"))
        assert moment.tzinfo is not None and len(element.findall(f"{A}published")) <= 1
        assert len([link for link in element.findall(f"{A}link") if link.get("rel") == "alternate"]) == 1
    assert said(root, "author", "name")
    ids = [said(entry, "id") for entry in root.iter(f"{A}entry")]
    assert len(ids) == len(set(ids))
    return root


def said(element: ElementTree.Element, *path: str) -> str:
    return element.findtext("/".join(A + name for name in path)) or ""


def link(element: ElementTree.Element, relation: str) -> str | None:
    found = (one.get("href") for one in element.findall(f"{A}link") if one.get("rel") == relation)
    return next(found, None)


def entries(root: ElementTree.Element) -> list[ElementTree.Element]:
    return root.findall(f"{A}entry")


def test_an_entry_says_what_is_known_of_an_article(client: FlaskClient) -> None:
    root = feed(client, "/feed?q=ke+hoach")
    (entry,) = entries(root)
    assert said(entry, "id") == "http://localhost/articles/bai-0"
    assert link(entry, "alternate") == f"http://localhost{readable_path('bai-0', TITLE)}"
    assert link(entry, "via") == "https://sotttt.lamgiang.example/ke-hoach-74"
    assert said(entry, "title").startswith("Lam Giang ban hành Kế hoạch")
    assert said(entry, "published") == said(entry, "updated") == "2023-03-17T00:00:00+07:00"
    assert said(entry, "author", "name") == "sotttt.lamgiang.example"
    assert [one.get("term") for one in entry.findall(f"{A}category")] == ["Chuyển đổi số"]
    assert said(entry, "summary").startswith("Kế hoạch phân công 42 nhiệm vụ")
    assert said(root, "updated") == said(entry, "updated") and said(root, "author", "name") == "Tra Cứu"


def test_the_request_is_that_of_the_page_newest_first(client: FlaskClient, search: Any) -> None:
    query = "q=ke+hoach&source=a&date=2024&in=title&strict=1"
    root = feed(client, f"/feed?{query}&sort=x&page=x&utm_source=y")
    request = search.requests[0]
    assert (request.sort, request.size, request.page) == ("newest", 30, 1)
    assert request.text == "ke hoach" and request.date == ("2024",) and request.area == "title"
    assert (
        link(root, "self")
        == said(root, "id")
        == "http://localhost/feed?q=ke+hoach&in=title&strict=1&source=a&date=2024"
    )
    assert (
        link(root, "alternate")
        == "http://localhost/search?q=ke+hoach&in=title&sort=newest&strict=1&source=a&date=2024"
    )
    assert said(root, "title") == "ke hoach · a · Năm 2024 – Tra Cứu"


def test_everything_is_a_feed_too(client: FlaskClient) -> None:
    root = feed(client, "/feed")
    assert link(root, "self") == "http://localhost/feed"
    assert said(root, "title") == "Bài mới – Tra Cứu"


@pytest.mark.parametrize(("size", "wanted"), [("", 30), ("5", 5), ("10", 10), ("100", 100)])
def test_the_size_can_be_chosen(client: FlaskClient, search: Any, size: str, wanted: int) -> None:
    search.answering = [dataclasses.replace(search.article_stored, slug=f"bai-{n}") for n in range(200)]
    root = feed(client, f"/feed?q=a&size={size}")
    assert len(entries(root)) == wanted
    assert link(root, "self") == "http://localhost/feed?q=a" + (f"&size={size}" if size else "")
    assert "size" not in (link(root, "alternate") or "")


@pytest.mark.parametrize("query", ["size=101", "size=0", "date=x", "q=" + "a" * 513, "lang=fr"])
def test_a_bad_parameter_is_the_page_that_says_so(client: FlaskClient, query: str) -> None:
    response = client.get(f"/feed?{query}")
    assert (response.status_code, response.mimetype) == (400, "text/html")


def test_an_article_without_a_day_is_old_and_unpublished(client: FlaskClient, search: Any) -> None:
    search.answering = [
        dataclasses.replace(search.article_stored, slug="a", published=None),
        dataclasses.replace(search.article_stored, slug="b", published=None, summary="", body="", title="",
                            sources=(), category=None, url=None),
    ]  # fmt: skip
    root = feed(client, "/feed")
    assert [said(entry, "updated") for entry in entries(root)] == [EPOCH, EPOCH]
    assert root.find(f".//{A}published") is None and said(root, "updated") == EPOCH
    bare = entries(root)[1]
    assert said(bare, "title") == "Bài viết không có tiêu đề"
    assert [child.tag.removeprefix(A) for child in bare] == ["id", "title", "updated", "link"]


def test_nothing_found_is_a_feed_without_entries(client: FlaskClient, search: Any) -> None:
    search.answering = []
    root = feed(client, "/feed?q=khong")
    assert entries(root) == [] and said(root, "updated") == EPOCH


@pytest.mark.parametrize("day", ["0001-01-01", "1890-05-19", "1945-09-02", "2024-02-29", "9999-12-31"])
@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "UTC", "America/St_Johns"])
def test_days_are_civil_days_of_the_zone(day: str, zone: str) -> None:
    moment = midnight(day, ZoneInfo(zone))
    assert moment.date().isoformat() == day and (moment.hour, moment.minute) == (0, 0)
    offset = moment.utcoffset()
    assert offset is not None and offset % timedelta(minutes=1) == timedelta()


def test_the_zone_is_the_one_that_was_set(client: FlaskClient, search: Any) -> None:
    search.settings = dataclasses.replace(search.settings, timezone="UTC")
    assert said(feed(client, "/feed"), "updated") == "2023-03-17T00:00:00Z"


HOSTILE = "]]> \x00\x0b<script>&amp;\ufffe\"' Đường 𝟙 =cmd()"
READ = "]]> <script>&amp;\"' Đường 𝟙 =cmd()"


def test_no_text_breaks_the_feed(client: FlaskClient, search: Any) -> None:
    search.settings = dataclasses.replace(search.settings, site_name=HOSTILE)
    search.answering = [
        dataclasses.replace(search.article_stored, title=HOSTILE, summary=HOSTILE, category=HOSTILE, sources=(HOSTILE,),
                            url="https://a.example/" + HOSTILE),
        dataclasses.replace(search.article_stored, slug="b", summary="", body=HOSTILE, url="javascript:alert(1)"),
    ]  # fmt: skip
    root = feed(client, "/feed?q=" + quote("\ufffe<b>" + "\uffff"))
    first, second = entries(root)
    assert said(first, "title") == said(first, "author", "name") == READ
    assert said(first, "summary").split() == READ.split()
    assert (link(first, "via") or "").startswith("https://a.example/]]>") and link(second, "via") is None
    assert said(root, "title") == "<b> – " + READ


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30), st.text(max_size=30))
def test_no_words_break_a_feed(client: FlaskClient, search: Any, text: str, title: str) -> None:
    search.answering = [dataclasses.replace(search.article_stored, title=title)]
    feed(client, "/feed?q=" + quote(text, errors="replace"))


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, search: Any) -> None:
    tag = client.get("/feed?q=a").headers["ETag"]
    again = client.get("/feed?q=a", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    search.answering = [dataclasses.replace(search.article_stored, title="Mới")]
    assert client.get("/feed?q=a", headers={"If-None-Match": tag}).status_code == 200


def test_a_stated_language_is_kept_by_links_but_not_by_ids(client: FlaskClient) -> None:
    root = feed(client, "/feed?q=a&lang=en")
    assert link(root, "self") == "http://localhost/feed?q=a&lang=en"
    assert link(root, "alternate") == "http://localhost/search?q=a&sort=newest&lang=en"
    (entry,) = entries(root)
    assert said(entry, "id") == "http://localhost/articles/bai-0"
    assert link(entry, "alternate") == f"http://localhost{readable_path('bai-0', TITLE)}?lang=en"
    assert root.get(LANG) == "vi"
    assert next(root.iter(f"{A}title")).get(LANG) == "en"


def test_the_address_of_the_site_is_the_one_that_was_set(client: FlaskClient, search: Any) -> None:
    search.settings = dataclasses.replace(search.settings, site_url="https://timkiem.example.gov.vn")
    root = feed(client, "/feed")
    assert said(root, "id") == "https://timkiem.example.gov.vn/feed"
    assert said(root, "entry", "id") == "https://timkiem.example.gov.vn/articles/bai-0"


TW = "Chỉ thị số 38-CT/TW ngày 19/9/2019 của Ban Bí thư"


def _article(id: str, body: str, day: int, **more: object) -> Article:
    published = datetime(2024, 5, day, 18, tzinfo=UTC)
    return Article(id, f"Bài {id}", body, published=published, sources=(f"{id}.example",), **more)  # type: ignore[arg-type]


ARTICLES = (
    *(_article(f"nhieu-{n}", f"Ngày {n} thành phố quán triệt {TW}.", 1) for n in range(32)),
    _article(
        "moi", f"Công bố và triển khai {TW}. Kế hoạch này thực hiện {TW}, thay thế Kế hoạch số 74/KH-UBND.", 9
    ),
    _article("cu", "Theo Chỉ thị số 38-CT/TW ngày 5/6/2009 của Ban Bí thư về bảo hiểm y tế.", 8),
    _article("cu-hon", "Nhắc lại Chỉ thị số 38-CT/TW ngày 5/6/2009 của Ban Bí thư.", 7),
    _article("noi-bo", f"Thực hiện {TW}.", 10, audience="staff"),
)


@pytest.fixture(scope="module", params=ENGINES)
def real(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    config = Settings(data=tmp_path_factory.mktemp("data"), engine=request.param)
    index(config, ARTICLES)
    service = open_search(config)
    yield create_app(service).test_client()
    service.close()


def titles(root: ElementTree.Element) -> list[str]:
    return [said(entry, "title") for entry in entries(root)]


def test_a_document_has_a_feed_of_what_cites_it(real: FlaskClient) -> None:
    root = feed(real, "/directives/38-ct-tw/feed")
    found = titles(root)
    assert found[:2] == ["Bài moi", "Bài cu"] and len(found) == len(set(found)) == 30
    assert "Bài noi-bo" not in found
    assert said(root, "title") == "Bài viện dẫn Chỉ thị 38-CT/TW – Tra Cứu"
    assert link(root, "self") == said(root, "id") == "http://localhost/directives/38-ct-tw/feed"
    assert link(root, "alternate") == "http://localhost/directives/38-ct-tw"
    assert said(root, "updated") == "2024-05-10T01:00:00+07:00", (
        "six in the evening in London is the next day"
    )


def test_one_of_several_documents_with_a_number_has_its_own(real: FlaskClient) -> None:
    root = feed(real, "/directives/38-ct-tw/feed?year=2009&utm_source=x")
    assert titles(root) == ["Bài cu", "Bài cu-hon"]
    assert "năm 2009" in said(root, "title")
    assert link(root, "self") == "http://localhost/directives/38-ct-tw/feed?year=2009"
    assert link(root, "alternate") == "http://localhost/directives/38-ct-tw?year=2009"
    assert real.get("/directives/38-ct-tw/feed?year=x").status_code == 400


@pytest.mark.parametrize("spelling", ["38-CT/TW", "38/CT-TW", "chi thi 38 tw"])
def test_every_spelling_leads_to_one_feed(real: FlaskClient, spelling: str) -> None:
    response = real.get(f"/directives/{spelling}/feed?year=2019&lang=en")
    assert response.status_code == 302
    assert response.headers["Location"] == "/directives/38-ct-tw/feed?year=2019&lang=en"


def test_what_nobody_knows_has_no_feed(real: FlaskClient) -> None:
    assert real.get("/directives/9999-qd-ttg/feed").status_code == 404
    assert real.get("/directives/khong-phai-so/feed").status_code == 404


def test_the_feed_of_a_search_on_a_real_index(real: FlaskClient) -> None:
    assert titles(feed(real, "/feed?q=chi+thi&size=2")) == ["Bài moi", "Bài cu"]
    assert titles(feed(real, "/feed?q=chi+thi&source=noi-bo.example")) == []


def test_a_document_has_the_same_as_rss(real: FlaskClient) -> None:
    moved = real.get("/directives/38-CT/TW/feed.rss?year=2009")
    assert moved.headers["Location"] == "/directives/38-ct-tw/feed.rss?year=2009"
    root = ElementTree.fromstring(real.get(moved.headers["Location"]).data)
    assert [item.findtext("title") for item in root.iter("item")] == ["Bài cu", "Bài cu-hon"]
    assert root.findtext("channel/link") == "http://localhost/directives/38-ct-tw?year=2009"
    page = real.get("/directives/38-ct-tw").get_data(as_text=True)
    for name, address in (("RSS", "/directives/38-ct-tw/feed.rss"), ("Atom", "/directives/38-ct-tw/feed")):
        assert f'<a href="{address}">{name}</a>' in page

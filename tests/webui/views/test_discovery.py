"""What search engines get: robots.txt, sitemaps, canonical addresses, and what pages say they are about."""

from __future__ import annotations

import dataclasses
import gzip
import html
import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from indexer.keys import KeyStore
from indexer.model import Article
from indexer.search.service import SearchService
from indexer.settings import Settings
from tests.collection import index, served
from tests.webui.views.structured import problems_of
from webui import create_app
from webui.presenters import sitemap
from webui.presenters.meta import shortened

ROOT = "https://tim.lamgiang.example"
_NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?")


def day(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T08:30:00+07:00")


ARTICLES = (
    Article("a--1", "Kế hoạch số hóa tài liệu lưu trữ", "Theo Quyết định số 15/2024/QĐ-UBND của thành phố.",
        published=day("2024-03-05"), sources=("lamgiang.example",), category="Chuyển đổi số", url="https://lamgiang.example/a"),
    Article("a-2", "Lễ hội </script><b>đèn</b> & “lồng”", "Cấm đường.", published=day("2024-05-05"), sources=("lamgiang.example",)),
    Article("b/3", "", "Không có tiêu đề và không có ngày.", sources=("lamgiang.example",)),
    Article("mat", "Việc mật zyxmat", "Nội dung mật, theo Quyết định số 99/2023/QĐ-UBND.", published=day("2023-01-01"),
        audience="staff"),
    Article("qd", "Quyết định bãi bỏ", "Điều 1. Bãi bỏ Quyết định số 15/2024/QĐ-UBND ngày 01/02/2024 của Ủy ban nhân dân thành phố. "
        "Quyết định này có hiệu lực từ ngày 01/01/2025.", number="3/2025/QĐ-UBND", published=day("2025-01-03"),
        sources=("lamgiang.example",)),
    Article("qd-15", "Quyết định về lưu trữ", "Điều 1. Quy định về lưu trữ.", number="15/2024/QĐ-UBND", published=day("2024-02-01"),
        sources=("lamgiang.example",)),
    Article("tt-34", "Quy chuẩn nước uống đóng chai", number="34/2010/TT-BYT", published=day("2010-06-02")),
)  # fmt: skip


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    settings = Settings(data=tmp_path_factory.mktemp("data"), site_url=f"{ROOT}/")
    index(settings, ARTICLES)
    yield from served(settings)


@pytest.fixture
def client(service: SearchService) -> FlaskClient:
    return create_app(service).test_client()


def places(data: bytes, root: str) -> list[str]:
    """The addresses of a sitemap, which is one: what its schema asks for holds."""
    document = ElementTree.fromstring(data)
    assert document.tag == _NS + root
    children = {"urlset": "url", "sitemapindex": "sitemap"}[root]
    assert len(document) <= 50_000 and len(data) < 50 << 20
    found = []
    for place in document:
        assert place.tag == _NS + children
        names = [one.tag.removeprefix(_NS) for one in place]
        assert names in (["loc"], ["loc", "lastmod"])
        loc = place[0].text or ""
        assert loc.startswith(f"{ROOT}/") and len(loc) < 2048 and loc.isascii() and " " not in loc
        assert all(_MOMENT.fullmatch(one.text or "") for one in place[1:])
        found.append(loc)
    assert len(set(found)) == len(found)
    return found


def whole_sitemap(client: FlaskClient, **options: Any) -> list[str]:
    found = []
    for address in places(client.get("/sitemap.xml", **options).data, "sitemapindex"):
        response = client.get(address.removeprefix(ROOT), **options)
        assert response.mimetype == "application/gzip"
        found += places(gzip.decompress(response.data), "urlset")
    return found


def test_the_sitemap_has_every_page_that_is_for_the_public_and_leads_to_it(
    client: FlaskClient, service: SearchService
) -> None:
    found = whole_sitemap(client)
    articles = [address for address in found if "/articles/" in address]
    assert sorted(address.partition("--")[2] for address in articles)[:3] == ["a--1", "a-2", "qd"]
    assert len(articles) == len(ARTICLES) - 1
    assert f"{ROOT}/directives/15-2024-qd-ubnd" in found and not any("99-2023" in one for one in found)
    for address in found:
        page = client.get(address.removeprefix(ROOT), follow_redirects=False)
        assert page.status_code == 200, address
        assert f'<link rel="canonical" href="{address}">' in page.text, address
        assert 'name="robots"' not in page.text, address
    _, key = KeyStore(service.settings.data).create("cán bộ", ["staff"])
    assert whole_sitemap(client, headers={"Authorization": f"Bearer {key}"}) == found, (
        "never what is for staff"
    )


def test_sitemaps_are_divided_by_months_and_a_large_month_by_itself(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sorted(whole_sitemap(client))
    monkeypatch.setattr(sitemap, "MOST", 8)
    pages = places(client.get("/sitemap.xml").data, "sitemapindex")
    assert len(pages) == 3, "pages, articles of all months, undated"
    monkeypatch.setattr(
        "webui.views.discovery._ABOUT", ("/", "/directives", "/help", "/embed", "/api/v1/docs")
    )
    monkeypatch.setattr(sitemap, "MOST", 2)
    parts = places(client.get("/sitemap.xml").data, "sitemapindex")
    assert [part.rpartition("/")[2] for part in parts[1:]] == [
        "2010-06_2024-02_0.xml.gz", "2024-03_2024-05_0.xml.gz", "2025-01_2025-01_0.xml.gz", "none_none_0.xml.gz",
    ]  # fmt: skip
    monkeypatch.setattr(sitemap, "MOST", 1)
    articles = places(client.get("/sitemap.xml").data, "sitemapindex")[1:]
    found = [
        one
        for part in articles
        for one in places(gzip.decompress(client.get(part.removeprefix(ROOT)).data), "urlset")
    ]
    assert sorted(found) == [one for one in whole if "/articles/" in one]


@pytest.mark.parametrize("part", ["2024-13_2024-13_0", "x_y_0", "2024-01_none_0", "none_none_99999999"])
def test_there_are_no_other_sitemaps(client: FlaskClient, part: str) -> None:
    assert client.get(f"/sitemaps/articles/{part}.xml.gz").status_code == 404


def test_crawlers_are_kept_from_what_has_no_end(client: FlaskClient) -> None:
    text = client.get("/robots.txt").text
    robots = RobotFileParser()
    robots.parse(text.splitlines())
    for path in ("/", "/articles/ke-hoach--a", "/directives/15-2024-qd-ubnd", "/help", "/static/style.css", "/api/v1/docs",
                 "/sitemap.xml", "/feed", "/articles/a/files/0"):  # fmt: skip
        assert robots.can_fetch("Googlebot", ROOT + path), path
    for path in ("/search?q=a&source=b", "/search.csv?q=a", "/search/values/source", "/api/v1/search?q=a",
                 "/alerts?q=a", "/list?id=a", "/directives.csv"):  # fmt: skip
        assert not robots.can_fetch("Googlebot", ROOT + path), path
    assert f"Sitemap: {ROOT}/sitemap.xml" in text
    assert "Disallow: /directives?*type=\n" in text, "Python's parser knows no wildcards"
    assert "staff" not in text, "the desk is no address that anybody is told"


def head_of(text: str) -> dict[str, str]:
    found = {}
    for tag in re.findall(r"<(?:link|meta) [^>]*>", text):
        values = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        name = (
            values.get("name") or values.get("property") or values.get("rel", "") + values.get("hreflang", "")
        )
        found[name] = html.unescape(values.get("content") or values.get("href", ""))
    return found


def data_of(text: str) -> dict[str, Any]:
    """The JSON-LD of a page by type; it follows the rules of those who read it."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert len(blocks) == 1
    assert problems_of(blocks[0]) == []
    return {thing["@type"]: thing for thing in json.loads(blocks[0])["@graph"]}


def test_each_language_of_a_page_has_its_own_address(client: FlaskClient) -> None:
    plain = f"{ROOT}/articles/ke-hoach-so-hoa-tai-lieu-luu-tru--a--1"
    for asked, accepts, canonical in (
        ("?q=kế&utm_source=x", "vi", plain),
        ("?lang=vi", "en", plain),
        ("?lang=en", "vi", f"{plain}?lang=en"),
        ("", "en", plain),
    ):
        head = head_of(
            client.get(plain.removeprefix(ROOT) + asked, headers={"Accept-Language": accepts}).text
        )
        assert head["canonical"] == head["og:url"] == canonical
        assert (
            head["alternatevi"] == head["alternatex-default"] == plain
            and head["alternateen"] == f"{plain}?lang=en"
        )
    head = head_of(client.get(plain.removeprefix(ROOT)).text)
    assert head["og:type"] == "article" and head["og:title"].startswith("Kế hoạch số hóa")
    assert (
        head["description"] == head["og:description"] == "Theo Quyết định số 15/2024/QĐ-UBND của thành phố."
    )


def test_an_article_says_what_it_is(client: FlaskClient) -> None:
    data = data_of(client.get("/articles/a--1").text)
    article = data["NewsArticle"]
    assert article["headline"] == "Kế hoạch số hóa tài liệu lưu trữ"
    assert (
        article["datePublished"] == "2024-03-05T08:30:00+07:00"
        and article["isBasedOn"] == "https://lamgiang.example/a"
    )
    names = [one["name"] for one in data["BreadcrumbList"]["itemListElement"]]
    assert names == ["Trang chủ", "Chuyển đổi số", article["headline"]]


def test_a_record_without_a_text_is_described_by_what_is_known_of_it(client: FlaskClient) -> None:
    text = client.get("/articles/tt-34").text
    assert (
        head_of(text)["description"]
        == "Thông tư, 34/2010/TT-BYT, Bộ Y tế. Quy chuẩn nước uống đóng chai. 02/06/2010"
    )
    assert "NewsArticle" not in data_of(text)


def test_no_title_ends_the_data_of_its_page(client: FlaskClient) -> None:
    text = client.get("/articles/a-2").text
    assert data_of(text)["NewsArticle"]["headline"] == "Lễ hội </script><b>đèn</b> & “lồng”"
    assert text.count("</script>") == text.count("<script")


@pytest.mark.parametrize(
    ("document", "force"), [("15-2024-qd-ubnd", "https://schema.org/NotInForce"), ("3-2025-qd-ubnd", None)]
)
def test_a_document_says_of_its_force_what_is_known_and_no_more(
    client: FlaskClient, document: str, force: str | None
) -> None:
    found = data_of(client.get(f"/directives/{document}").text)["Legislation"]
    assert found.get("legislationLegalForce") == force
    assert found["legislationIdentifier"].endswith("/QĐ-UBND")


def test_the_site_says_how_it_is_searched(client: FlaskClient) -> None:
    action = data_of(client.get("/").text)["WebSite"]["potentialAction"]
    address = action["target"]["urlTemplate"].replace("{search_term_string}", "luu+tru")
    assert "Kế hoạch số hóa" in client.get(address.removeprefix(ROOT)).text


@pytest.mark.parametrize(
    "address",
    ["/search?q=a&source=b", "/search", "/search/values/source", "/directives?type=b", "/list?id=a"],
)
def test_what_is_not_to_be_found_says_so(client: FlaskClient, service: SearchService, address: str) -> None:
    _, key = KeyStore(service.settings.data).create("cán bộ", ["staff"])
    assert (
        '<meta name="robots" content="noindex">'
        in client.get(address, headers={"Authorization": f"Bearer {key}"}).text
    )


def test_without_a_public_address_none_is_claimed(
    service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "settings", dataclasses.replace(service.settings, site_url=""))
    head = head_of(create_app(service).test_client().get("/help", headers={"Host": "evil.example"}).text)
    assert head["description"] and not {"canonical", "og:url", "alternateen"} & head.keys()


def test_the_site_is_an_app_with_icons_that_are_there(client: FlaskClient) -> None:
    response = client.get("/manifest.webmanifest")
    assert response.mimetype == "application/manifest+json"
    manifest = json.loads(response.data)
    assert client.get(manifest["start_url"]).status_code == 200
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).mimetype == icon["type"]
    assert client.get("/favicon.ico", follow_redirects=True).data[:4] == b"\0\0\1\0"


def test_descriptions_end_with_a_word() -> None:
    assert shortened("Một hai\n ba", 160) == "Một hai ba"
    cut = shortened("chuyển đổi số " * 30)
    assert len(cut) <= 160 and cut.endswith(("đổi…", "số…", "chuyển…"))
    assert len(shortened("a" * 500)) <= 160

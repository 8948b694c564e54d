"""What is for staff, on every route: nowhere for the public, there for a key of staff and for the trusted proxy."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import flask
import pytest
from flask.testing import FlaskClient

from indexer.keys import KeyStore
from indexer.model import Article, Attachment
from indexer.search.pins import pin
from indexer.search.service import SearchService, open_search
from indexer.settings import Settings
from indexer.smtp_settings import SmtpSettings
from tests.collection import index
from tests.extract.documents import pdf
from webui import create_app

MARK = "zyxmat"
"""A word of nothing but what is for staff."""
_DAY = datetime.fromisoformat("2024-03-05T08:00:00+07:00")
_SECRET = Article(
    "mat-1",
    f"Kế hoạch {MARK} theo Chỉ thị 38-CT/TW",
    f"Kế hoạch {MARK} (KHZ) thực hiện Chỉ thị số 38-CT/TW ngày 19/9/2019, Quyết định số 991/QĐ-UBND.",
    published=_DAY,
    sources=(f"nguồn {MARK}",),
    category=f"mục {MARK}",
    number="992/KH-UBND",
    audience="staff",
    attachments=(
        Attachment(f"{MARK}.pdf", content=pdf(f"Ke hoach {MARK} trong tep")),
        Attachment(f"hong-{MARK}.pdf", content=b"%PDF-1.7 broken"),
    ),
)
ARTICLES = (
    _SECRET,
    Article(
        "mat-2",
        f"Quyết định {MARK}",
        f"Kế hoạch {MARK} (KHZ) là kế hoạch khác.",
        audience="staff",
    ),
    Article("cong-khai", "Kế hoạch công khai", "Kế hoạch thực hiện Chỉ thị số 38-CT/TW.", published=_DAY),
)
_Q = "q=ke+hoach"
URLS = {
    "pages.home": ["/"],
    "pages.search": [f"/search?{_Q}", "/search", "/search?q=991", "/search?q=quyet+dinh+991", "/search?q=khz", "/search?q=38-CT/TW"],
    "pages.values": [f"/search/values/{facet}" for facet in ("source", "category", "type", "issuer", "file_type")],
    "pages.count": [f"/search/count?{_Q}", "/search/count"],
    "pages.help_page": ["/help"],
    "pages.article": ["/articles/mat-1", "/articles/cong-khai"],
    "pages.file_text": ["/articles/mat-1/files/0/text"],
    "pages.first_page": ["/articles/mat-1/files/0/pages"],
    "pages.page": ["/articles/mat-1/files/0/pages/1"],
    "pages.picture": ["/articles/mat-1/files/0/pages/1/picture"],
    "pages.attachment": ["/articles/mat-1/files/0"],
    "result_lists.results": [f"/search.csv?{_Q}", f"/search.json?{_Q}", f"/search.xlsx?{_Q}"],
    "feeds.of_search": ["/feed", f"/feed?{_Q}"],
    "feeds.of_directive": ["/directives/38-ct-tw/feed", "/directives/991-qd-ubnd/feed"],
    "feeds.rss_of_search": ["/feed.rss", f"/feed.rss?{_Q}"],
    "feeds.rss_of_directive": ["/directives/38-ct-tw/feed.rss", "/directives/991-qd-ubnd/feed.rss"],
    "register.listed": ["/directives", "/directives?missing=1", "/directives?scope=all&q=99"],
    "register.as_list": ["/directives.csv?scope=all", "/directives.json?scope=all", "/directives.xlsx?scope=all"],
    "register.count": ["/directives/count?scope=all"],
    "register.feed": ["/directives/feed?scope=all"],
    "register.rss": ["/directives/feed.rss?scope=all"],
    "directives.directive": ["/directives/38-ct-tw", "/directives/991-qd-ubnd", "/directives/992-kh-ubnd"],
    "directives.citing": ["/directives/38-ct-tw/citing.csv", "/directives/38-ct-tw/citing.json"],
    "compare.side_by_side": [
        "/compare", "/compare?a=/articles/mat-1", "/compare?a=/articles/mat-1&b=/articles/cong-khai",
        "/compare?a=/articles/cong-khai", "/compare?a=992-kh-ubnd", "/compare?a=/articles/mat-1/files/0/text",
    ],
    "opensearch.description": ["/opensearch.xml"],
    "opensearch.suggestions": [f"/opensearch/suggestions?{_Q}", "/opensearch/suggestions?q=99"],
    "embed.instructions": ["/embed"],
    "embed.script": ["/embed.js"],
    "api.search": [f"/api/v1/search?{_Q}", "/api/v1/search", "/api/v1/search?q=qd+991", "/api/v1/search?q=9"],
    "api.suggest": [f"/api/v1/suggest?{_Q}", "/api/v1/suggest?q=99", "/api/v1/suggest?q=zyx"],
    "api.article": ["/api/v1/articles/mat-1"],
    "api.related": ["/api/v1/articles/mat-1/related", "/api/v1/articles/cong-khai/related"],
    "api.directives": ["/api/v1/directives?scope=all&size=100"],
    "api.directive": ["/api/v1/directives/38-ct-tw", "/api/v1/directives/991-qd-ubnd", "/api/v1/directives/qd 991",
        "/api/v1/directives/991-2020-qd-ubnd"],
    "api.file": ["/api/v1/articles/mat-1/files/0"],
    "api.file_text": ["/api/v1/articles/mat-1/files/0/text"],
    "api.picture": ["/api/v1/articles/mat-1/files/0/pages/1/picture"],
    "curation.pins": ["/api/v1/pins"],
    "curation.lexicon": ["/api/v1/lexicon"],
    "curation.report": ["/api/v1/report"],
    "tasks.task": ["/api/v1/tasks/1"],
    "tasks.task_list": ["/api/v1/tasks"],
    "api_docs.description": ["/api/v1/openapi.json"],
    "api_docs.page": ["/api/v1/docs"],
    "health.alive": ["/healthz"],
    "health.ready": ["/readyz"],
    "health.metrics": ["/metrics"],
    "staff_home.page": ["/staff"],
    "staff_queries.listed": ["/staff/queries"],
    "staff_query.page": [f"/staff/queries/one?{_Q}"],
    "staff_pins.page": ["/staff/pins", f"/staff/pins?{_Q}", f"/staff/pins?{_Q}&draft=1&id=mat-1"],
    "staff_lexicon.page": ["/staff/lexicon"],
    "staff_files.listed": ["/staff/files", "/staff/files?state=failed"],
    "staff_files.moved": ["/files", "/files?state=text"],
    "staff_sources.listed": ["/staff/sources"],
    "staff_alerts.listed": ["/staff/alerts"],
    "staff_system.page": ["/staff/system"],
    "staff_changes.listed": ["/staff/changes"],
    "staff_help.page": ["/staff/help"],
    "alerts.form": [f"/alerts?{_Q}"],
    "alerts.asked": ["/alerts/asked"],
    "alerts.may_confirm": ["/alerts/confirm?token=zyx"],
    "alerts.may_leave": ["/alerts/leave?token=zyx"],
    "discovery.robots": ["/robots.txt"],
    "discovery.index": ["/sitemap.xml"],
    "discovery.pages": ["/sitemaps/pages.xml.gz"],
    "discovery.articles": ["/sitemaps/articles/2024-03_2024-03_0.xml.gz", "/sitemaps/articles/none_none_0.xml.gz"],
    "discovery.manifest": ["/manifest.webmanifest"],
    "discovery.icon": ["/favicon.ico"],
    "picked.listed": ["/list?id=mat-1&id=cong-khai"],
    "picked.as_file": ["/list.csv?id=mat-1", "/list.json?id=mat-1&id=cong-khai"],
    "static": ["/static/style.css"],
}  # fmt: skip
"""Addresses by endpoint; every endpoint that answers GET must have some."""
SEEN_BY_STAFF = [
    "/", "/search", "/articles/mat-1", "/list?id=mat-1", "/list.csv?id=mat-1",
    "/search.csv?q=ke+hoach", "/search.json?q=ke+hoach", "/feed",
    "/compare?a=/articles/mat-1&b=/articles/cong-khai", "/directives", "/directives.csv", "/directives/feed", "/api/v1/directives",
    "/directives/38-ct-tw", "/directives/38-ct-tw/feed", "/directives/38-ct-tw/citing.json", "/staff/files?state=failed",
    "/search/values/source", "/api/v1/search?q=ke+hoach", "/api/v1/articles/mat-1",
    "/api/v1/articles/cong-khai/related", "/api/v1/directives/38-ct-tw", "/articles/mat-1/files/0/pages/1",
]  # fmt: skip
ONLY_STAFF = [
    "/articles/mat-1", "/articles/mat-1/files/0", "/articles/mat-1/files/0/text", "/articles/mat-1/files/0/pages",
    "/articles/mat-1/files/0/pages/1",
    "/articles/mat-1/files/0/pages/1/picture", "/api/v1/articles/mat-1", "/api/v1/articles/mat-1/files/0",
    "/api/v1/articles/mat-1/files/0/text",
    "/api/v1/articles/mat-1/files/0/pages/1/picture", "/api/v1/articles/mat-1/related",
    "/directives/991-qd-ubnd", "/directives/992-kh-ubnd", "/api/v1/directives/991-qd-ubnd",
    "/directives/991-qd-ubnd/feed", "/directives/991-qd-ubnd/feed.rss", "/directives/991-qd-ubnd/citing.csv",
    *(url for name, urls in URLS.items() if name.startswith("staff_") for url in urls),
]  # fmt: skip


@pytest.fixture(scope="module", params=["tantivy", "whoosh"])
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchService]:
    settings = Settings(
        data=tmp_path_factory.mktemp("data"),
        engine=request.param,
        trusted_proxies=1,
        staff_header="X-Staff",
        smtp=SmtpSettings("mail.lamgiang.example", sender="tin@lamgiang.example"),
    )
    index(settings, ARTICLES)
    pin(settings.data, "kế hoạch", ["mat-1"])
    found = open_search(settings)
    yield found
    found.close()


@pytest.fixture(scope="module")
def app(service: SearchService) -> flask.Flask:
    return create_app(service)


@pytest.fixture
def client(app: flask.Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def staff(service: SearchService) -> dict[str, str]:
    _, given = KeyStore(service.settings.data).create("cán bộ", ["staff"])
    return {"Authorization": f"Bearer {given}"}


def test_every_route_is_tried(app: flask.Flask) -> None:
    routes = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert routes == set(URLS)


def shown_by(data: bytes) -> str:
    """The text of an answer, of what is packed, too."""
    if data.startswith(b"\x1f\x8b"):
        data = gzip.decompress(data)
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            data = b"".join(map(book.read, book.namelist()))
    return data.decode("utf-8", "replace").lower()


@pytest.mark.parametrize("url", [url for urls in URLS.values() for url in urls])
def test_the_public_sees_nothing_of_it(client: FlaskClient, url: str) -> None:
    response = client.get(url, buffered=True)
    assert response.status_code < 500
    shown = shown_by(response.data)
    assert MARK not in shown
    assert "991/qđ-ubnd" not in shown and "992/kh-ubnd" not in shown


@pytest.mark.parametrize("url", ONLY_STAFF)
def test_to_the_public_it_is_not_found(client: FlaskClient, staff: dict[str, str], url: str) -> None:
    assert client.get(url, buffered=True).status_code == 404
    assert client.get(url, headers=staff, buffered=True).status_code < 400


@pytest.mark.parametrize("url", SEEN_BY_STAFF)
def test_staff_sees_it_by_key_or_proxy(client: FlaskClient, staff: dict[str, str], url: str) -> None:
    for headers in (staff, {"X-Staff": "nguyen.van.a"}):
        response = client.get(url, headers=headers, buffered=True)
        assert response.status_code == 200 and MARK in response.text.lower()
        assert "private" in response.headers["Cache-Control"]
        assert {"authorization", "x-staff"} <= {name.lower() for name in response.vary}
    assert MARK not in client.get(url, headers={"X-Staff": " "}, buffered=True).text.lower()


def test_caches_know_what_answers_depend_on(client: FlaskClient) -> None:
    assert "Authorization" in client.get("/search").headers["Vary"]
    assert "Authorization" in client.get("/api/v1/articles/mat-1").headers["Vary"]


def test_an_etag_of_staff_is_none_of_the_public(client: FlaskClient, staff: dict[str, str]) -> None:
    for url in ("/feed", "/api/v1/search"):
        tag = client.get(url, headers=staff).headers.get("ETag", '"none"')
        assert client.get(url, headers={"If-None-Match": tag}).status_code == 200


def test_the_header_means_nothing_unless_it_is_set(service: SearchService, tmp_path: Path) -> None:
    settings = Settings(data=service.settings.data, engine=service.settings.engine)
    found = open_search(settings)
    assert create_app(found).test_client().get("/articles/mat-1", headers={"X-Staff": "a"}).status_code == 404
    found.close()


def test_bad_keys_are_refused(client: FlaskClient, service: SearchService, staff: dict[str, str]) -> None:
    for given in ("x", staff["Authorization"][7:-1] + "-", "", "ế"):
        response = client.get("/api/v1/search", headers={"Authorization": f"Bearer {given}"})
        assert response.status_code == 401 and response.headers["WWW-Authenticate"].startswith("Bearer")
        assert response.content_type == "application/problem+json"
    assert client.get("/search", headers={"Authorization": "Bearer x"}).status_code == 401
    assert client.get("/search", headers={"Authorization": "Basic YTpi"}).status_code == 200


def test_a_revoked_key_is_refused_at_once(client: FlaskClient, service: SearchService) -> None:
    store = KeyStore(service.settings.data)
    key, given = store.create("b", ["staff"])
    headers = {"Authorization": f"Bearer {given}"}
    assert client.get("/articles/mat-1", headers=headers).status_code == 200
    store.revoke(key.id)
    assert client.get("/articles/mat-1", headers=headers).status_code == 401


def test_a_key_that_only_writes_reads_as_the_public(client: FlaskClient, service: SearchService) -> None:
    _, given = KeyStore(service.settings.data).create("c", ["write"])
    assert client.get("/articles/mat-1", headers={"Authorization": f"Bearer {given}"}).status_code == 404

"""Addresses of articles that can be read, whatever hyphens ids hold: each article has one, and all others lead there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Article
from indexer.search.service import open_search
from indexer.settings import ENGINES, Settings
from indexer.stored.address import LONGEST_TITLE, named, readable_path, title_slug
from indexer.stored.article import slug_of
from tests.collection import index
from webui import create_app

ARTICLES = (
    Article("5", "Kế hoạch", "Nội dung một."),
    Article("ke-hoach-5", "Kế hoạch", "Nội dung hai."),
    Article("hoach--5", "Kế", "Nội dung ba."),
    Article("ke-hoach--5", "Khác", "Nội dung bốn, có id như địa chỉ của bài khác."),
    Article("-x-", "", "Nội dung năm."),
    Article("--", "!!!", "Nội dung sáu."),
    Article("số 7/2024", "Đường Ấp Bắc: “cấm” xe", "Nội dung bảy."),
    Article("mat", "Việc mật", "Nội dung mật.", audience="staff"),
)
PUBLIC = ARTICLES[:-1]


@pytest.fixture(scope="module", params=ENGINES)
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    settings = Settings(data=tmp_path_factory.mktemp("data"), engine=request.param)
    index(settings, ARTICLES)
    service = open_search(settings)
    yield create_app(service).test_client()
    service.close()


def path_of(article: Article) -> str:
    return readable_path(slug_of(article.id), article.title)


@pytest.mark.parametrize("article", PUBLIC, ids=lambda article: article.id)
def test_every_article_is_at_its_own_address(client: FlaskClient, article: Article) -> None:
    page = client.get(path_of(article), follow_redirects=False)
    assert page.status_code == 200 and article.body in page.text


@pytest.mark.parametrize(
    "article", [one for one in PUBLIC if one.id != "ke-hoach--5"], ids=lambda article: article.id
)
def test_other_addresses_lead_there_for_good(client: FlaskClient, article: Article) -> None:
    for title in ("", "tieu-de-cu--", "ke-hoach-cu--"):
        moved = client.get(
            f"/articles/{title}{slug_of(article.id)}?q=nội+dung&lang=en", follow_redirects=False
        )
        assert moved.status_code == 301
        assert moved.headers["Location"] == f"{path_of(article)}?q=n%E1%BB%99i+dung&lang=en"


def test_the_address_of_an_article_means_it_before_an_id_that_reads_the_same(client: FlaskClient) -> None:
    assert "Nội dung một." in client.get("/articles/ke-hoach--5").text


@pytest.mark.parametrize(
    "last", ["khong-co", "ke-hoach--khong-co", "mat", "viec-mat--mat", "sai--mat", "--", "x" * 300]
)
def test_nothing_else_is_one(client: FlaskClient, last: str) -> None:
    found = client.get(f"/articles/{last}", follow_redirects=False)
    assert found.status_code == (301 if last == "--" else 404) and "mật" not in found.text.lower()


@given(st.text(max_size=300), st.text(max_size=200))
def test_title_and_id_can_be_told_apart(title: str, id: str) -> None:
    slug, path = slug_of(id), readable_path(slug_of(id), title)
    assert named(path.removeprefix("/articles/")) == (title_slug(title), slug)
    assert len(title_slug(title)) <= LONGEST_TITLE and not {"--", " "} & set(title_slug(title))


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Chỉ thị 38-CT/TW của Ban Bí thư", "chi-thi-38-ct-tw-cua-ban-bi-thu"),
        ("ĐƯỜNG Ấp Bắc – “cấm” xe…", "duong-ap-bac-cam-xe"),
        ("Ke\u0302\u0301 hoạch", "ke-hoach"),
        ("   ", "bai-viet"),
        ("日本", "bai-viet"),
        (("một hai " * 20).strip(), "mot-hai-" * 9 + "mot-hai"),
    ],
)
def test_the_words_of_a_title(title: str, words: str) -> None:
    assert title_slug(title) == words

"""The pages and the API on a real, tiny index."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engine.opening import open_engine
from indexer.files.folder import FolderStore
from indexer.indexing.analysis import index_entry, seconds_of, stored_article
from indexer.model import Article, Extraction, FileState, Page
from indexer.search.service import SearchService
from indexer.settings import Settings
from indexer.stored.article import StoredFile, pack
from tests.webui.forms import Form
from webui import create_app

ARTICLES = (
    Article(
        id="ke-hoach-74",
        title="Lam Giang ban hành Kế hoạch chuyển đổi số",
        body="Uỷ ban nhân dân thành phố ban hành Kế hoạch số 74/KH-UBND.\n\nBáo cáo trước ngày 10 hằng tháng.",
        published=datetime(2023, 3, 17, tzinfo=UTC),
        sources=("sotttt.lamgiang.example",),
        category="Chuyển đổi số",
    ),
    Article(
        id="lễ hội/đèn lồng",
        title="Lễ hội đèn lồng <b>2025</b>",
        body="Cấm đường phục vụ lễ hội đèn lồng bên sông.",
        sources=("Báo Lam Giang",),
        category="Văn hoá & Du lịch",
    ),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    data: Path = tmp_path_factory.mktemp("data")
    config = Settings(data=data)
    digest = FolderStore(data).add(b"%PDF-1.7")
    file = StoredFile("74-UBND-KH.pdf", 0, FileState.TEXT, "application/pdf", 8, digest)
    text = Extraction(
        "application/pdf", FileState.TEXT, (Page(1, "Trang đầu"), Page(2, "Mục tiêu trực tuyến 70%"))
    )
    engine = open_engine(config, create=True)
    with engine.writer() as writer:
        for article, files, texts in ((ARTICLES[0], (file,), (text,)), (ARTICLES[1], (), ())):
            stored = stored_article(article, files, texts, config.zone)
            writer.put(index_entry(stored, pack(stored), seconds_of(article.published), texts))
    yield create_app(SearchService(engine, config)).test_client()
    engine.close()


def test_from_the_query_to_the_file(client: FlaskClient) -> None:
    found = client.get("/search?q=muc+tieu+truc+tuyen").text
    assert "1 kết quả" in re.sub(r"<[^>]*>", "", found)
    assert ", trang 2</a>: " in found and "<mark>Mục tiêu trực tuyến</mark>" in found
    article = client.get("/articles/ke-hoach-74?q=uy+ban").text
    assert "<mark>Uỷ ban</mark> nhân dân" in article and "Tìm được trong nội dung tệp" in article
    assert client.get("/articles/ke-hoach-74/files/0", buffered=True).data == b"%PDF-1.7"


def test_an_id_that_is_no_path_has_an_address(client: FlaskClient) -> None:
    (hit,) = json.loads(client.get("/api/v1/search?category=" + quote("Văn hoá & Du lịch")).data)["hits"]
    assert hit["id"] == "lễ hội/đèn lồng" and hit["published"] is None
    assert "Lễ hội đèn lồng &lt;b&gt;2025&lt;/b&gt;" in client.get(hit["url"]).text


def test_a_tick_leads_to_its_count(client: FlaskClient) -> None:
    found = client.get("/search").text
    counts = re.findall(
        r'name="(\w+)" value="([^"]+)" form="tim">(?:(?!</label>).)*?class="count">.*?</span>(\d+)',
        found,
        re.S,
    )
    assert len(counts) >= 6
    for name, value, count in counts:
        url = Form(found, "tim").address((name, html.unescape(value)))
        assert client.get(url.replace("/search", "/search/count")).json == {"results": f"{count} kết quả"}
        assert json.loads(client.get(url.replace("/search", "/api/v1/search")).data)["total"] == int(count)


def test_it_is_ready_and_home_shows_what_there_is(client: FlaskClient) -> None:
    assert client.get("/readyz").status_code == 200
    home = client.get("/").text
    assert "Tìm trong 2 bài viết" in home and "Không rõ ngày đăng" in home


_queries = st.lists(
    st.sampled_from(
        'kế hoạch " ( ) OR NOT - * ~ số: ngày:[2024 TO ] 74/KH-UBND \x00 ^2 : KHÔNG ? ﷺ \\ tiêu-đề: +'.split(
            " "
        )
    )
    | st.text(max_size=6),
    max_size=10,
).map(" ".join)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    _queries, st.sampled_from(["", "&strict=1", "&in=files", "&date=none&from=2023", "&page=100&size=100"])
)
def test_no_query_breaks_the_search(client: FlaskClient, query: str, rest: str) -> None:
    text = quote(query, errors="replace")
    assert client.get(f"/search?q={text}{rest}").status_code == 200
    assert client.get(f"/articles/ke-hoach-74?q={text}").status_code == 200

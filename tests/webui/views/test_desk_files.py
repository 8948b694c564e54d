"""The page of attachments that could not be read, on a real index."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from indexer.keys import KeyStore
from indexer.model import Article, Attachment
from indexer.search.service import open_search
from indexer.settings import ENGINES, Settings
from tests.collection import index
from tests.extract.documents import encrypted_pdf, pdf
from webui import create_app

BROKEN = Attachment("hỏng <b>.pdf", content=b"%PDF-1.7 broken")
ARTICLES = (
    Article("hai-tep", "Bài có tệp hỏng", attachments=(BROKEN, Attachment("tot.pdf", content=pdf("Van ban")))),
    Article("khoa", "Bài có tệp khóa", attachments=(Attachment("k.pdf", content=encrypted_pdf("a", "b")),)),
    Article("noi-bo", "Nội bộ", attachments=(BROKEN,), audience="staff"),
    *(Article(f"bai-{n}", f"Bài {n}", attachments=(Attachment("thieu.pdf"),)) for n in range(60)),
)  # fmt: skip


@pytest.fixture(scope="module", params=ENGINES)
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    settings = Settings(data=tmp_path_factory.mktemp("data"), engine=request.param)
    index(settings, ARTICLES)
    service = open_search(settings)
    client = create_app(service).test_client()
    # It looks after the site, and sees what everybody sees.
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {KeyStore(settings.data).create('a', ['curate'])[1]}"
    yield client
    service.close()


def said(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", response.text).split())


def test_the_worst_comes_first_with_its_reason(client: FlaskClient) -> None:
    page = said(client, "/staff/files")
    assert "Không đọc được nội dung 1 bài" in page and "Tìm được trong nội dung tệp 1 bài" in page
    assert (
        "hỏng &lt;b&gt;.pdf" in page
        and "Tệp bị hỏng, hoặc nội dung không đúng với loại tệp. Mở thử tệp;" in page
    )
    assert "tot.pdf" not in page and "Nội bộ" not in page
    assert "reextract --failed" in page


def test_reasons_are_in_the_language_of_the_page(client: FlaskClient) -> None:
    told = said(client, "/staff/files?state=protected")
    assert "Tệp có mật khẩu. Gỡ mật khẩu rồi đăng lại tệp." in told
    told = said(client, "/staff/files?state=protected&lang=en")
    assert "It is protected by a password. Remove the password and publish the file again." in told


def test_one_state_at_a_time(client: FlaskClient) -> None:
    assert "k.pdf" in said(client, "/staff/files?state=protected")
    assert "tot.pdf" in said(client, "/staff/files?state=text")
    assert "Không có bài nào" in said(client, "/staff/files?state=ocr")


def test_long_lists_have_pages(client: FlaskClient) -> None:
    first, second = (
        said(client, "/staff/files?state=missing"),
        said(client, "/staff/files?state=missing&page=2"),
    )
    assert first.count("thieu.pdf") == 50 and second.count("thieu.pdf") == 10
    assert "Trang 1/2" in first and "Sau ›" in first and "Trước" in second


@pytest.mark.parametrize("query", ["state=x", "page=0", "page=x", "page=201", "page=" + "9" * 5000, "page=²"])
def test_what_is_no_state_or_page_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/staff/files?{query}").status_code == 400


def test_without_attachments_it_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = Settings(data=tmp_path_factory.mktemp("empty"), trusted_proxies=1, staff_header="X-Staff")
    index(settings, ())
    service = open_search(settings)
    page = create_app(service).test_client().get("/staff/files", headers={"X-Staff": "an"}).text
    assert "Chưa có bài nào kèm tệp" in page
    service.close()


def test_where_it_was_before_leads_there(client: FlaskClient) -> None:
    moved = client.get("/files?state=protected&lang=en", follow_redirects=False)
    assert (moved.status_code, moved.headers["Location"]) == (301, "/staff/files?state=protected&lang=en")

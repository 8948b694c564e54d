"""The pages of attachments as they look and read, on a real index of every engine."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from flask.testing import FlaskClient
from PIL import Image

from benchmarks import scans
from indexer.errors import BusyError
from indexer.extract.sandbox import Sandbox
from indexer.files.folder import FolderStore
from indexer.model import Article, Attachment, OcrPage, Page
from indexer.search.pages.pictures import PagePictures
from indexer.search.service import SearchService
from indexer.settings import ENGINES, Settings
from tests.collection import index, served
from tests.extract.documents import PICTURE, pdf, xlsx
from webui import create_app

PLAN = next(path for path in scans.documents() if path.name == "74-UBND-KH.pdf")
SCAN = OcrPage(
    Page(2, "Thông báo\nsửa cầu Bến Nguyệt", True, 0.93, tuple((9 * i, 5, 9 * i + 8, 9) for i in range(6)))
)
ARTICLES = (
    Article(
        "ke-hoach",
        "Kế hoạch chuyển đổi số",
        attachments=(
            Attachment("74-UBND-KH.pdf", path=PLAN),
            Attachment("quét.pdf", content=pdf("Trang mot", PICTURE, "")),
            Attachment("bang.xlsx", content=xlsx(Bảng=[["Tên", "Cầu Bến Nguyệt"]])),
            Attachment("mất.pdf"),
        ),
    ),
    Article("noi-bo", "Nội bộ", attachments=(Attachment("a.pdf", content=pdf("x")),), audience="staff"),
)


@pytest.fixture(scope="module", params=ENGINES)
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchService]:
    settings = Settings(data=tmp_path_factory.mktemp("data"), engine=request.param)
    with (
        mock.patch.object(Sandbox, "ocr", return_value=SCAN),
        mock.patch("indexer.indexing.attachments.tesseract_missing", return_value=None),
    ):
        index(settings, ARTICLES)
    yield from served(settings)


@pytest.fixture
def client(service: SearchService) -> FlaskClient:
    return create_app(service).test_client()


def html(client: FlaskClient, path: str) -> str:
    response = client.get(f"/articles/ke-hoach/files/{path}")
    assert response.status_code == 200, path
    return response.text


def marked(page: str) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", page)


def test_a_hit_leads_to_its_page_with_the_words_boxed(client: FlaskClient) -> None:
    found = client.get("/search?q=chinh+quyen+so+an+toan+thong+tin").text
    [address] = set(re.findall(r'href="(/articles/ke-hoach/files/0/pages/\d\?[^"]*)"', found))
    page = client.get(address).text
    assert "an toàn thông tin" in " ".join(marked(page))
    boxes = re.findall(r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"', page)
    assert boxes and all(0 < int(number) < 10_000 for box in boxes for number in box)
    assert f'<img src="{address.partition("?")[0]}/picture" width="1240" height="1754"' in page


def test_the_picture_of_a_page(client: FlaskClient) -> None:
    response = client.get("/articles/ke-hoach/files/0/pages/2/picture")
    assert response.mimetype == "image/webp"
    assert Image.open(io.BytesIO(response.data)).size == (1240, 1754)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, max-age=3600"
    again = client.get(
        "/articles/ke-hoach/files/0/pages/2/picture", headers={"If-None-Match": response.headers["ETag"]}
    )
    assert again.status_code == 304


def test_pages_are_turned_by_link(client: FlaskClient) -> None:
    first, last = html(client, "0/pages/1?q=số"), html(client, "0/pages/4?q=số")
    assert "Trang 1/4" in first
    assert 'href="/articles/ke-hoach/files/0/pages/2?q=s%E1%BB%91" rel="next"' in first
    assert 'rel="prev"' not in first and 'rel="next"' not in last
    assert "Khung màu" not in html(client, "0/pages/1")


def test_what_ocr_read_is_boxed_where_it_saw_it(client: FlaskClient) -> None:
    page = html(client, "1/pages/2?q=cau+ben+nguyet")
    assert marked(page) == ["cầu Bến Nguyệt"]
    assert '<rect x="2" y="-13" width="76" height="40"' in page
    assert "độ tin cậy 93%" in page
    assert "Trang này không có chữ đọc được" in html(client, "1/pages/3")


def test_a_sheet_has_its_text_and_no_picture(client: FlaskClient) -> None:
    page = html(client, "2/pages/1?q=cau+ben+nguyet")
    assert "Loại tệp này không có ảnh trang" in page and marked(page) == ["Cầu Bến Nguyệt"]
    assert client.get("/articles/ke-hoach/files/2/pages/1/picture").status_code == 404


def test_the_way_to_the_first_page_that_answers(client: FlaskClient) -> None:
    def target(query: str) -> str:
        response = client.get(f"/articles/ke-hoach/files/1/pages{query}")
        assert response.status_code == 302
        return response.headers["Location"].rpartition("/")[2]

    assert target("?q=ben+nguyet") == "2?q=ben+nguyet"
    assert target("?q=khongco") == "1?q=khongco"
    assert target("?page=3&q=a") == "3?q=a"
    assert target("") == "1"
    assert target("?page=x") == "1"
    assert target("?page=" + "9" * 5000) == "1"


def test_where_the_words_are(client: FlaskClient) -> None:
    page = html(client, "0/pages/1?q=an+toan+thong+tin")
    assert re.search(r"Có ở \d trang", page)
    assert "Không trang nào của tệp này" in html(client, "0/pages/1?q=khongco")


@pytest.mark.parametrize(
    "path", ["0/pages/0", "0/pages/5", "0/pages/x", "3/pages/1", "9/pages/1", "9/pages", "0/pages/0/picture"]
)
def test_there_is_no_such_page(client: FlaskClient, path: str) -> None:
    assert client.get(f"/articles/ke-hoach/files/{path}").status_code == 404


@pytest.mark.parametrize("path", ["0/pages/1", "0/pages/1/picture", "0/pages", "0"])
def test_pages_for_staff_are_not_there(client: FlaskClient, path: str) -> None:
    assert client.get(f"/articles/noi-bo/files/{path}").status_code == 404


def test_without_its_bytes_a_page_still_reads(client: FlaskClient, tmp_path: Path) -> None:
    with mock.patch.object(FolderStore, "path", lambda _, sha256: tmp_path / sha256):
        page = html(client, "0/pages/1?q=ke+hoach")
        assert "Không hiển thị được ảnh" in page and marked(page)
        assert client.get("/articles/ke-hoach/files/0/pages/1/picture").status_code == 404


def test_when_too_many_are_drawn_at_once_it_says_when_to_come_again(client: FlaskClient) -> None:
    with mock.patch.object(PagePictures, "get", side_effect=BusyError("all readers of files are at work")):
        response = client.get("/articles/ke-hoach/files/0/pages/1")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"


def article(client: FlaskClient, query: str) -> str:
    response = client.get(f"/articles/ke-hoach{query}")
    assert response.status_code == 200
    return response.text


def test_an_article_leads_to_the_page_that_answers_where_its_own_text_does_not(client: FlaskClient) -> None:
    found = article(client, "?q=cầu+Bến+Nguyệt")
    assert "Từ cần tìm có trong tệp đính kèm" in found
    assert 'href="/articles/ke-hoach/files/1/pages/2?q=c%E1%BA%A7u+B%E1%BA%BFn+Nguy%E1%BB%87t"' in found
    assert "sửa <mark>cầu Bến Nguyệt</mark>" in found
    english = article(client, "?lang=en&q=cầu+Bến+Nguyệt")
    assert "The words are in an attachment" in english
    for query in ("?q=kế+hoạch+chuyển+đổi+số", "?q=hoàng+hôn+rực+rỡ", ""):
        assert "có trong tệp đính kèm" not in article(client, query), query

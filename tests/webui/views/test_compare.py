"""Two texts side by side in the browser: by address or number, with what there is to compare with."""

from __future__ import annotations

import html
import re
from datetime import datetime
from urllib.parse import quote_plus

import pytest
from flask.testing import FlaskClient

from indexer.model import Article, Attachment
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import index
from tests.search.comparison.test_comparison import AMENDED, LAW
from webui import create_app

_DAY = datetime.fromisoformat("2024-03-06T08:00:00+07:00")
ARTICLES = (
    Article("luat", "Luật số 5/2023/QH15 về bến đò", LAW, number="5/2023/QH15", type="Luật", published=_DAY),
    Article("hop-nhat", "Văn bản hợp nhất số 2/VBHN-VPQH", f"Văn bản này hợp nhất Luật số 5/2023/QH15.\n{AMENDED}",
            number="2/VBHN-VPQH", type="Văn bản hợp nhất", published=_DAY),
    Article("du-thao", "Dự thảo luật về bến đò <b>", "Xin góp ý dự thảo.", published=_DAY,
            attachments=(Attachment("du-thao.txt", content=LAW.replace("20 giờ", "18 giờ").encode()),)),
    Article("mat", "Bản mật về bến đò", LAW.replace("Lam Giang", "zyxmat"), number="5/2023/QH15", type="Luật", published=_DAY,
            audience="staff"),
)  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    index(settings, ARTICLES)
    return create_app(open_search(settings)).test_client()


def page(client: FlaskClient, first: str = "", second: str = "", more: str = "") -> str:
    response = client.get(f"/compare?a={quote_plus(first)}&b={quote_plus(second)}{more}")
    assert response.status_code == 200
    return response.get_data(as_text=True)


def tagged(shown: str, tag: str) -> list[str]:
    """Return what is marked, without what is said to those who hear it."""
    plain = re.sub(r'<span class="unseen"[^>]*>[^<]*</span>', "", shown.partition('class="compared-row')[2])
    return re.findall(rf"<{tag}>(.*?)</{tag}>", plain)


def test_two_documents_by_their_numbers(client: FlaskClient) -> None:
    shown = page(client, "5/2023/QH15", "2/vbhn-vpqh")
    assert "3 chỗ khác nhau" in shown and "Đoạn có sửa" in shown
    assert {"5", "20"} <= set(tagged(shown, "del")) and "30 phút" in tagged(shown, "ins")
    assert "[bỏ: " in shown and "[thêm: " in shown, "for those who hear the page"


def test_what_is_the_same_is_left_out_or_shown(client: FlaskClient) -> None:
    asked = ("5/2023/QH15", "/articles/du-thao/files/0/text")
    shown = page(client, *asked)
    assert "2 đoạn giống nhau" in shown and "Phạm vi" not in shown
    assert "Phạm vi" in page(client, *asked, "&all=1")


@pytest.mark.parametrize(
    "first",
    ["/articles/luat", "http://localhost/articles/luat?q=x", "/directives/5-2023-qh15", "luật 5/2023/QH15"],
)
def test_a_text_by_any_address_of_it(client: FlaskClient, first: str) -> None:
    shown = page(client, first, "/articles/du-thao/files/0/text")
    assert "1 chỗ khác nhau" in shown and tagged(shown, "ins") == ["18"]
    assert "Dự thảo luật về bến đò &lt;b&gt;" in shown


def test_one_text_leads_to_what_it_may_be_compared_with(client: FlaskClient) -> None:
    shown = page(client, "/articles/luat")
    links = [html.unescape(link) for link in re.findall(r'href="(/compare\?[^"]*)"', shown)]
    assert f"/compare?a={quote_plus('/articles/luat')}&b={quote_plus('/directives/2-vbhn-vpqh')}" in links
    assert "Được hợp nhất bởi" in shown
    shown = page(client, "/articles/du-thao/files/0/text")
    assert "Cùng bài này" in shown


def test_where_there_is_nothing_it_is_said(client: FlaskClient) -> None:
    for nothing in (
        "/articles/khong-co",
        "99/QĐ-TTg",
        "/help",
        "/articles/luat/files/3/text",
        "//[",
        "/directives/5-2023-qh15?year=x",
        "zzz",
        "\x00",
    ):
        shown = page(client, "/articles/luat", nothing)
        assert shown.count("Không có nội dung để so sánh.") == 1
    assert client.get("/compare").status_code == 200


def test_what_is_for_staff_is_compared_with_nothing(client: FlaskClient) -> None:
    for shown in (
        page(client, "/articles/mat", "/articles/luat"),
        page(client, "/articles/luat"),
        page(client, "5/2023/QH15", "/articles/luat"),
    ):
        assert "zyxmat" not in shown and "Bản mật" not in shown


def test_the_same_text_twice_and_a_page_behind_the_last(client: FlaskClient) -> None:
    assert "Hai bản giống hệt nhau." in page(client, "/articles/luat", "5/2023/QH15")
    assert "3 chỗ khác nhau" in page(client, "5/2023/QH15", "2/VBHN-VPQH", "&page=99")


def test_pages_of_texts_lead_there(client: FlaskClient) -> None:
    for url, first in (
        ("/articles/luat", "/articles/luat"),
        ("/directives/5-2023-qh15", "/directives/5-2023-qh15"),
    ):
        assert f'href="/compare?a={quote_plus(first)}"' in client.get(url).get_data(as_text=True)

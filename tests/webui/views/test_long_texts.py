"""Laws as they are read: contents, addresses, mentions that lead somewhere, and the articles that answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from indexer.model import Article, Attachment
from indexer.search.service import SearchService
from indexer.settings import ENGINES, Settings
from tests.collection import index, served
from tests.extract.documents import docx
from tests.webui.views.test_pages import links_of, page, said
from webui import create_app

LAW = """QUỐC HỘI

LUẬT
BẾN THUYỀN

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh

Luật này quy định việc quản lý bến thuyền.

Điều 2. Giải thích từ ngữ

1. Bến thuyền là nơi thuyền đón khách.

2. Áo phao là áo nổi trên mặt nước.

Chương II
AN TOÀN

Điều 3. Áo phao của khách

1. Mỗi khách có một áo phao.

2. Chủ bến kiểm tra áo phao theo khoản 2 Điều 2 của Luật này và Điều 1 của bản hướng dẫn.

Điều 4. Đèn bến

Đèn bến sáng từ 18 giờ. Khách không có áo thì không lên thuyền; phao cứu sinh treo ở cột.

Điều 5. Hiệu lực thi hành

Luật này có hiệu lực từ ngày 01 tháng 01 năm 2020."""
DECREE = [
    "Điều 1. Phạm vi",
    "Nghị định này quy định chi tiết Luật Bến thuyền.",
    "Điều 2. Lệ phí",
    "1. Lệ phí đò ngang do thành phố quy định.",
    "2. Trẻ em được miễn lệ phí.",
    "Điều 3. Thi hành",
    "Các bến thi hành Nghị định này.",
]
ARTICLES = (
    Article("luat", "Luật Bến thuyền", LAW, number="15/2019/QH14", type="Luật"),
    Article(
        "nghi-dinh",
        "Nghị định về lệ phí bến",
        "Toàn văn nghị định ở tệp đính kèm. Giá nước năm nay không đổi.",
        number="7/2020/NĐ-CP",
        attachments=(Attachment("nghi-dinh.docx", content=docx(*DECREE)),),
    ),
    Article(
        "hoi-dap",
        "Hỏi đáp về bến thuyền",
        "Theo khoản 1 Điều 3 Luật số 15/2019/QH14 thì phải mặc áo phao. Lệ phí theo khoản 2 Điều 2 Nghị định số 7/2020/NĐ-CP."
        " Điều 77 Luật số 15/2019/QH14 không có. Xem cả Điều 1 Luật số 16/2019/QH14 và Điều 1 Luật Bến thuyền.",
    ),
    Article("noi-bo", "Luật nội bộ", LAW, number="16/2019/QH14", type="Luật", audience="staff"),
)


@pytest.fixture(scope="module", params=ENGINES)
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchService]:
    settings = Settings(data=tmp_path_factory.mktemp("data"), engine=request.param)
    index(settings, ARTICLES)
    yield from served(settings)


@pytest.fixture
def client(service: SearchService) -> FlaskClient:
    return create_app(service).test_client()


def test_the_page_of_a_law_has_contents_that_lead_to_its_articles(client: FlaskClient) -> None:
    found = page(client, "/articles/luat")
    contents = found[
        found.index('<nav class="contents"') : found.index("</nav>", found.index('<nav class="contents"'))
    ]
    assert said(contents).startswith("Mục lục Mục lục Chương I. QUY ĐỊNH CHUNG Điều 1. Phạm vi điều chỉnh")
    for address in links_of(contents):
        assert found.count(f'id="{address[1:]}"') == 1, address
    assert 'id="dieu-2-khoan-2"' in found
    assert "".join(re.findall(r"<h(\d) class=\"provision", found)) == "2332333"
    assert "contents" not in page(client, "/articles/hoi-dap").partition("<article")[2]


def test_mentions_of_articles_lead_to_them_where_their_text_is_here(client: FlaskClient) -> None:
    law = page(client, "/articles/luat")
    assert '<a href="#dieu-2-khoan-2">khoản 2 Điều 2</a> của Luật này' in law
    assert ">Điều 1</a> của bản" not in law
    asked = links_of(page(client, "/articles/hoi-dap?lang=vi"))
    assert "/articles/luat?lang=vi#dieu-3-khoan-1" in asked
    assert "/articles/nghi-dinh/files/0/text?lang=vi#dieu-2-khoan-2" in asked
    assert not any("dieu-77" in one for one in asked)
    assert not any("noi-bo" in one for one in asked), "the text is for staff"
    assert sum("#dieu" in one for one in asked) == 2, "a law without its year may be an older one"


def test_an_attachment_is_read_as_a_whole(client: FlaskClient) -> None:
    assert "/articles/nghi-dinh/files/0/text" in links_of(page(client, "/articles/nghi-dinh"))
    found = page(client, "/articles/nghi-dinh/files/0/text?q=lệ+phí+đò+ngang")
    assert '<p id="dieu-2-khoan-1" data-place>' in found
    assert "Có đủ các từ cần tìm ở: Khoản 1 Điều 2" in said(found)
    assert page(client, "/articles/luat/files/0/text", 404)
    answer = client.get("/api/v1/articles/nghi-dinh/files/0/text").get_json()
    assert [one["anchor"] for one in answer["contents"]] == [
        "dieu-1", "dieu-2", "dieu-2-khoan-1", "dieu-2-khoan-2", "dieu-3",
    ]  # fmt: skip
    third = answer["contents"][-1]
    assert answer["text"][third["start"] : third["end"]].startswith("Điều 3. Thi hành")


def test_places_hold_all_that_was_asked_for(client: FlaskClient) -> None:
    found = page(client, "/articles/luat?q=áo+phao")
    assert "Có đủ các từ cần tìm ở: Khoản 2 Điều 2, Điều 3, Khoản 1 Điều 3, Khoản 2 Điều 3" in said(found)
    assert found.count("data-place") == 4, "not where the words stand apart"


def test_words_that_stand_by_chance_are_no_places_where_an_attachment_answers(client: FlaskClient) -> None:
    found = page(client, "/articles/nghi-dinh?q=lệ+phí+đò+ngang+năm")
    assert "data-marks" in page(client, "/articles/nghi-dinh?q=giá+nước")
    found = page(client, "/articles/nghi-dinh?q=trẻ+em+được+miễn")
    assert "Từ cần tìm có trong tệp đính kèm" in found
    assert "data-marks" not in found


def test_hits_list_the_articles_that_answer(client: FlaskClient) -> None:
    found = page(client, "/search?q=áo+phao")
    assert "Điều 3. Áo phao của khách: 1. Mỗi khách có một áo phao." in said(found)
    assert "/articles/luat-ben-thuyen--luat?q=%C3%A1o+phao#dieu-3" in links_of(found)
    answer = client.get("/api/v1/search?q=áo+phao").get_json()
    law = next(hit for hit in answer["hits"] if hit["id"] == "luat")
    assert [one["name"] for one in law["provisions"]] == ["Điều 3", "Khoản 2 Điều 2"]


def test_articles_of_an_attachment_answer_where_it_does(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=trẻ+em+được+miễn").get_json()
    decree = next(hit for hit in answer["hits"] if hit["id"] == "nghi-dinh")
    assert [(one["name"], one["title"], one["url"]) for one in decree["provisions"]] == [
        ("Khoản 2 Điều 2", "Lệ phí", "/articles/nghi-dinh/files/0/text#dieu-2-khoan-2")
    ]


@pytest.mark.parametrize(
    ("query", "name", "url"),
    [
        ("điều 4 luật bến thuyền", "Điều 4", "/articles/luat#dieu-4"),
        ("khoan 2 dieu 3 luat ben thuyen", "Khoản 2 Điều 3", "/articles/luat#dieu-3-khoan-2"),
        ("điều 2 15/2019/QH14", "Điều 2", "/articles/luat#dieu-2"),
        ("điều 2 nghị định 7/2020/NĐ-CP", "Điều 2", "/articles/nghi-dinh/files/0/text#dieu-2"),
    ],
)
def test_an_article_asked_for_by_number_is_the_hit(
    client: FlaskClient, query: str, name: str, url: str
) -> None:
    answer = client.get("/api/v1/search", query_string={"q": query}).get_json()
    law = answer["hits"][0]
    assert [(one["name"], one["url"]) for one in law["provisions"]] == [(name, url)]


def test_the_contents_are_in_the_json(client: FlaskClient) -> None:
    answer = client.get("/api/v1/articles/luat").get_json()
    chapter = answer["contents"][0]
    assert (chapter["kind"], chapter["label"], chapter["title"]) == ("chapter", "Chương I", "QUY ĐỊNH CHUNG")
    last = answer["contents"][-1]
    assert answer["body"][last["start"] : last["end"]].startswith("Điều 5. Hiệu lực")
    assert client.get("/api/v1/articles/hoi-dap").get_json()["contents"] == []


def test_the_card_of_a_law_names_the_article_that_was_asked_for(client: FlaskClient) -> None:
    def card(query: str) -> str:
        found = page(client, f"/search?q={query}")
        return said(found[found.index('<section class="card"') : found.index('<p class="card-counts"')])

    assert card("điều 4 luật bến thuyền").startswith("Luật 15/2019/QH14 Điều 4. Đèn bến Tình trạng hiệu lực")
    assert "Điều" not in card("luật bến thuyền")

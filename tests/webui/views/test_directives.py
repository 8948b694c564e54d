"""Documents in the browser and the API: by any spelling, with who cites them, as a picture and as lists."""

from __future__ import annotations

import csv
import dataclasses
import io
import itertools
import json
import re
from datetime import datetime
from html.parser import HTMLParser

import openpyxl
import pytest
from flask.testing import FlaskClient

from indexer.model import Article, Attachment
from indexer.register.named import Named
from indexer.search.service import open_search
from indexer.settings import ENGINES, Settings
from tests.collection import index
from webui import create_app
from webui.presenters.graph import graph

TW = "Chỉ thị số 38-CT/TW ngày 19/9/2019 của Ban Bí thư"


REPLACES = "Kế hoạch số 61/KH-UBND thay thế Kế hoạch số 74/KH-UBND ngày 6/3/2024."


def _article(id: str, title: str, body: str, day: str = "2024-03-06", **more: object) -> Article:
    published = datetime.fromisoformat(f"{day}T08:00:00+07:00")
    # Plans of one portal: those of other places may have the same number.
    source = "lam-giang.example" if id in ("ke-hoach", "moi") else f"{id}.example"
    return Article(id, title, body, published=published, sources=(source,), **more)  # type: ignore[arg-type]


ARTICLES = (
    _article("ke-hoach", "Kế hoạch hữu nghị", f"Căn cứ Luật Đất đai năm 2024. Kế hoạch này thực hiện {TW}.",
             attachments=(Attachment("74-UBND-KH.signed"),)),
    _article("moi", "Kế hoạch mới", REPLACES, "2025-01-02",
             number="61/KH-UBND"),
    _article("tin", '=HYPERLINK("x") & <b>tin</b>', f"Thành phố quán triệt {TW}, triển khai Kế hoạch số 74/KH-UBND.", "2025-02-03"),
    _article("cu", "Nhắc lại",
             "Theo Chỉ thị số 38-CT/TW ngày 5/6/2009 của Ban Bí thư, Nghị quyết Trung ương 4 khóa XII và Nghị định 67."),
    _article("noi-bo", "Nội bộ", f"Thực hiện {TW} và Chỉ thị số 7-CT/TW.", audience="staff"),
)  # fmt: skip


@pytest.fixture(scope="module", params=ENGINES)
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    settings = Settings(data=tmp_path_factory.mktemp("data"), engine=request.param)
    index(settings, ARTICLES)
    return create_app(open_search(settings)).test_client()


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return response.get_data(as_text=True)


@pytest.mark.parametrize(
    "spelling", ["38-CT/TW", "38/CT-TW", "chi thi 38 tw", "38-ct/tw", "Chỉ thị số 38 của Ban Bí thư"]
)
def test_every_spelling_leads_to_one_address(client: FlaskClient, spelling: str) -> None:
    response = client.get(f"/directives/{spelling}?year=2019&utm_source=x")
    assert (response.status_code, response.headers["Location"]) == (302, "/directives/38-ct-tw?year=2019")
    assert "<h1>Chỉ thị 38-CT/TW (năm 2019)</h1>" in page(client, response.headers["Location"])


def test_the_page_says_how_far_the_index_reaches_where_the_status_is_not_known(client: FlaskClient) -> None:
    html = page(client, "/directives/law:luat_dat_dai@2024")
    assert "Chưa rõ" in html
    assert re.search(r"Dữ liệu có bài đến ngày 03/02/2025, cập nhật lần cuối ngày \d\d/\d\d/\d{4}", html)


def test_the_page_says_who_cites_it_and_how(client: FlaskClient) -> None:
    html = page(client, "/directives/74-kh-ubnd")
    assert "<h1>Kế hoạch 74/KH-UBND <span" in html and "Kế hoạch hữu nghị" in html
    assert "Hết hiệu lực toàn bộ" in html, "with the sentence that says so:"
    assert f"<q>{REPLACES}</q>" in html
    assert "Tình trạng hiệu lực:" not in page(client, "/directives/61-kh-ubnd"), "plans have none otherwise"
    assert "2 bài viện dẫn" in html
    assert re.search(r'id="replaces">Thay thế <span class="count">1', html)
    assert re.search(r'id="carries_out">Triển khai, thực hiện <span class="count">1', html)
    assert "Bị thay thế bởi" in html and "Thực hiện" in html
    assert html.count('href="/directives/61-kh-ubnd"') == 2, "once in the picture, once in the list"
    assert "&lt;b&gt;tin&lt;/b&gt;" in html and "<b>tin" not in html


def test_every_relation_that_is_shown_has_its_sentence(client: FlaskClient) -> None:
    html = page(client, "/directives/61-kh-ubnd")
    assert f"<title>Kế hoạch 74/KH-UBND: “{REPLACES}”</title>" in html, "in the picture"
    listed = html.split('<details class="graph-list"')[1].split("</details>")[0]
    assert listed.count("<li>") == listed.count("<q>") > 0
    assert f'<q>{REPLACES}</q> (<a href="/articles/ke-hoach-moi--moi">' in listed
    for slug in ("61-kh-ubnd", "74-kh-ubnd", "38-ct-tw", "law:luat_dat_dai@2024"):
        found = client.get(f"/api/v1/directives/{slug}").get_json()
        edges = [
            one for side in ("acts_on", "acted_on_by") for named in found[side].values() for one in named
        ]
        assert edges and all(one["sentence"] and one["article"]["url"] for one in edges)
        rows = list(
            csv.reader(io.StringIO(client.get(f"/directives/{slug}/citing.csv").get_data(as_text=True)))
        )
        assert all(row[7] for row in rows)


def test_one_number_of_two_years_gives_a_choice(client: FlaskClient) -> None:
    html = page(client, "/directives/38-ct-tw")
    assert "Nhiều văn bản có cùng số này" in html
    assert "3 bài viện dẫn" in html
    assert "1 bài viện dẫn" in page(client, "/directives/38-ct-tw?year=2009")


def test_what_nobody_knows_is_not_found_and_what_is_alike_is_offered(client: FlaskClient) -> None:
    assert "Không tìm thấy trang này" in page(client, "/directives/9999/QĐ-TTg", 404)
    assert "Không tìm thấy trang này" in page(client, "/directives/khong-phai-so", 404)
    html = page(
        client, client.get("/directives/74/UBND-KH").headers.get("Location", "/directives/74/UBND-KH")
    )
    assert 'href="/directives/74-kh-ubnd"' in html


def test_what_is_for_staff_is_nowhere(client: FlaskClient) -> None:
    assert page(client, "/directives/7-ct-tw", 404)
    for url in (
        "/directives",
        "/directives?missing=1",
        "/directives/38-ct-tw",
        "/directives/38-ct-tw/citing.csv",
    ):
        html = page(client, url)
        assert "Nội bộ" not in html and "7-CT/TW" not in html
    assert client.get("/api/v1/articles/noi-bo").status_code == 404
    assert client.get("/api/v1/articles/noi-bo/related").status_code == 404


def test_lists_of_documents(client: FlaskClient) -> None:
    most = page(client, "/directives?scope=all&sort=cited")
    assert most.index("Chỉ thị 38-CT/TW") < most.index("Kế hoạch 74/KH-UBND") < most.index("Đất đai")
    missing = page(client, "/directives?missing=1")
    assert "Chỉ thị 38-CT/TW" in missing and "74/KH-UBND" not in missing


def test_the_list_to_download(client: FlaskClient) -> None:
    response = client.get("/directives/74-kh-ubnd/citing.csv")
    assert response.headers["Content-Disposition"] == "attachment; filename=vien-dan-74-kh-ubnd.csv"
    text = response.get_data(as_text=True)
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:])))
    assert [row[0] for row in rows[1:]] == ["Triển khai, thực hiện", "Thay thế"]
    assert rows[1][2] == '\'=HYPERLINK("x") & <b>tin</b>', "no formula for a spreadsheet to run"
    assert rows[2][6].endswith("/articles/ke-hoach-moi--moi") and rows[2][6].startswith("http://")
    found = json.loads(client.get("/directives/74-kh-ubnd/citing.json").data)
    assert [(one["id"], one["relation"]) for one in found] == [("tin", "carries_out"), ("moi", "replaces")]
    assert found[1]["url"] == "http://localhost/articles/moi"
    assert client.get("/directives/9999-qd-ttg/citing.csv").status_code == 404


def test_the_list_as_a_workbook_names_the_document(client: FlaskClient) -> None:
    def about(url: str) -> dict[str, str]:
        book = openpyxl.load_workbook(io.BytesIO(client.get(url).data))
        return {row[0].value: row[1].value for row in book.worksheets[0].iter_rows()}

    url = "/directives/74-kh-ubnd/citing.xlsx"
    told = about(url)
    assert told["Văn bản"].endswith("74/KH-UBND") and told["Số dòng"] == "2" and "Quan hệ" not in told
    assert about(f"{url}?relation=replaces")["Quan hệ"] == "Thay thế"


def test_the_list_of_one_relation(client: FlaskClient) -> None:
    assert "citing.csv?relation=carries_out" in page(client, "/directives/74-kh-ubnd")
    response = client.get("/directives/74-kh-ubnd/citing.csv?relation=carries_out")
    assert "trien-khai-thuc-hien-74-kh-ubnd.csv" in response.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.get_data(as_text=True)[1:])))
    assert [row[0] for row in rows[1:]] == ["Triển khai, thực hiện"]
    found = client.get("/directives/74-kh-ubnd/citing.json?relation=replaces").json
    assert found and [one["id"] for one in found] == ["moi"]
    assert client.get("/directives/74-kh-ubnd/citing.csv?relation=x").status_code == 400


def test_a_query_with_a_number_has_its_card(client: FlaskClient) -> None:
    html = page(client, "/search?q=ke+hoach+74/KH-UBND")
    assert '<section class="card"' in html and 'href="/directives/74-kh-ubnd"' in html
    found = json.loads(client.get("/api/v1/search?q=74-UBND-KH.signed").data)
    assert [(card["label"], card["cited_by"]["total"]) for card in found["directives"]] == [
        ("Kế hoạch 74/KH-UBND", 2)
    ]
    assert found["hits"][0]["id"] == "ke-hoach"
    assert "directives" not in json.loads(client.get("/api/v1/search?q=hữu+nghị").data)
    assert json.loads(client.get("/api/v1/search?q=-74/KH-UBND").data).get("directives") is None


def test_another_order_of_codes_is_only_alike(client: FlaskClient) -> None:
    found = json.loads(client.get("/api/v1/search?q=74/UBND-KH").data)
    assert found["total"] == 0
    assert [one["label"] for one in found["alike"]] == ["Kế hoạch 74/KH-UBND"]
    assert "Có phải bạn muốn tìm" in page(client, "/search?q=74/UBND-KH")


def test_related_articles_and_their_reasons(client: FlaskClient) -> None:
    document = json.loads(client.get("/api/v1/articles/ke-hoach/related").data)
    found = {one["id"]: one for one in document["related"]}
    assert document["related"][0]["cites_it"]
    assert found["tin"]["shared"] == ["38-CT/TW"] and found["tin"]["cites_it"]
    assert "ke-hoach" not in found and "noi-bo" not in found
    assert json.loads(client.get("/api/v1/articles/moi/related?limit=1").data)["related"][0]["cited_by_it"]
    assert client.get("/api/v1/articles/moi/related?limit=0").status_code == 400
    assert client.get("/api/v1/articles/moi?limit=1").status_code == 400
    assert json.loads(client.get("/api/v1/articles/moi").data)["numbers"] == ["61/KH-UBND"]
    assert "Cùng viện dẫn" in page(client, "/articles/cu")


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name == "href" and value]


def test_every_link_of_the_pages_leads_somewhere(client: FlaskClient) -> None:
    for url in (
        "/directives",
        "/directives/74-kh-ubnd",
        "/directives/38-ct-tw",
        "/articles/ke-hoach",
        "/search?q=74/KH-UBND",
    ):
        parser = _Links()
        parser.feed(page(client, url))
        links = [link for link in parser.found if link.startswith("/")]
        assert len(links) > 5, url
        for link in links:
            assert client.get(link, follow_redirects=True).status_code == 200, (url, link)


def test_the_picture_of_forty_documents_does_not_overlap(client: FlaskClient) -> None:
    service = client.application.extensions["tracuu"]
    view = service.searcher().directives.view("74/KH-UBND")
    many = tuple(
        Named(f"{n}|2020|NĐ|CP||", f"Nghị định {n}/2020/NĐ-CP {'x' * n}", f"{n}-2020-nd-cp", 1)
        for n in range(1, 31)
    )
    wide = dataclasses.replace(
        view,
        acts_on=(("based_on", many[:20]),),
        acted_on_by=(("carries_out", many), ("amends", many[:3])),
    )
    picture = graph(wide)
    assert picture is not None
    boxes = [node for node in picture.nodes if node.url]
    assert len(boxes) == 40
    assert {node.changes for node in boxes} == {False, True}
    for side in (0, 700):
        tops = [node.y for node in picture.nodes if node.x == side]
        assert all(after - before >= 36 for before, after in itertools.pairwise(tops))
        assert max(tops) + 28 <= picture.height
    assert max(len(node.label) for node in boxes) <= 36
    assert any("13 văn bản khác" in node.label for node in picture.nodes)

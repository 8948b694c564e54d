"""Documents that are articles by themselves are found by their number, under their own name and day, on tantivy and Whoosh."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from indexer.indexing.opening import open_pipeline
from indexer.search.request import SearchRequest
from indexer.search.searcher import Searcher
from indexer.search.service import open_search
from indexer.settings import Settings
from indexer.sources.opening import open_source
from tests.extract.documents import docx, pdf

TOP = (
    "ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH LAM GIANG               Độc lập - Tự do - Hạnh phúc\n"
    "Số: {number}       Lam Giang, ngày 13 tháng 3 năm 2024\n\n{type}\n{subject}\n\nỦy ban nhân dân tỉnh ban hành như sau."
)


@pytest.fixture(scope="module", params=["tantivy", "whoosh"])
def searcher(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("identity")
    pages = folder / "pages"
    pages.mkdir()
    plan = TOP.format(number="61/KH-UBND", type="KẾ HOẠCH", subject="Bảo vệ đê điều")
    (pages / "phang.txt").write_text(plan)
    (pages / "nghi-dinh.txt").write_text(
        "CHÍNH PHỦ\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\nSố: 48/2021/NĐ-CP\n"
        "Hà Nội, ngày 01 tháng 04 năm 2021\nNGHỊ ĐỊNH\nVề quản lý chợ\nChính phủ ban hành Nghị định.\n"
        "Điều 9. Nghị định này có hiệu lực từ ngày 01 tháng 6 năm 2021.\nTM. CHÍNH PHỦ\nTHỦ TƯỚNG\n\nLê Văn An\nPhụ lục\nMẫu số 1"
    )
    (pages / "hieu.md").write_text(
        "# Danh mục thuốc\n\n**Số hiệu:** 19/2026/TT-BYT\n\nThông tư quy định danh mục.\n"
    )
    (pages / "5af316c2_van_ban.docx").write_bytes(
        docx(
            *TOP.format(number="62/QĐ-UBND", type="QUYẾT ĐỊNH", subject="Về việc lập tổ trực đê").split("\n")
        )
    )
    (pages / "bia.html").write_text(
        "<h1>Nghị định 150/2026/NĐ-CP về dự án chợ</h1><p>Chính phủ ban hành Nghị định 150/2026/NĐ-CP.</p>"
        '<p><a href="150-ndcp.signed.pdf">150-ndcp.signed.pdf</a></p>'
    )
    (pages / "150-ndcp.signed.pdf").write_bytes(pdf("Quy dinh ve du an cho"))
    (pages / "tin.txt").write_text(
        "Tin từ xã An Hòa\n\nTheo Nghị định 150/2026/NĐ-CP, Thông tư 19/2026/TT-BYT, "
        "Kế hoạch số 61/KH-UBND và Quyết định số 62/QĐ-UBND."
    )
    settings = Settings(data=folder / "data", engine=request.param)
    with open_pipeline(settings) as pipeline:
        list(pipeline.index(open_source(str(pages), settings)))
    with closing(open_search(settings)) as service:
        yield service.searcher()


@pytest.mark.parametrize(
    ("id", "numbers", "title", "published"),
    [
        ("phang", ("61/KH-UBND",), "KẾ HOẠCH Bảo vệ đê điều", "2024-03-13"),
        ("nghi-dinh", ("48/2021/NĐ-CP",), "NGHỊ ĐỊNH Về quản lý chợ", "2021-04-01"),
        ("hieu", ("19/2026/TT-BYT",), "Danh mục thuốc", None),
        ("5af316c2_van_ban.docx", ("62/QĐ-UBND",), "QUYẾT ĐỊNH Về việc lập tổ trực đê", "2024-03-13"),
        ("bia", ("150/2026/NĐ-CP",), "Nghị định 150/2026/NĐ-CP về dự án chợ", None),
        ("tin", (), "Tin từ xã An Hòa", None),
    ],
)
def test_number_name_and_day(
    searcher: Searcher, id: str, numbers: tuple[str, ...], title: str, published: str | None
) -> None:
    article = searcher.articles.by_id(id)
    assert (article.numbers, article.title, article.published) == (numbers, title, published)


def test_they_are_found_by_number_first_and_none_is_missing(searcher: Searcher) -> None:
    for number, id in [
        ("61/KH-UBND", "phang"),
        ("62/QĐ-UBND", "5af316c2_van_ban.docx"),
        ("150/2026/NĐ-CP", "bia"),
    ]:
        hits = searcher.search(SearchRequest(number)).hits
        assert [hit.id for hit in hits] == [id, "tin"]
    assert searcher.directives.ranked.missing(10) == []


def test_the_day_of_a_document_is_a_date_like_others(searcher: Searcher) -> None:
    response = searcher.search(SearchRequest("", date=("2024-03",)))
    assert {hit.id for hit in response.hits} == {"phang", "5af316c2_van_ban.docx"}


def test_the_head_of_a_page_stays_in_its_text(searcher: Searcher) -> None:
    assert searcher.articles.by_id("nghi-dinh").body.startswith("CHÍNH PHỦ")


def test_days_and_signer_are_those_that_the_document_itself_tells(searcher: Searcher) -> None:
    view = searcher.directives.view("48/2021/NĐ-CP")
    assert (view.issued, view.effective, view.signer) == ("2021-04-01", "2021-06-01", "Lê Văn An")
    assert view.card.texts[0].particulars.position == "THỦ TƯỚNG"
    told = searcher.directives.view("62/QĐ-UBND")
    assert (told.issued, told.effective, told.signer) == ("2024-03-13", None, None), (
        "what it does not tell is left out"
    )
    page = searcher.directives.view("150/2026/NĐ-CP")
    assert (page.issued, page.effective, page.signer) == (None, None, None), "a page about a document is none"

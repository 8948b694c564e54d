"""The legal status of documents as page, hits, facet and filter have it, when what changes them comes and goes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import datetime

import pytest

from indexer.indexing.opening import open_pipeline
from indexer.model import Article, Particulars
from indexer.search.request import SearchRequest
from indexer.search.searcher import Searcher
from indexer.search.service import open_search
from indexer.settings import ENGINES, Settings
from tests.collection import index

PARTY = "Chi bộ thực hiện Quy định số 37-QĐ/TW ngày 25/10/2021 về những điều đảng viên không được làm."
OLD = Article(
    "cu", "Quyết định về chợ", "Quyết định này có hiệu lực từ ngày 01/7/2019.", number="5/2019/QĐ-TTg",
    published=datetime.fromisoformat("2019-06-01T08:00:00+07:00"),
)  # fmt: skip
NEW = Article(
    "moi", "Quyết định về chợ", "Quyết định này thay thế Quyết định số 5/2019/QĐ-TTg từ ngày 01/3/2024.",
    number="9/2024/QĐ-TTg", published=datetime.fromisoformat("2024-02-01T08:00:00+07:00"),
)  # fmt: skip
OF_PROVINCE = Article(
    "tinh", "Quyết định của tỉnh", "Quyết định này có hiệu lực từ ngày 01/7/2019.", number="7/2019/QĐ-UBND", sources=("Tân Lâm",),
    published=datetime.fromisoformat("2019-06-01T08:00:00+07:00"),
)  # fmt: skip
ELSEWHERE = Article(
    "noi-khac", "Quyết định khác", "Bãi bỏ Quyết định số 7/2019/QĐ-UBND của UBND tỉnh Lam Giang.",
    number="8/2025/QĐ-UBND", sources=("Lam Giang",),
    published=datetime.fromisoformat("2025-02-01T08:00:00+07:00"),
)  # fmt: skip
CONSOLIDATED = Article(
    "hop-nhat", "Nghị định về hộ", "Khoản này bị bãi bỏ bởi khoản 4 Điều 9 Nghị định số 1/2021/NĐ-CP.",
    number="78/2015/NĐ-CP", published=datetime.fromisoformat("2015-09-14T08:00:00+07:00"),
)  # fmt: skip
LAWS = (
    Article(
        "luat-cu", "Luật Đất đai", "Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2014.", number="45/2013/QH13",
        type="Luật", published=datetime.fromisoformat("2013-11-29T08:00:00+07:00"),
    ),
    Article(
        "luat-moi", "Luật Đất đai", "Luật này có hiệu lực thi hành từ ngày 01 tháng 8 năm 2024.", number="31/2024/QH15",
        type="Luật", published=datetime.fromisoformat("2024-01-18T08:00:00+07:00"),
    ),
)  # fmt: skip
HOLDS, ASKED = (
    "Quyết định số 5/2019/QĐ-TTg hiện còn hiệu lực.",
    "Bộ đề nghị bãi bỏ Quyết định số 5/2019/QĐ-TTg.",
)
IN_FORCE = "Còn hiệu lực (theo nguồn đăng sau)"


def news(id: str, body: str, day: str | None) -> Article:
    return Article(
        id, "Tin", body, published=datetime.fromisoformat(f"{day}T08:00:00+07:00") if day else None
    )


@pytest.fixture(params=ENGINES)
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    yield Settings(data=tmp_path_factory.mktemp("data"), engine=request.param)


def searcher(settings: Settings, *articles: Article) -> Searcher:
    index(settings, articles)
    return open_search(settings).searcher()


def statuses(found: Searcher, **asked: tuple[str, ...]) -> dict[str, str | None]:
    return {hit.id: hit.status for hit in found.search(SearchRequest(**asked)).hits}  # type: ignore[arg-type]


def test_a_later_document_changes_the_status_of_an_earlier_one(settings: Settings) -> None:
    assert statuses(searcher(settings, OLD)) == {"cu": "Có hiệu lực (theo chính văn bản)"}
    found = searcher(settings, NEW)
    assert statuses(found) == {"cu": "Hết hiệu lực toàn bộ", "moi": "Chưa rõ"}
    assert statuses(found, status=("Hết hiệu lực toàn bộ",)) == {"cu": "Hết hiệu lực toàn bộ"}
    facet = {value.value: value.count for value in found.search(SearchRequest()).facets["status"]}
    assert facet == {"Hết hiệu lực toàn bộ": 1, "Chưa rõ": 1}
    card = found.directives.view("5/2019/QĐ-TTg").card
    assert (card.legal_status.status, card.legal_status.since, card.legal_status.by) == (
        "Hết hiệu lực toàn bộ", "2024-03-01", "9|2024|QĐ|TTG||",
    )  # fmt: skip
    with open_pipeline(settings) as pipeline:
        pipeline.remove(["moi"])
    assert statuses(open_search(settings).searcher()) == {"cu": "Có hiệu lực (theo chính văn bản)"}


def test_a_later_source_says_that_it_is_in_force_until_another_ends_it(settings: Settings) -> None:
    found = searcher(settings, OLD, news("tin-1", HOLDS, "2021-05-04"), news("tin-2", HOLDS, "2022-03-02"))
    assert statuses(found)["cu"] == IN_FORCE
    status = found.directives.view("5/2019/QĐ-TTg").card.legal_status
    assert (status.as_of, status.sentence, status.source and status.source.id) == (
        "2022-03-02",
        HOLDS,
        "tin-2",
    )
    assert statuses(searcher(settings, NEW))["cu"] == "Hết hiệu lực toàn bộ"


@pytest.mark.parametrize("day", ["2019-06-15", None])
def test_a_source_of_an_earlier_day_or_of_none_says_nothing(settings: Settings, day: str | None) -> None:
    found = searcher(settings, OLD, news("tin", HOLDS, day))
    assert statuses(found)["cu"] == "Có hiệu lực (theo chính văn bản)"
    assert found.directives.view("5/2019/QĐ-TTg").card.legal_status.as_of is None


def test_of_an_older_law_none_is_believed_that_it_holds(settings: Settings) -> None:
    said = news("tin", "Luật Đất đai số 45/2013/QH13 hiện còn hiệu lực.", "2023-05-04")
    assert statuses(searcher(settings, LAWS[0], said))["luat-cu"] == IN_FORCE
    found = searcher(settings, LAWS[1])
    assert statuses(found)["luat-cu"] == "Có hiệu lực (theo chính văn bản)"
    assert found.directives.view("45/2013/QH13").card.legal_status.as_of is None


@pytest.mark.parametrize(
    ("row", "day", "status"),
    [
        ("Còn hiệu lực", "2021-05-04", IN_FORCE),
        ("Còn hiệu lực", "2019-06-01", "Có hiệu lực (theo chính văn bản)"),
        ("Còn hiệu lực một phần", "2021-05-04", "Có hiệu lực (theo chính văn bản)"),
        ("Hết hiệu lực", "2021-05-04", "Hết hiệu lực toàn bộ"),
    ],
)
def test_the_row_of_a_portal_counts_as_of_the_day_of_its_page(
    settings: Settings, row: str, day: str, status: str
) -> None:
    page = dataclasses.replace(
        OLD,
        published=datetime.fromisoformat(f"{day}T08:00:00+07:00"),
        particulars=Particulars(issued="2019-06-01", status=row),
    )
    found = searcher(settings, page)
    assert statuses(found)["cu"] == status
    assert found.directives.view("5/2019/QĐ-TTg").card.legal_status.status == status


def test_the_decision_of_another_province_ends_nothing(settings: Settings) -> None:
    found = searcher(settings, OF_PROVINCE, ELSEWHERE)
    assert statuses(found)["tinh"] == "Có hiệu lực (theo chính văn bản)"


def test_a_text_tells_what_was_done_to_itself(settings: Settings) -> None:
    found = searcher(settings, CONSOLIDATED)
    assert statuses(found) == {"hop-nhat": "Hết hiệu lực một phần"}
    assert found.directives.view("78/2015/NĐ-CP").card.legal_status.by == "1|2021|NĐ|CP||"


def test_an_earlier_law_names_the_later_one_of_its_name(settings: Settings) -> None:
    card = searcher(settings, *LAWS).directives.view("45/2013/QH13").card
    assert (card.legal_status.status, card.legal_status.since) == (
        "Có hiệu lực (theo chính văn bản)",
        "2014-07-01",
    )
    assert [one.label for one in card.later] == ["Luật 31/2024/QH15"]
    assert card.reach == "2024-01-18"
    assert card.updated == datetime.now(settings.zone).date().isoformat()


def test_what_is_no_document_with_a_status_has_none(settings: Settings) -> None:
    found = searcher(settings, Article("ke-hoach", "Kế hoạch", number="7/KH-UBND"), Article("tin", "Tin"))
    assert statuses(found) == {"ke-hoach": None, "tin": None}


def test_a_regulation_of_the_party_is_called_as_those_that_cite_it_do(settings: Settings) -> None:
    found = searcher(settings, *(Article(f"a{n}", f"Chi bộ {n}", PARTY) for n in range(3)))
    view = found.directives.view("37-QĐ/TW")
    assert (view.card.label, view.type) == ("Quy định 37-QĐ/TW", "Quy định")
    assert all(one.citation.sentence == PARTY for group in view.groups for one in group.articles)

"""The legal status of documents as page, hits, facet and filter have it, when what changes them comes and goes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import datetime

import pytest

from indexer.engine.protocol import EngineRequest, EngineResponse
from indexer.indexing.opening import open_pipeline
from indexer.model import Article, Particulars
from indexer.search.request import SearchRequest
from indexer.search.searcher import Searcher
from indexer.search.service import open_search
from indexer.search.statuses import statuses_of
from indexer.settings import ENGINES, Settings
from indexer.visible.index import VisibleIndex
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


def document(id: str, number: str, day: str, title: str, body: str = "", **more: object) -> Article:
    published = datetime.fromisoformat(f"{day}T08:00:00+07:00")
    return Article(id, title, body, number=number, published=published, **more)  # type: ignore[arg-type]


def both(found: Searcher, id: str, number: str) -> str | None:
    """The status by which the document is found, which is the one that its page gives."""
    status = found.directives.view(number).card.legal_status.status
    assert statuses(found)[id] == status
    return status


def test_a_suspension_that_was_repealed_is_over(settings: Settings) -> None:
    suspended = document("tt", "38/2013/TT-BTC", "2013-08-09", "Thông tư về quầy chợ")
    first = document(
        "ngung", "2158/QĐ-BTC", "2013-09-23", "Quyết định ngưng hiệu lực thi hành Thông tư số 38/2013/TT-BTC"
    )
    found = searcher(settings, suspended, first)
    assert both(found, "tt", "38/2013/TT-BTC") == "Ngưng hiệu lực"
    second = document(
        "bai-bo", "3323/QĐ-BTC", "2014-07-28",
        "Quyết định bãi bỏ Quyết định số 2158/QĐ-BTC ngày 23/9/2013 về việc ngưng hiệu lực thi hành Thông tư số 38/2013/TT-BTC",
    )  # fmt: skip
    assert both(searcher(settings, second), "tt", "38/2013/TT-BTC") == "Chưa rõ"


def test_an_amendment_by_a_document_that_ended_is_over(settings: Settings) -> None:
    amended = document("goc", "5/2015/TT-BTC", "2015-02-02", "Thông tư về chợ")
    by = document(
        "sua",
        "6/2016/TT-BTC",
        "2016-02-02",
        "Thông tư sửa đổi, bổ sung một số điều của Thông tư số 5/2015/TT-BTC",
    )
    assert both(searcher(settings, amended, by), "goc", "5/2015/TT-BTC") == "Được sửa đổi, bổ sung"
    end = document("het", "7/2017/TT-BTC", "2017-02-02", "Thông tư bãi bỏ Thông tư số 6/2016/TT-BTC")
    assert both(searcher(settings, end), "goc", "5/2015/TT-BTC") == "Chưa rõ"


def test_a_law_whose_force_was_put_off_is_not_said_to_hold_since_its_own_day(settings: Settings) -> None:
    law = document(
        "luat", "99/2015/QH13", "2015-11-26", "Luật Chợ", "Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2016.", type="Luật"
    )  # fmt: skip
    resolution = document(
        "nq", "14/2016/QH13", "2016-06-29", "Nghị quyết về việc lùi hiệu lực thi hành của Luật Chợ số 99/2015/QH13"
        " từ ngày 01 tháng 7 năm 2016 đến ngày 01 tháng 01 năm 2018",
    )  # fmt: skip
    found = searcher(settings, law, resolution)
    assert both(found, "luat", "99/2015/QH13") == "Được lùi hiệu lực"
    status = found.directives.view("99/2015/QH13").card.legal_status
    assert (status.since, status.by) == ("2018-01-01", "14|2016||QH13||")


def test_what_ends_with_a_law_ends_on_the_day_on_which_that_begins(settings: Settings) -> None:
    old = document("cu-2", "17/2003/QH11", "2003-11-26", "Luật Chợ", type="Luật")
    new = document(
        "moi-2", "18/2017/QH14", "2017-11-21", "Luật Chợ", "Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2019.\n"
        "Luật Chợ số 17/2003/QH11 hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành.", type="Luật",
    )  # fmt: skip
    status = searcher(settings, old, new).directives.view("17/2003/QH11").card.legal_status
    assert (status.status, status.since) == ("Hết hiệu lực toàn bộ", "2019-01-01")


def test_a_published_list_ends_what_it_lists_and_is_not_what_ended_it(settings: Settings) -> None:
    listed = (
        document("q1", "12/2015/QĐ-TTg", "2015-12-08", "Quyết định về giá chợ"),
        document("q2", "13/2016/QĐ-TTg", "2016-12-08", "Quyết định về phí chợ"),
    )
    publishes = document(
        "danh-muc", "9/QĐ-BTP", "2024-01-30", "Quyết định về việc công bố Danh mục văn bản quy phạm pháp luật hết hiệu lực",
        "DANH MỤC VĂN BẢN QUY PHẠM PHÁP LUẬT HẾT HIỆU LỰC TOÀN BỘ NĂM 2023\n1 Quyết định 12/2015/QĐ-TTg ngày 08/12/2015\n"
        "DANH MỤC VĂN BẢN QUY PHẠM PHÁP LUẬT HẾT HIỆU LỰC MỘT PHẦN NĂM 2023\n1 Quyết định 13/2016/QĐ-TTg ngày 08/12/2016 Điều 5\n",
    )  # fmt: skip
    found = searcher(settings, *listed, publishes)
    assert both(found, "q1", "12/2015/QĐ-TTg") == "Hết hiệu lực toàn bộ"
    assert both(found, "q2", "13/2016/QĐ-TTg") == "Hết hiệu lực một phần"
    assert both(found, "danh-muc", "9/QĐ-BTP") == "Chưa rõ"
    status = found.directives.view("12/2015/QĐ-TTg").card.legal_status
    assert status.by is None and status.sentence and "HẾT HIỆU LỰC TOÀN BỘ" in status.sentence


def test_what_staff_alone_may_see_tells_nothing_of_what_all_may(settings: Settings) -> None:
    found = searcher(settings, OLD, dataclasses.replace(NEW, audience="staff"))
    assert both(found, "cu", "5/2019/QĐ-TTg") == "Có hiệu lực (theo chính văn bản)"


@pytest.mark.parametrize(
    "title",
    [
        "LUẬT CỦA QUỐC HỘI NƯỚC CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM SỐ 23/2000/QH10 NGÀY 09 THÁNG 12 NĂM 2000 VỀ CHỢ ĐÊM",
        "Luật số 23/2000/QH10 luật Chợ đêm.",
        "LUẬT CHỢ ĐÊM",
    ],
)
def test_a_law_names_its_successor_however_its_title_is_written(settings: Settings, title: str) -> None:
    old = document("cu-3", "23/2000/QH10", "2000-12-09", title, type="Luật")
    new = document("moi-3", "73/2021/QH14", "2021-03-30", "Luật số 73/2021/QH14 luật chợ đêm", type="Luật")
    card = searcher(settings, old, new).directives.view("23/2000/QH10").card
    assert [one.label for one in card.later] == ["Luật 73/2021/QH14"]


def test_one_document_in_two_articles_has_one_status(settings: Settings) -> None:
    record = dataclasses.replace(LAWS[0], id="cong-bao", title="Luật số 45/2013/QH13 luật Đất đai", body="")
    found = searcher(settings, LAWS[0], record)
    assert statuses(found) == {
        "luat-cu": "Có hiệu lực (theo chính văn bản)",
        "cong-bao": "Có hiệu lực (theo chính văn bản)",
    }


def test_the_index_reaches_to_the_newest_document_even_if_its_article_has_no_day(settings: Settings) -> None:
    undated = Article(
        "khong-ngay",
        "Thông tư về chợ nổi",
        number="9/2025/TT-BTC",
        particulars=Particulars(issued="2025-08-14"),
    )
    assert searcher(settings, OLD, undated).directives.view("5/2019/QĐ-TTg").card.reach == "2025-08-14"


def test_a_law_called_by_its_name_and_by_its_number_is_one_document(settings: Settings) -> None:
    found = searcher(
        settings,
        news("a", "Phường dẫn Luật Đất đai năm 2003 để trả hồ sơ.", "2024-02-02"),
        news("b", "Ông Ba nêu Luật Đất đai số 13/2003/QH11 ngày 26/11/2003.", "2024-02-03"),
        document(
            "c",
            "45/2013/QH13",
            "2013-11-29",
            "Luật Đất đai",
            "Luật Đất đai số 13/2003/QH11 hết hiệu lực.",
            type="Luật",
        ),
    )
    by_name, by_number = (
        found.directives.view(text).card for text in ("law:luat_dat_dai@2003", "13/2003/QH11")
    )
    assert by_name == by_number
    assert (by_name.key, by_name.cited_by) == ("13|2003||QH11||", 3)
    assert by_name.legal_status.status == "Hết hiệu lực toàn bộ"
    assert [(one.key, one.articles) for one in found.directives.ranked.missing(5)] == [("13|2003||QH11||", 3)]


def test_a_law_of_two_names_stands_once_in_the_lists_of_another(settings: Settings) -> None:
    found = searcher(
        settings,
        news("a", "Nghị định số 7/2004/NĐ-CP quy định chi tiết Luật Đất đai năm 2003.", "2024-02-02"),
        news("b", "Nghị định số 7/2004/NĐ-CP quy định chi tiết Luật Đất đai số 13/2003/QH11.", "2024-02-03"),
    )
    ((relation, guided),) = found.directives.view("7/2004/NĐ-CP").acts_on
    assert relation == "guides"
    assert [(one.key, one.articles, bool(one.said)) for one in guided] == [("13|2003||QH11||", 2, True)]


def test_a_change_is_read_however_many_newer_ones_there_are(settings: Settings) -> None:
    ended = news("a", "Nghị định số 8/2024/NĐ-CP thay thế Nghị định số 5/2019/NĐ-CP.", "2024-02-02")
    newer = (
        news(
            f"n{n}",
            f"Nghị định số {n}/2023/NĐ-CP sửa đổi Nghị định số 5/2019/NĐ-CP.",
            f"2024-03-{n % 28 + 1:02}",
        )
        for n in range(1, 61)
    )
    card = searcher(settings, ended, *newer).directives.view("5/2019/NĐ-CP").card
    assert card.legal_status.status == "Hết hiệu lực toàn bộ"


def test_only_statuses_that_occur_are_asked_for(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    found = searcher(settings, OLD, OF_PROVINCE, NEW, news("tin", "Không phải văn bản.", "2024-05-01"))
    asked: list[EngineRequest] = []
    search = VisibleIndex.search

    def noted(index: VisibleIndex, request: EngineRequest) -> EngineResponse:
        asked.append(request)
        return search(index, request)

    monkeypatch.setattr(VisibleIndex, "search", noted)
    articles = {hit.id: found.articles.by_id(hit.id) for hit in found.search(SearchRequest()).hits}
    asked.clear()
    assert statuses_of(found.index, list(articles.values())) == {
        "cu": "Hết hiệu lực toàn bộ",
        "tinh": "Có hiệu lực (theo chính văn bản)",
        "moi": "Chưa rõ",
    }
    assert len(asked) == 4
    asked.clear()
    assert statuses_of(found.index, [articles["cu"]]) == {"cu": "Hết hiệu lực toàn bộ"}
    assert len(asked) == 1

"""While typing: phrases, titles and numbers by their beginnings, always those of the articles that are there."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.catalog.catalog import Catalog
from indexer.indexing.opening import open_pipeline
from indexer.model import Article
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import Settings
from indexer.stored.article import StoredArticle
from indexer.suggest import store
from indexer.suggest.completion import FILE_NAME, SuggestionReader, key_of
from indexer.suggest.offers import NotedChanges
from indexer.suggest.phrases import phrases
from indexer.suggest.store import APPLIED, SuggestionWriter
from tests.collection import index

ARTICLES = [
    Article("a", "Thủ tục hành chính về đất đai", "Theo Nghị định số 30/2020/NĐ-CP."),
    Article("b", "Rút ngắn thủ tục hành chính cho doanh nghiệp", "Theo Nghị định số 30/2020/NĐ-CP."),
    Article("c", "Thủ tục hành chính nội bộ", "Mật: Nghị định số 31/2020/NĐ-CP.", audience="staff"),
    Article("d", "Thu tuần này: ngân sách vượt dự toán", ""),
]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path)
    index(settings, ARTICLES)
    return settings


def offered(settings: Settings, prefix: str, limit: int = 8) -> list[tuple[str, str, int]]:
    return [(one.text, one.kind, one.count) for one in SuggestionReader(settings.data).suggest(prefix, limit)]


PHRASE = ("thủ tục hành chính", "phrase", 2)
TITLE = ("Thủ tục hành chính về đất đai", "title", 1)


@pytest.mark.parametrize(
    "prefix", ["thủ tục h", "thu tuc h", "THU TUC H", "thủ  tục h", "thu\u0309 tu\u0323c h"]
)
def test_accents_case_and_blanks_are_optional(settings: Settings, prefix: str) -> None:
    assert offered(settings, prefix) == [PHRASE, TITLE]


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        pytest.param("th", {("thủ tục", "phrase", 2), PHRASE}, id="two letters: no titles yet"),
        pytest.param("30/2020", {("30/2020/NĐ-CP", "number", 2)}, id="number"),
        pytest.param("30/2020/nd", {("30/2020/NĐ-CP", "number", 2)}, id="number without accents"),
        pytest.param("31/2020", set(), id="number of an article for staff"),
        pytest.param("thủ tục hành chính n", set(), id="title of an article for staff"),
        pytest.param("rút", {("Rút ngắn thủ tục hành chính cho doanh nghiệp", "title", 1)}, id="title"),
        pytest.param("tục", set(), id="not from the middle of a word"),
        pytest.param("", set(), id="nothing"),
        pytest.param("  ?! ", set(), id="signs"),
        pytest.param("%_'\"\\\0", set(), id="signs that mean something to databases"),
        pytest.param("x" * 512, set(), id="long"),
    ],
)
def test_beginnings(settings: Settings, prefix: str, found: set[tuple[str, str, int]]) -> None:
    assert set(offered(settings, prefix)) == found


def test_titles_come_in_their_order_and_equal_ones_count_together(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    titles = ("Khai giảng", "Khai hội", "khai giang", "Khai giảng", "Khai mạc", "Khai xuân")
    index(settings, [Article(f"k{n}", title, f"Bài thứ {n}.") for n, title in enumerate(titles)])
    found = [(text, count) for text, kind, count in offered(settings, "khai") if kind == "title"]
    assert found == [("Khai giảng", 2), ("khai giang", 1), ("Khai hội", 1)]


def test_limit_is_kept(settings: Settings) -> None:
    assert offered(settings, "thu tu", 1) == [("thủ tục", "phrase", 2)]


def test_of_few_letters_rarer_phrases_fill_the_room(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    titles = [*["Tuyến a 5"] * 10, *["Tuyến a 50"] * 2]
    index(settings, [Article(f"t{n}", title, f"Bài thứ {n}.") for n, title in enumerate(titles)])
    assert offered(settings, "a 5", 1) == [("a 50", "phrase", 2)]


def test_follows_changes_and_removals(settings: Settings) -> None:
    index(settings, [Article("b", "Tên khác hẳn", "")])
    assert offered(settings, "thu tuc h") == [TITLE]
    with open_pipeline(settings) as pipeline:
        pipeline.remove(["a"])
    assert offered(settings, "thu tuc h") == offered(settings, "30/") == []
    index(settings, ARTICLES)
    assert offered(settings, "thu tuc h") == [PHRASE, TITLE]


def test_a_phrase_is_offered_while_two_articles_have_it(settings: Settings) -> None:
    def held() -> list[list[tuple[object, ...]]]:
        tables = ("articles", "titles", "phrases", "once", "numbers")
        with closing(sqlite3.connect(settings.data / FILE_NAME)) as database:
            return [sorted(database.execute(f"SELECT * FROM {table}")) for table in tables]

    before = held()
    assert offered(settings, "ngân s") == []
    index(settings, [Article("e", "Ngân sách của tỉnh", "")])
    assert ("ngân sách", "phrase", 2) in offered(settings, "ngân s")
    with open_pipeline(settings) as pipeline:
        pipeline.remove(["e"])
    assert held() == before


def test_a_reader_sees_the_next_commit(settings: Settings) -> None:
    service = open_search(settings)
    assert not service.suggest("điểm mới")
    index(settings, [Article("e", "Điểm mới của luật", "")])
    assert [one.text for one in service.suggest("điểm mới")] == ["Điểm mới của luật"]


def test_what_is_lost_is_made_anew(settings: Settings) -> None:
    for path in settings.data.glob(f"{FILE_NAME}*"):
        path.unlink()
    assert offered(settings, "thu tuc h") == []
    index(settings, [])
    assert offered(settings, "thu tuc h") == [PHRASE, TITLE]


def test_a_crash_between_index_and_suggestions_is_caught_up(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(self: SuggestionWriter, catalog: Catalog, until: int, noted: NotedChanges) -> None:
        raise SystemExit

    with monkeypatch.context() as patch, pytest.raises(SystemExit), open_pipeline(settings) as pipeline:
        patch.setattr(SuggestionWriter, "catch_up", crash)
        pipeline.remove(["a"])
    assert open_search(settings).search(SearchRequest("*")).total == 2
    assert offered(settings, "thu tuc h") == [PHRASE, TITLE]
    index(settings, [])
    assert offered(settings, "thu tuc h") == []
    catalog = Catalog(settings.data)
    assert catalog.applied.of(APPLIED) == catalog.last()


def test_what_the_writer_noted_is_not_read_from_the_catalog(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(stored: bytes) -> StoredArticle:
        raise AssertionError("read again")

    monkeypatch.setattr(store, "unpack", read)
    index(settings, [Article("a", "Lễ hội đèn lồng", ""), Article("f", "Tuyến xe buýt mới", "")])
    with open_pipeline(settings) as pipeline:
        pipeline.remove(["f"])
    assert offered(settings, "thu tuc h") == []
    assert [text for text, *_ in offered(settings, "lễ hội đèn")] == ["Lễ hội đèn lồng"]
    assert offered(settings, "tuyến xe") == []


def test_a_change_that_was_not_noted_is_read_from_the_catalog() -> None:
    noted = NotedChanges()
    noted.note(7, "b", None)
    noted.note(8, "a", None)
    noted.note(9, "b", None)
    assert noted.after(5) is None
    assert [(one.seq, one.id) for one in noted.after(6) or ()] == [(8, "a"), (9, "b")]
    noted.clear()
    assert noted.after(9) is None


def test_a_file_of_another_version_is_made_anew(settings: Settings) -> None:
    with closing(sqlite3.connect(settings.data / FILE_NAME)) as database:
        database.execute("PRAGMA user_version = 99")
    index(settings, [])
    assert offered(settings, "thu tuc h") == [PHRASE, TITLE]


def test_a_damaged_file_says_what_to_do(settings: Settings) -> None:
    for path in settings.data.glob(f"{FILE_NAME}*"):
        path.write_bytes(b"no database" * 1000)
    with pytest.raises(Exception, match="delete this file"):
        offered(settings, "thu tuc h")


@given(st.text(max_size=60))
def test_phrases_are_found_by_their_own_keys(title: str) -> None:
    for key, text in phrases(title).items():
        assert key_of(text) == key


NUMBERED = [
    Article("kh", "Chuyển đổi số", "", number="74/KH-UBND"),
    Article("kh-2", "Trồng cây", "", number="741/KH-UBND"),
    Article("qd", "Giá đất", "", number="74/QĐ-UBND"),
    Article("tt", "Nước uống", "", number="34/2010/TT-BYT"),
    Article("tt-2", "Bầu cử", "", number="34/2011/TT-BTC"),
    Article("nd", "Văn thư", "", number="05/2020/NĐ-CP"),
]


@pytest.mark.parametrize(
    ("prefix", "numbers"),
    [
        ("kh 74", ["74/KH-UBND", "741/KH-UBND"]),
        ("ke hoach 74", ["74/KH-UBND", "741/KH-UBND"]),
        ("Kế hoạch số 74", ["74/KH-UBND", "741/KH-UBND"]),
        ("KH74", ["74/KH-UBND", "741/KH-UBND"]),
        ("kế hoạch 74 ub", ["74/KH-UBND"]),
        ("thông tư 34", ["34/2010/TT-BYT", "34/2011/TT-BTC"]),
        ("thong tu 34/2011", ["34/2011/TT-BTC"]),
        ("tt 34/2010/tt-b", ["34/2010/TT-BYT"]),
        ("thông tư 34 bộ y tế", ["34/2010/TT-BYT"]),
        ("nghị định 5", ["05/2020/NĐ-CP"]),
        ("nghị định 05/20", ["05/2020/NĐ-CP"]),
        ("số 34", ["34/2010/TT-BYT", "34/2011/TT-BTC"]),
        ("công văn 74", []),
        ("kế hoạch 74 ngày", []),
    ],
)
def test_a_type_and_a_number_offer_what_is_known(tmp_path: Path, prefix: str, numbers: list[str]) -> None:
    settings = Settings(data=tmp_path)
    index(settings, NUMBERED)
    assert [text for text, kind, _ in offered(settings, prefix) if kind == "number"] == numbers

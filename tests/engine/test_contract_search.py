"""What every engine matches, scores, counts and sorts."""

from dataclasses import replace
from typing import Literal

import pytest

from indexer.engine import clauses as c
from indexer.engine.fields import ANY_TEXT
from indexer.engine.protocol import Engine, EngineRequest, Entry, FrequenciesAsked, PagesAsked, TermsAsked
from indexer.model import UNDATED
from tests.engine.entries import ask, entry, fill, order

PEACE, FLOWER, SCHOOL, PLAN, BARE = "peace", "flower", "school", "plan", "bare"

COLLECTION = (
    entry(
        PEACE,
        "Ủy ban nhân dân thành phố họp về hòa bình. Ủy ban hòa giải cũng dự.",
        title="Hòa bình và phát triển",
        day=20240115,
        source=("bao.example", "cong.example"),
        category="Tin tức",
        number="74/kh-ubnd",
    ),
    entry(
        FLOWER,
        "Lễ hội hoa binh chọn hoa tươi ở ủy ban nhân dan phường",
        title="Bình chọn hoa",
        day=20240120,
        source="bao.example",
        category="Văn hóa",
    ),
    entry(SCHOOL, "Học phí của trường học", day=20230901, source="cong.example", category="Giáo dục"),
    entry(
        PLAN,
        "Kế hoạch",
        files="Kế hoạch tuyên truyền bảo hiểm y tế",
        day=20231231,
        source="cong.example",
        category="Tin tức",
        pages=("Trang đầu của kế hoạch", "Trang hai nói về bảo hiểm y tế", "Bảo hiểm"),
    ),
    entry(BARE, "Không ngày hòa bình"),
)
ALL_IDS = {one.id for one in COLLECTION}
JANUARY = c.DayRange(20240101, 20240131)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    fill(engine, COLLECTION)
    return engine


def body(*terms: tuple[int, str]) -> c.Phrase:
    return c.Phrase("body", terms)


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        pytest.param(c.Term("body", "hoa"), {PEACE, FLOWER, BARE}, id="folded term"),
        pytest.param(c.Term("body", "=hoà"), {PEACE, BARE}, id="toned term"),
        pytest.param(c.Term("text", "phat"), {PEACE}, id="the whole text holds the title"),
        pytest.param(c.Term("body", "phat"), set(), id="the body does not"),
        pytest.param(c.Term("files", "tuyen"), {PLAN}, id="attachments"),
        pytest.param(c.Term("text", "tuyen"), set(), id="attachments are not the whole text"),
        pytest.param(c.Term("text_pairs", "hoa_binh"), {PEACE, FLOWER, BARE}, id="pairs of the body"),
        pytest.param(c.Term("title_pairs", "hoa_binh"), {PEACE}, id="pairs of the title"),
        pytest.param(c.Term("files_pairs", "bao_hiem"), {PLAN}, id="pairs of attachments"),
        pytest.param(c.Term("source", "cong.example"), {PEACE, SCHOOL, PLAN}, id="second of two values"),
        pytest.param(c.Term("category", "Tin tức"), {PEACE, PLAN}, id="a value with a blank"),
        pytest.param(c.Term("category", "tin tức"), set(), id="values keep their case"),
        pytest.param(c.Term("body", "không có"), set(), id="unknown term"),
        pytest.param(c.Term("page", "trang"), set(), id="pages are no articles"),
        pytest.param(body((1, "hoa"), (3, "binh")), {PEACE, FLOWER, BARE}, id="folded phrase"),
        pytest.param(body((0, "=hoà"), (3, "binh")), {PEACE, BARE}, id="toned first, folded second"),
        pytest.param(body((1, "hoa"), (2, "=bình")), {PEACE, BARE}, id="folded first, toned second"),
        pytest.param(body((0, "=uỷ"), (3, "ban"), (5, "nhan"), (6, "=dân")), {PEACE}, id="mixed of four"),
        pytest.param(
            body((0, "=uỷ"), (3, "ban"), (5, "nhan"), (7, "dan")), {PEACE, FLOWER}, id="mixed, looser"
        ),
        pytest.param(body((1, "binh"), (3, "hoa")), set(), id="a phrase keeps its order"),
        pytest.param(body((1, "uy"), (5, "nhan")), {PEACE, FLOWER}, id="a phrase with a gap"),
        pytest.param(body((1, "uy"), (3, "nhan")), set(), id="a phrase with too small a gap"),
        pytest.param(body((7, "hoa"), (9, "binh")), {PEACE, FLOWER, BARE}, id="positions are relative"),
        pytest.param(body((1, "hoc"), (3, "phi")), {SCHOOL}, id="a repeated term, first place"),
        pytest.param(body((1, "truong"), (3, "hoc")), {SCHOOL}, id="a repeated term, last place"),
        pytest.param(c.Prefix("body", "tru"), {SCHOOL}, id="prefix"),
        pytest.param(c.Prefix("body", "=ho"), {PEACE, FLOWER, PLAN, BARE}, id="toned prefix"),
        pytest.param(c.Prefix("text_pairs", "hoa_t"), {FLOWER}, id="prefix of a pair"),
        pytest.param(c.Prefix("body", "trx"), set(), id="prefix of nothing"),
        pytest.param(c.Fuzzy("body", "binhh"), {PEACE, FLOWER, BARE}, id="a letter too many"),
        pytest.param(c.Fuzzy("body", "trung"), {SCHOOL}, id="a letter too few"),
        pytest.param(c.Fuzzy("body", "truonk"), {SCHOOL}, id="a wrong letter"),
        pytest.param(c.Fuzzy("body", "turong"), {SCHOOL}, id="swapped neighbours"),
        pytest.param(c.Fuzzy("body", "truong"), {SCHOOL}, id="no typo"),
        pytest.param(c.Fuzzy("body", "tronk"), set(), id="two typos"),
        pytest.param(JANUARY, {PEACE, FLOWER}, id="days"),
        pytest.param(c.DayRange(20231231, 20240115), {PLAN, PEACE}, id="days, both ends included"),
        pytest.param(c.DayRange(10101, 99991231), ALL_IDS - {BARE}, id="all days but no day"),
        pytest.param(c.DayRange(20240131, 20240101), set(), id="days, upside down"),
        pytest.param(c.Undated(), {BARE}, id="undated"),
        pytest.param(c.Everything(), ALL_IDS, id="everything"),
        pytest.param(c.Nothing(), set(), id="nothing"),
        pytest.param(c.All((c.Term("body", "hoa"), JANUARY)), {PEACE, FLOWER}, id="all"),
        pytest.param(c.All((c.Term("body", "hoa"), c.Nothing())), set(), id="all, one of them nothing"),
        pytest.param(c.Any((c.Term("body", "hoc"), c.Undated())), {SCHOOL, BARE}, id="any"),
        pytest.param(c.Any((c.Nothing(), c.Nothing())), set(), id="any of nothing"),
        pytest.param(c.Any(()), set(), id="any of no clauses"),
        pytest.param(c.All(()), ALL_IDS, id="all of no clauses"),
        pytest.param(c.Not(c.Term("body", "hoa")), {SCHOOL, PLAN}, id="not alone"),
        pytest.param(c.Not(c.Not(c.Term("body", "hoa"))), {PEACE, FLOWER, BARE}, id="not not"),
        pytest.param(c.Not(c.Everything()), set(), id="not everything"),
        pytest.param(c.Not(c.Nothing()), ALL_IDS, id="not nothing"),
        pytest.param(c.All((c.Not(c.Undated()), c.Not(JANUARY))), {SCHOOL, PLAN}, id="all of nots"),
        pytest.param(c.All((c.Term("body", "hoa"), c.Not(JANUARY))), {BARE}, id="and not"),
        pytest.param(
            c.Any((c.Term("body", "phi"), c.Not(c.Term("body", "hoa")))), {SCHOOL, PLAN}, id="any with a not"
        ),
        pytest.param(
            c.Not(c.All((c.Term("body", "hoa"), c.Not(c.Undated())))), {SCHOOL, PLAN, BARE}, id="nested nots"
        ),
        pytest.param(c.Boost(c.Term("body", "hoc"), 3.0), {SCHOOL}, id="boost"),
        pytest.param(c.Boost(c.Not(c.Term("body", "hoa")), 2.0), {SCHOOL, PLAN}, id="boosted not"),
        pytest.param(c.Constant(c.Term("body", "hoc")), {SCHOOL}, id="constant of zero still matches"),
        pytest.param(c.Constant(c.Not(c.Undated()), 2.0), ALL_IDS - {BARE}, id="constant not"),
    ],
)
def test_matches(filled: Engine, clause: c.Clause, expected: set[str]) -> None:
    found = ask(filled, clause, limit=100)
    assert {hit.id for hit in found.hits} == expected
    assert found.total == len(expected)


def test_a_hit_brings_what_was_stored(filled: Engine) -> None:
    (hit,) = ask(filled, c.Term("body", "hoc")).hits
    assert (hit.id, hit.stored) == (SCHOOL, b"stored school")


# Scores ------------------------------------------------------------------------------------------


def score(engine: Engine, match: c.Clause, id: str, rank: tuple[c.Clause, ...] = ()) -> float:
    return next(hit.score for hit in ask(engine, match, rank=rank, limit=100).hits if hit.id == id)


def test_toned_and_folded_together_beat_folded_alone(engine: Engine) -> None:
    fill(engine, [entry("a-folded", "binh chọn hoa"), entry("b-both", "bình chọn hoa"), entry("c", "lễ hội")])
    match = c.Any((c.Term("text", "binh"), c.Term("text", "=bình")))
    assert order(engine, match) == ["b-both", "a-folded"]


def test_scores_of_clauses_add_up(filled: Engine) -> None:
    a, b = c.Term("body", "hoa"), c.Term("title", "hoa")
    assert score(filled, c.All((a, b)), PEACE) == pytest.approx(
        score(filled, a, PEACE) + score(filled, b, PEACE), rel=1e-5
    )
    assert score(filled, c.Any((a, b)), BARE) == pytest.approx(score(filled, a, BARE), rel=1e-5)
    assert score(filled, a, PEACE) > 0


def test_a_nested_all_that_fails_adds_nothing(filled: Engine) -> None:
    term, failing = c.Term("body", "hoa"), c.All((c.Term("body", "hoa"), c.Term("body", "hoc")))
    assert score(filled, c.Any((term, failing)), BARE) == pytest.approx(score(filled, term, BARE), rel=1e-5)


def test_boost_multiplies_and_constant_replaces(filled: Engine) -> None:
    term = c.Term("body", "hoa")
    assert score(filled, c.Boost(term, 2.5), PEACE) == pytest.approx(
        2.5 * score(filled, term, PEACE), rel=1e-5
    )
    assert score(filled, c.Constant(term, 7.0), PEACE) == pytest.approx(7.0)
    assert score(filled, c.Boost(c.Constant(term, 7.0), 2.0), PEACE) == pytest.approx(14.0)
    assert score(filled, c.Constant(term), PEACE) == 0


def test_not_and_everything_score_nothing(filled: Engine) -> None:
    assert score(filled, c.Not(c.Undated()), PEACE) == 0
    assert score(filled, c.Everything(), PEACE) == 0
    term = c.Term("body", "hoa")
    both = c.All((term, c.Not(c.Undated()), c.Everything()))
    assert score(filled, both, PEACE) == pytest.approx(score(filled, term, PEACE), rel=1e-5)


def test_a_prefix_scores_the_same_for_all(filled: Engine) -> None:
    scores = {hit.score for hit in ask(filled, c.Prefix("body", "ho")).hits}
    assert len(scores) == 1
    assert scores != {0.0}


def test_rarer_and_shorter_and_more_often_score_higher(engine: Engine) -> None:
    fill(
        engine,
        [
            entry("often", "lúa lúa lúa mùa này bội thu"),
            entry("short", "lúa ngô"),
            entry("long", "lúa mùa này bội thu hơn cả mùa trước"),
            entry("rare", "khoai mùa"),
        ],
    )
    rice = c.Term("text", "=lúa")
    assert score(engine, rice, "often") > score(engine, rice, "long")
    assert score(engine, rice, "short") > score(engine, rice, "long")
    rare = score(engine, c.Term("text", "=khoai"), "rare")
    assert rare > score(engine, rice, "short")


def test_rank_adds_to_scores_and_never_matches(filled: Engine) -> None:
    match = c.Constant(c.Term("body", "hoa"))
    boost = (c.Constant(c.Term("source", "cong.example"), 5.0), c.Constant(c.Undated(), 3.0))
    found = ask(filled, match, rank=boost)
    assert [hit.id for hit in found.hits] == [PEACE, BARE, FLOWER]
    assert [hit.score for hit in found.hits] == pytest.approx([5.0, 3.0, 0.0])
    assert found.total == 3


# Filters and facets ------------------------------------------------------------------------------

FACETS = ("source", "category", "month", "number")


def test_facets_count_every_value_of_what_matches(filled: Engine) -> None:
    assert ask(filled, facets=FACETS).facets == {
        "source": {"bao.example": 2, "cong.example": 3},
        "category": {"Tin tức": 2, "Văn hóa": 1, "Giáo dục": 1},
        "month": {"2024-01": 2, "2023-09": 1, "2023-12": 1, UNDATED: 1},
        "number": {"74/kh-ubnd": 1},
    }


def test_a_facet_leaves_its_own_filter_out(filled: Engine) -> None:
    found = ask(
        filled,
        filters={"source": c.Term("source", "bao.example"), "month": c.DayRange(20230101, 20240118)},
        facets=FACETS,
    )
    assert [hit.id for hit in found.hits] == [PEACE]
    assert found.facets == {
        "source": {"bao.example": 1, "cong.example": 3},
        "category": {"Tin tức": 1},
        "month": {"2024-01": 2},
        "number": {"74/kh-ubnd": 1},
    }


def test_several_values_of_one_filter(filled: Engine) -> None:
    either = c.Any((c.Term("category", "Tin tức"), c.Term("category", "Giáo dục")))
    found = ask(filled, filters={"category": either}, facets=("category",))
    assert found.total == 3
    assert found.facets == {"category": {"Tin tức": 2, "Văn hóa": 1, "Giáo dục": 1}}


def test_a_filter_without_a_facet_of_its_name_holds_for_all_counts(filled: Engine) -> None:
    found = ask(filled, filters={"audience": c.Not(c.Undated())}, facets=("month",))
    assert found.total == 4
    assert UNDATED not in found.facets["month"]


def test_filters_add_nothing_to_scores(filled: Engine) -> None:
    match = c.Term("body", "hoa")
    filters = {"source": c.Term("source", "bao.example")}
    alone = ask(filled, match).hits
    filtered = ask(filled, match, filters=filters).hits
    assert {hit.id: hit.score for hit in filtered}.items() <= {hit.id: hit.score for hit in alone}.items()


def test_counts_come_without_hits(filled: Engine) -> None:
    found = ask(filled, c.Term("body", "hoa"), facets=("category",), limit=0)
    assert (found.total, found.hits) == (3, ())
    assert found.facets == {"category": {"Tin tức": 1, "Văn hóa": 1}}


def test_a_facet_of_nothing_is_empty(filled: Engine) -> None:
    assert ask(filled, c.Nothing(), facets=("source", "month")).facets == {"source": {}, "month": {}}


def test_counts_are_exact_with_many_values(engine: Engine) -> None:
    fill(engine, [entry(f"{n:04}", "tin", source=(f"s{n}", f"t{n % 7}", "chung")) for n in range(1200)])
    counts = ask(engine, facets=("source",)).facets["source"]
    assert len(counts) == 1200 + 7 + 1
    assert counts["chung"] == 1200
    assert counts["t0"] == 172
    assert all(counts[f"s{n}"] == 1 for n in range(1200))


# Order and pages ---------------------------------------------------------------------------------

DATED: tuple[Entry, ...] = (
    entry("d", "tin", day=20240102),
    entry("b", "tin", day=20240101),
    entry("a", "tin", day=20240102),
    entry("z", "tin"),
    entry("c", "tin"),
    entry("e", "tin", day=19691231),
    entry("f", "tin", day=15000101),
)


def test_newest_first(engine: Engine) -> None:
    fill(engine, DATED)
    assert order(engine, sort="newest") == ["a", "d", "b", "e", "f", "c", "z"]
    assert {hit.score for hit in ask(engine, sort="newest").hits} == {0.0}


def test_oldest_first(engine: Engine) -> None:
    fill(engine, DATED)
    assert order(engine, c.Term("text", "tin"), sort="oldest") == ["f", "e", "b", "a", "d", "c", "z"]


def test_equal_scores_are_in_the_order_of_ids_on_every_page(engine: Engine) -> None:
    names = [f"{n * 37 % 100:02}" for n in range(100)]
    for start in range(0, 100, 30):  # four commits: order must not follow them
        fill(engine, [entry(name, "cùng một bài") for name in names[start : start + 30]])
    found: list[str] = []
    for offset in range(0, 110, 7):
        found += order(engine, c.Term("text", "bai"), offset=offset, limit=7)
    assert found == sorted(names)


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_pages_of_a_result_neither_overlap_nor_leave_out(engine: Engine, sort: str) -> None:
    fill(
        engine,
        [entry(f"{n:02}", "lúa " * (n % 3 + 1), day=20240101 + n % 4 if n % 5 else None) for n in range(40)],
    )
    whole = order(engine, c.Term("text", "lua"), sort=sort, limit=100)
    pages = [order(engine, c.Term("text", "lua"), sort=sort, limit=6, offset=at) for at in range(0, 48, 6)]
    assert [id for page in pages for id in page] == whole
    assert sorted(whole) == [f"{n:02}" for n in range(40)]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_beyond_the_end_there_is_nothing(filled: Engine, sort: str) -> None:
    for offset in (5, 6, 9_990):
        found = ask(filled, offset=offset, sort=sort)
        assert (found.total, found.hits) == (5, ())
    assert len(order(filled, offset=4, sort=sort)) == 1


# Pages, terms, articles by name ------------------------------------------------------------------


def test_the_best_pages_of_the_articles_asked_for(filled: Engine) -> None:
    terms = c.Any((c.Term("page", "bao"), c.Term("page", "hiem")))
    hits = filled.snapshot().pages([PLAN, PEACE], terms, 10)
    assert [(hit.id, hit.file, hit.page, hit.stored) for hit in hits] == [
        (PLAN, 0, 3, b"plan page 3"),
        (PLAN, 0, 2, b"plan page 2"),
    ]
    assert hits[0].score > hits[1].score > 0
    assert [hit.page for hit in filled.snapshot().pages([PLAN], terms, 1)] == [3]
    assert filled.snapshot().pages([PEACE], terms, 10) == []
    assert filled.snapshot().pages([], terms, 10) == []
    assert filled.snapshot().pages([PLAN], terms, 0) == []


def test_pages_match_phrases(filled: Engine) -> None:
    phrase = c.Phrase("page", ((0, "=bảo"), (3, "hiem"), (5, "y")))
    assert [hit.page for hit in filled.snapshot().pages([PLAN], phrase, 10)] == [2]


def test_everything_among_pages_is_every_page(filled: Engine) -> None:
    hits = filled.snapshot().pages([PLAN], c.Everything(), 10)
    assert sorted(hit.page or 0 for hit in hits) == [1, 2, 3]
    found = filled.snapshot().pages([PLAN], c.Not(c.Term("page", "hiem")), 10)
    assert [hit.page for hit in found] == [1]


def test_pages_of_a_format_without_pages(engine: Engine) -> None:
    from indexer.engine.protocol import PageEntry
    from indexer.vietnamese.terms import term_streams

    plain = entry("plain")
    pieces = tuple(PageEntry(2, None, term_streams(f"phần {n}").text, str(n).encode()) for n in "ab")
    fill(engine, [Entry(plain.id, plain.slug, plain.stored, pages=pieces)])
    hits = engine.snapshot().pages(["plain"], c.Term("page", "phan"), 10)
    assert {(hit.file, hit.page, hit.stored) for hit in hits} == {(2, None, b"a"), (2, None, b"b")}
    assert engine.snapshot().page("plain", 2, 0) is None


def test_one_page_of_an_attachment(filled: Engine) -> None:
    assert filled.snapshot().page(PLAN, 0, 2) == b"plan page 2"
    assert (
        filled.snapshot().page(PLAN, 0, 4)
        is filled.snapshot().page(PLAN, 1, 2)
        is filled.snapshot().page(PEACE, 0, 1)
        is None
    )
    assert filled.snapshot().page("unknown", 0, 1) is None


def test_articles_by_id_and_by_slug(filled: Engine) -> None:
    assert filled.snapshot().documents([PLAN, "unknown", BARE]) == {
        PLAN: b"stored plan",
        BARE: b"stored bare",
    }
    assert filled.snapshot().documents([]) == {}
    assert filled.snapshot().by_slug(PLAN) == b"stored plan"
    assert filled.snapshot().by_slug("unknown") is None
    assert filled.snapshot().count() == 5


def test_terms_with_their_frequencies(filled: Engine) -> None:
    assert filled.snapshot().terms("title_pairs", "", 10)[0] == ("binh_chon", 1)
    assert filled.snapshot().terms("body", "ho", 2) == [("hoa", 3), ("hoach", 1)]
    assert filled.snapshot().terms("body", "ho", 3) == [("hoa", 3), ("hoach", 1), ("hoc", 1)]
    assert filled.snapshot().terms("source", "", 10) == [("cong.example", 3), ("bao.example", 2)]
    assert filled.snapshot().terms("title", "x", 10) == []


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_only_the_first_of_each_text_is_a_hit(engine: Engine, sort: str) -> None:
    texts = [None, "1", "2", "1", None, "2", "1", "3"]
    fill(
        engine,
        (
            entry(f"a{n}", "nước " * (9 - n), day=20240101 + n, same_text=(text, ANY_TEXT) if text else ())
            for n, text in enumerate(texts)
        ),
    )
    plain = EngineRequest(c.Term("text", "nuoc"), sort=sort, limit=20)  # type: ignore[arg-type]
    order = [hit.id for hit in engine.snapshot().search(plain).hits]
    seen: set[str | None] = set()
    expected = []
    for id in order:
        text = texts[int(id[1:])]
        if text is None or text not in seen:
            expected.append(id)
        seen.add(text)
    for size in (1, 2, 20):
        pages = [
            engine.snapshot().search(replace(plain, fold=True, limit=size, offset=at))
            for at in range(0, 8, size)
        ]
        assert [hit.id for page in pages for hit in page.hits] == expected
        assert {(page.total, page.folded) for page in pages} == {(8, 3)}
    hit = engine.snapshot().search(replace(plain, fold=True)).hits[0]
    assert hit.text == texts[int(hit.id[1:])]
    filtered = replace(plain, fold=True, filters={"text": c.Term("same_text", "1")})
    assert (engine.snapshot().search(filtered).total, engine.snapshot().search(filtered).folded) == (3, 2)


MANY = (
    *(entry(f"a{i:03}", "đọc tiếp", day=20240101 + i % 3) for i in range(60)),
    *(entry(id, "đọc tiếp") for id in ("x", "x y", "x z", "ế", "-a", "a*b", '"q"', "~", "đ " * 200)),
    entry("khac", "khác"),
)


@pytest.mark.parametrize("sort", ["newest", "oldest"])
@pytest.mark.parametrize("size", [1, 7, 100])
def test_reading_on_gives_every_match_once_in_order(
    engine: Engine, sort: Literal["newest", "oldest"], size: int
) -> None:
    fill(engine, MANY)
    match = c.Term("body", "tiep")
    whole = ask(engine, match, sort=sort, limit=100)
    read, after = [], ""
    while True:
        found = ask(engine, match, sort=sort, limit=size, after=after)
        assert found.total == len(MANY) - 1
        if not found.hits:
            break
        read += [hit.id for hit in found.hits]
        after = found.hits[-1].sort_key or ""
    assert read == [hit.id for hit in whole.hits] and len(set(read)) == len(MANY) - 1


def test_reading_on_holds_when_articles_come_and_go(engine: Engine) -> None:
    fill(engine, MANY)
    first = ask(engine, c.Everything(), sort="newest", limit=10, after="")
    with engine.writer() as writer:
        writer.delete(first.hits[-1].id)
        writer.put(entry("moi", "mới", day=20250101))
    rest = ask(engine, c.Everything(), sort="newest", limit=100, after=first.hits[-1].sort_key)
    ids = {hit.id for hit in (*first.hits, *rest.hits)}
    assert ids == {one.id for one in MANY}
    assert not {hit.id for hit in first.hits} & {hit.id for hit in rest.hits}


@pytest.mark.parametrize("sort", ["newest", "oldest"])
@pytest.mark.parametrize("size", [1, 7, 100])
@pytest.mark.parametrize("tied", [2, 1000])
def test_pages_by_date_are_exact_where_many_are_of_one_moment(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, sort: Literal["newest", "oldest"], size: int, tied: int
) -> None:
    monkeypatch.setattr("indexer.engine.tantivy_.paging.MOST_TIED", tied)
    fill(engine, MANY)
    days = {one.id: one.day or 0 for one in MANY if one.id != "khac"}
    way = -1 if sort == "newest" else 1
    expected = sorted(days, key=lambda id: (days[id] == 0, way * days[id], id))
    for fold in (False, True):
        pages = [
            ask(engine, c.Term("body", "tiep"), sort=sort, limit=size, offset=at, fold=fold)
            for at in range(0, len(days), size)
        ]
        assert [hit.id for page in pages for hit in page.hits] == expected


def test_what_is_foreseen_changes_no_answer(filled: Engine) -> None:
    request = EngineRequest(c.Term("text", "hoa"), facets=("category",), fold=True)
    asked = (
        request,
        FrequenciesAsked("text", ("hoa", "=hòa", "không_có")),
        FrequenciesAsked("source", ("cong.example",)),
        TermsAsked("source", "cong", 3),
        PagesAsked([PLAN], c.Term("page", "hiem"), 5),
    )
    before = filled.snapshot()
    here = (
        before.search(request),
        before.frequencies("text", ("hoa", "=hòa", "không_có")),
        before.frequencies("source", ("cong.example",)),
        before.terms("source", "cong", 3),
        before.pages([PLAN], c.Term("page", "hiem"), 5),
    )
    for snapshot in (filled.snapshot(asked), before):
        snapshot.foresee(asked)
        assert here == (
            snapshot.search(request),
            snapshot.frequencies("text", ("hoa", "=hòa", "không_có")),
            snapshot.frequencies("source", ("cong.example",)),
            snapshot.terms("source", "cong", 3),
            snapshot.pages([PLAN], c.Term("page", "hiem"), 5),
        )
    fill(filled, [entry("late", "hoa")])
    assert filled.snapshot(asked).search(request).total == here[0].total + 1
    assert before.search(request) == here[0]

"""What a query needs of an article turns none away that it matches, and most that it does not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from indexer.alerts.matching.day import opened_day
from indexer.alerts.matching.percolator import Percolator
from indexer.alerts.needs import needs_of
from indexer.alerts.searches import canonical_query, read_search
from indexer.catalog.catalog import Catalog
from indexer.engine import clauses as c
from indexer.search.searcher import Searcher
from indexer.search.service import open_search
from indexer.settings import ENGINES, Settings
from tests.collection import ARTICLES, indexed

QUERIES = [
    "", "q=hòa bình", "q=hoa binh", 'q="hòa bình"', "q=hoà bình -chợ", "q=học phí OR chợ hoa", "q=38-CT/TW", "q=CT 38",
    "q=viện dẫn:38-CT/TW", "q=UBND", "q=ủy ban nhân dân", "q=kinh t*", "q=hoj~", "q=tiêu đề:chợ", "q=nguồn:báo", "q=bảo hiểm y tế",
    "q=BHYT", "q=kế hoạch năm 2024", "q=tin mới nhất về học phí", "q=khong co tu nay", "q=hòa bình&in=title", "q=hoa&strict=1",
    "q=mở chợ&reading=close", "q=mở chợ rồi&reading=some", "category=Văn hóa", "source=lamgiang.example&q=học phí", "date=2024",
    "date=none", "from=2024-02-01&to=2024-04-01", "q=81/2021/NĐ-CP", "q=nghị định 81", "q=NOT chợ", "q=đậm &type=Kế hoạch",
    "status=Không rõ", "q=script", "q=các trường", "q=không dấu", "q=phường Bến Nguyệt", "issuer=Ban Bí thư",
]  # fmt: skip


@pytest.fixture(scope="module", params=ENGINES)
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = Settings(data=tmp_path_factory.mktemp("day"), engine=request.param)
    indexed(made, ARTICLES)
    return made


@pytest.fixture
def searcher(settings: Settings) -> Iterator[Searcher]:
    service = open_search(settings)
    yield service.searcher()
    service.close()


def test_the_search_turned_round_finds_what_the_search_finds(settings: Settings, searcher: Searcher) -> None:
    new = [article.id for article in ARTICLES[1:]]
    queries = list(map(canonical_query, QUERIES))
    with (
        closing(Catalog(settings.data)) as catalog,
        opened_day(settings, catalog, searcher.index, new) as day,
    ):
        percolator = Percolator(searcher, day, len(new), {})
        first = {one.query: {hit.id for hit in one.hits} for one in percolator.matched(queries)}
        again = Percolator(searcher, day, len(new), percolator.read)
        second = {one.query: {hit.id for hit in one.hits} for one in again.matched(queries)}
    expected = {
        query: found
        for query in queries
        if (found := {one.id for one in searcher.scan(read_search(query), 100)} & set(new))
    }
    assert first == second == expected
    assert len(expected) > len(queries) / 2 and "noi-bo" not in set().union(*expected.values())
    assert set(percolator.read) == set(queries) and again.read == {}


def test_a_phrase_needs_its_words_and_a_choice_one_of_them() -> None:
    phrase = c.Phrase("body", ((0, "=hòa"), (3, "binh")))
    assert needs_of([phrase]) == {frozenset(["hoa"]), frozenset(["=hòa"]), frozenset(["binh"])}
    # Whether what was typed without accents has none is known anew each time.
    assert needs_of([c.Term("text", "=hoa")]) == {frozenset(["hoa"])}
    choice = c.Any((c.All((c.Term("text", "cho"), c.Term("text", "hoa"))), c.Term("files_pairs", "hoa_xuan")))
    assert needs_of([choice]) == {frozenset(["hoa"]), frozenset(["cho", "xuan"])}
    accents = c.Any(
        (phrase, c.All((c.Term("label", "accents:none"), c.Term("text", "hoa"), c.Term("text", "binh"))))
    )
    assert needs_of([accents]) == {
        frozenset(["hoa"]),
        frozenset(["binh"]),
        frozenset(["=hòa", "label:accents:none"]),
    }
    assert needs_of([c.Any((choice, c.Not(phrase)))]) == frozenset()
    assert needs_of([c.Nothing()]) == {frozenset()}


def test_a_search_that_is_kept_is_the_same_however_its_address_was_written() -> None:
    one = canonical_query(
        "https://tim.example/search?type=K%E1%BA%BF+ho%E1%BA%A1ch&q=ch%E1%BB%A3&sort=oldest&page=3&lang=en"
    )
    assert one == canonical_query("q=chợ&type=Kế hoạch")
    assert replace(read_search(one), sort=None) == replace(read_search("q=chợ&type=Kế hoạch"), sort=None)

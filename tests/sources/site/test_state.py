"""What is remembered of a site, by day and after a kill."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.model import Article
from indexer.sources.site.state import SiteState
from indexer.sources.site.visit import Became, FileMemory, Memory, Visit

DAY = 86_400.0
NOW = 1_780_000_000.0
PAGE = Memory(
    "a.example/1",
    "http://a.example/1",
    "a.example/1",
    '"e"',
    "",
    b"d",
    ("http://a.example/2",),
    ("http://a.example/f",),
)
FILE = FileMemory("http://a.example/f", '"f"', "", "00")
ARTICLE = Visit(Became.ARTICLE, PAGE.address, "", PAGE, Article("a.example/1", "Tin"), (FILE,))
GONE = Visit(Became.GONE, PAGE.address, "the server answered with status 404", PAGE)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[SiteState]:
    with closing(SiteState(tmp_path, "http://a.example", writes=True)) as state:
        yield state


def test_a_page_is_remembered_when_its_article_is_in_the_catalog(state: SiteState) -> None:
    state.note(ARTICLE, NOW)
    assert state.memory(PAGE.key) is None and state.file(FILE.address) is None
    assert state.accepted("a.example/1", NOW) == ARTICLE
    assert state.memory(PAGE.key) == (PAGE, NOW) and state.file(FILE.address) == FILE
    assert state.accepted("a.example/1", NOW) is None


def test_gone_is_what_is_gone_twice_a_day_apart_and_was_not_there_between(state: SiteState) -> None:
    state.note(ARTICLE, NOW)
    state.accepted("a.example/1", NOW)
    for days, expected in ((1.0, []), (1.9, []), (2.0, ["a.example/1"])):
        state.note(GONE, NOW + days * DAY)
        assert state.gone() == expected
    state.note(Visit(Became.UNCHANGED, PAGE.address, "", PAGE), NOW + 2.5 * DAY)
    state.note(GONE, NOW + 3 * DAY)
    assert state.gone() == []
    state.note(Visit(Became.FAILED, PAGE.address, "the server answered with status 500"), NOW + 3.5 * DAY)
    state.note(GONE, NOW + 4 * DAY)
    assert state.gone() == ["a.example/1"]
    state.removed(["a.example/1"])
    assert state.gone() == [] and state.memory(PAGE.key) is None


def test_an_article_stays_while_one_of_its_addresses_does(state: SiteState) -> None:
    other = Memory("a.example/old", "http://a.example/old", "a.example/1")
    for memory in (PAGE, other):
        state.note(Visit(Became.UNCHANGED, memory.address, "", memory), NOW)
    for days in (1, 2):
        state.note(Visit(Became.GONE, other.address, "", other), NOW + days * DAY)
    assert state.gone() == []


def test_what_the_catalog_lacks_is_fetched_anew_and_what_it_has_is_looked_for(state: SiteState) -> None:
    state.note(Visit(Became.UNCHANGED, PAGE.address, "", PAGE), NOW)
    state.expect(["a.example/9", "a.example/x#1f"], {"a.example/9": "http://a.example/9"})
    found = state.memory(PAGE.key)
    assert found and found[0].article is None and found[0].etag == "" and found[1] == 0
    assert list(state.articles()) == [("a.example/9", "http://a.example/9")]


def test_a_run_that_was_stopped_goes_on_for_a_week(state: SiteState) -> None:
    assert state.begin(NOW) == NOW
    assert state.begin(NOW + DAY) == NOW
    assert state.begin(NOW + 8 * DAY) == NOW + 8 * DAY
    state.end(NOW + 9 * DAY)
    assert state.begin(NOW + 9.5 * DAY) == NOW + 9.5 * DAY

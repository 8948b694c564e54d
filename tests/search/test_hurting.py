"""Queries made to be dear: each is answered, and asks the engine for no more than a bounded amount of work.

Work is counted, not timed: what a term or a walk costs is known from ``python -m benchmarks.hurting``, and a count is the
same on every machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import Any, cast

import pytest

from benchmarks.hurting import hurting
from indexer.engine import clauses as c
from indexer.engine.opening import open_engine
from indexer.engine.protocol import Engine, EngineRequest, EngineResponse, Foreseen, Snapshot
from indexer.query import limits
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService
from indexer.settings import Settings
from tests.collection import index

HURTING = dict(hurting())
MOST = {"searches": 26, "terms": 5500, "phrase terms": 3000, "walks": 72}
"""Of one request. A walk looks at all terms of a field, where a term is looked up: 512 characters hold 170 words of some ten
terms each. The limits leave six walks for each of three fields, in two readings and in what the second has beyond the first."""


class _Counted:
    """A snapshot that counts what it is asked for."""

    def __init__(self, snapshot: Snapshot, asked: Counter[str]) -> None:
        self._snapshot, self.asked = snapshot, asked

    def __getattr__(self, name: str) -> Any:
        return getattr(self._snapshot, name)

    def search(self, request: EngineRequest) -> EngineResponse:
        self.asked["searches"] += 1
        for clause in (request.match, *request.rank, *request.filters.values()):
            for leaf in leaves(clause):
                match leaf:
                    case c.Fuzzy() | c.Prefix():
                        self.asked["walks"] += 1
                    case c.Phrase():
                        self.asked["phrase terms"] += len(leaf.terms)
                    case _:
                        self.asked["terms"] += 1
        return self._snapshot.search(request)


class _Counting:
    """An engine whose one snapshot counts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.asked: Counter[str] = Counter()
        self._counted = _Counted(engine.snapshot(), self.asked)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def snapshot(self, questions: Iterable[Foreseen] = ()) -> Snapshot:
        return cast(Snapshot, self._counted)


def leaves(clause: c.Clause) -> Iterator[c.Clause]:
    match clause:
        case c.All() | c.Any():
            for one in clause.clauses:
                yield from leaves(one)
        case c.Not() | c.Boost() | c.Constant():
            yield from leaves(clause.clause)
        case _:
            yield clause


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    index(settings)
    return settings


@pytest.fixture(scope="module")
def engine(settings: Settings) -> _Counting:
    return _Counting(open_engine(settings))


@pytest.fixture(scope="module")
def service(engine: _Counting, settings: Settings) -> Iterator[SearchService]:
    with closing(SearchService(engine, settings)) as service:
        yield service


@pytest.fixture
def work(engine: _Counting, service: SearchService) -> Callable[[str], Counter[str]]:
    """Returns what one query asks the engine for."""

    def work(name: str) -> Counter[str]:
        engine.asked.clear()
        service.search(HURTING[name])
        return engine.asked.copy()

    return work


@pytest.mark.parametrize("name", HURTING)
def test_no_query_is_dear(work: Callable[[str], Counter[str]], name: str) -> None:
    asked = work(name)
    assert asked["searches"] > 0 and asked.total() > asked["searches"]
    assert {kind: count for kind, count in asked.items() if count > MOST[kind]} == {}


@pytest.mark.parametrize(
    ("limit", "name", "kind"),
    [
        ("fuzzy", "a typo allowed in every word", "walks"),
        ("prefix", "all beginnings of two letters", "walks"),
        ("quoted", "phrases of function words", "phrase terms"),
        ("forms", "abbreviations", "terms"),
    ],
)
def test_without_its_limit_a_query_is_dearer(
    work: Callable[[str], Counter[str]],
    monkeypatch: pytest.MonkeyPatch,
    limit: limits.Dear,
    name: str,
    kind: str,
) -> None:
    within = work(name)[kind]
    monkeypatch.setattr(limits, "MOST", dict(limits.MOST) | {limit: 1000})
    without = work(name)[kind]
    assert without > 1.5 * within > 0
    assert kind != "walks" or without > MOST[kind]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mot~ hai~ ba~ bon~", "~"),
        ("aa* bb* cc* dd* ee* gg* hh*", "*"),
        (" ".join(f'"cụm {n} từ"' for n in "a b c d e g h i k l m n o".split()), "chính xác"),
        ("UBND HĐND QH CP TW TU BCH BTV BBT UBKT CTN CBCC x", "cách viết khác"),
    ],
)
def test_the_reading_says_when_a_limit_was_reached(service: SearchService, text: str, said: str) -> None:
    def lines(typed: str) -> list[str]:
        reading = service.search(SearchRequest(typed)).query.interpretation
        return [line for line in reading if line.startswith("chỉ ") and said in line]

    assert len(lines(text)) == 1
    assert lines(text.rsplit(" ", 4)[0]) == []


def test_the_same_part_again_counts_once(service: SearchService) -> None:
    reading = service.search(SearchRequest("tiem~ " * 80)).query.interpretation
    assert not any(line.startswith("chỉ ") for line in reading)

"""What is foreseen of an OpenSearch index is asked together, and what went wrong with it is asked again."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, cast

import pytest

from indexer.engine import clauses as c
from indexer.engine.opensearch_ import foresight
from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.connection import Connection, Refused
from indexer.engine.opensearch_.silence import SilentNodes
from indexer.engine.opensearch_.snapshot import OpenSearchSnapshot
from indexer.engine.opensearch_.state import State
from indexer.engine.opensearch_.state_store import StateStore
from indexer.engine.protocol import EngineRequest, FrequenciesAsked, SlugAsked, TermsAsked
from indexer.errors import ClusterError

STATE = {"version": "1", "shards": 2, "commit": 3, "points": ["p"], "old": []}
HOA, TIN = EngineRequest(c.Term("text", "hoa"), limit=0), EngineRequest(c.Term("text", "tin"), limit=0)


class _Cluster:
    """Answers each search with its number, counts with one, and lists what it was asked."""

    search_seconds = 1.0

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.bodies: list[Any] = []
        self.fails: set[str] = set()
        self.refuses = False
        self.hangs = 0.0
        """Seconds after which a search is not answered."""
        self.seconds: list[float] = []

    def holding(self, point: str) -> list[str]:
        return []

    def ask(self, method: str, path: str, body: Any = None, seconds: float = 0.0, **_: object) -> Json:
        self.asked.append(path)
        self.seconds.append(seconds)
        if path == "/_msearch" and self.hangs:
            time.sleep(self.hangs)
            raise ClusterError(["node"], "it did not answer in time")
        if path == "/_msearch":
            if self.refuses:
                raise Refused(400, "parse_exception", "too long")
            self.bodies = [(head, one) for head, one in zip(body[::2], body[1::2], strict=True)]
            return {"responses": [self._answer(one) for _, one in self.bodies]}
        return (
            {"_source": json.loads(json.dumps(STATE)), "_seq_no": 1, "_primary_term": 1}
            if method == "GET"
            else self._answer(body)
        )

    def _answer(self, body: Any) -> Json:
        said = json.dumps(body)
        if any(word in said for word in self.fails):
            return {"error": {"type": "search_context_missing_exception"}, "status": 404}
        if "ids" in body.get("query", ()):
            return {
                "hits": {
                    "hits": [{"_source": json.loads(json.dumps(STATE)), "_seq_no": 1, "_primary_term": 1}]
                }
            }
        found: Json = {
            "hits": {"total": {"value": 1 if "term" in body.get("query", ()) else len(said)}, "hits": []}
        }
        if "terms" in body.get("aggs", {}).get("values", {}):
            return {**found, "aggregations": {"values": {"doc_count_error_upper_bound": 0, "buckets": []}}}
        return found


@pytest.fixture
def answering() -> _Cluster:
    return _Cluster()


@pytest.fixture
def snapshot(answering: _Cluster) -> OpenSearchSnapshot:
    connection = cast(Connection, answering)
    state = State("1", 2, commit=3, points=("p",))
    states, silent = StateStore(connection, "tracuu", "one"), SilentNodes(connection)
    return OpenSearchSnapshot(connection, states, silent, "one", state)


def words(field: str, *terms: str) -> FrequenciesAsked:
    return FrequenciesAsked(field, terms)


def asked_of(snapshot: OpenSearchSnapshot, terms: Sequence[str] = ("hoa", "tin")) -> None:
    assert snapshot.search(HOA).total and snapshot.search(TIN).total
    assert snapshot.frequencies("text", terms) == [1] * len(terms)
    assert snapshot.terms("abbreviation", "ubnd=", 3) == []


ALL = (HOA, words("text", "hoa"), TIN, words("text", "tin", "hoa"), TermsAsked("abbreviation", "ubnd=", 3))


def test_what_is_foreseen_is_asked_at_once(answering: _Cluster, snapshot: OpenSearchSnapshot) -> None:
    snapshot.foresee(ALL)
    asked_of(snapshot)
    assert answering.asked == ["/_msearch"]
    # Each term is counted once, and all of them are asked at one point in time.
    assert len(answering.bodies) == 5
    assert {body["pit"]["id"] for _, body in answering.bodies} == {"p"}
    assert all(head["allow_partial_search_results"] == "false" for head, _ in answering.bodies)


def test_what_is_known_is_not_asked_again(answering: _Cluster, snapshot: OpenSearchSnapshot) -> None:
    snapshot.foresee(ALL)
    snapshot.foresee((HOA, words("text", "hoa")))
    assert answering.asked == ["/_msearch"]
    snapshot.foresee((HOA, words("text", "hoa", "sen")))
    assert len(answering.bodies) == 1


def test_the_state_comes_with_what_is_foreseen(answering: _Cluster, snapshot: OpenSearchSnapshot) -> None:
    state = snapshot.begin(ALL)
    asked_of(snapshot)
    assert state is not None and (state.commit, answering.asked) == (3, ["/_msearch"])


def test_the_next_request_asks_anew(answering: _Cluster, snapshot: OpenSearchSnapshot) -> None:
    snapshot.begin(ALL)
    snapshot.begin(())
    assert snapshot.search(HOA).total
    assert answering.asked[1:] == ["/tracuu-state/_doc/one", "/_search"]


def test_who_asks_many_things_of_one_snapshot_keeps_the_last(
    answering: _Cluster, snapshot: OpenSearchSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foresight, "_MOST", 1)
    for questions in ((HOA, TIN), (TIN, words("text", "sen"))):
        snapshot.foresee(questions)
    assert snapshot.frequencies("text", ["sen"]) == [1]
    assert answering.asked == ["/_msearch"] * 2
    assert snapshot.search(HOA).total
    assert answering.asked[2:] == ["/_search"]


def test_many_terms_are_counted_together(answering: _Cluster, snapshot: OpenSearchSnapshot) -> None:
    terms = [f"{n}" for n in range(2_500)]
    assert snapshot.frequencies("text", terms) == [1] * len(terms)
    assert answering.asked == ["/_msearch"] * 3


def test_a_term_that_fails_is_an_error(answering: _Cluster, snapshot: OpenSearchSnapshot) -> None:
    answering.refuses = True
    answering.fails = {"tin"}
    with pytest.raises(KeyError):  # of the answer to the single search, which a real connection raises itself
        snapshot.frequencies("text", ["hoa", "tin"])
    assert answering.asked == ["/_msearch", "/_search", "/_search"]


def test_one_that_fails_is_asked_by_itself(answering: _Cluster, snapshot: OpenSearchSnapshot) -> None:
    answering.fails = {"tin"}
    snapshot.foresee((HOA, TIN))
    answering.fails = set()
    assert snapshot.search(HOA).total and snapshot.search(TIN).total
    assert answering.asked == ["/_msearch", "/_search"]


def test_a_state_that_fails_is_read_by_itself(answering: _Cluster, snapshot: OpenSearchSnapshot) -> None:
    answering.fails = {"ids"}
    assert snapshot.begin((HOA,)) is not None
    assert answering.asked == ["/_msearch", "/tracuu-state/_doc/one"]


def test_where_a_node_hangs_another_tells_the_newest_commit_and_the_request_keeps_its_time(
    answering: _Cluster, snapshot: OpenSearchSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.engine.opensearch_.snapshot._LEAST", 0.1)
    answering.hangs = 0.51 * answering.search_seconds
    assert snapshot.begin((HOA,)) is not None
    assert answering.asked == ["/_msearch", "/tracuu-state/_doc/one"]
    snapshot.search(HOA)
    assert answering.seconds[-1] < answering.search_seconds


def test_where_all_is_refused_each_is_asked_by_itself(
    answering: _Cluster, snapshot: OpenSearchSnapshot
) -> None:
    answering.refuses = True
    assert snapshot.begin((HOA,)) is not None
    snapshot.foresee((HOA, TIN))
    assert snapshot.search(HOA).total and snapshot.search(TIN).total
    assert answering.asked[1::2] == ["/tracuu-state/_doc/one", "/_search"]


def test_what_can_not_be_asked_is_an_error_where_it_is_asked(
    answering: _Cluster, snapshot: OpenSearchSnapshot
) -> None:
    snapshot.foresee((EngineRequest(c.Everything(), facets=("nothing",)), HOA))
    assert snapshot.search(HOA).total and answering.asked == ["/_msearch"]


def test_what_is_asked_twice_is_answered_once_unless_it_is_large(
    answering: _Cluster, snapshot: OpenSearchSnapshot
) -> None:
    many = EngineRequest(c.Term("text", "hoa"), limit=500)
    for asked, trips in ((HOA, 1), (many, 2), (EngineRequest(HOA.match, facets=("month",), limit=0), 2)):
        answering.asked.clear()
        with suppress(KeyError):  # this cluster counts no facets
            snapshot.search(asked)
        with suppress(KeyError):
            snapshot.search(asked)
        assert answering.asked == ["/_search"] * trips


def test_an_article_can_be_foreseen_by_its_address(answering: _Cluster, snapshot: OpenSearchSnapshot) -> None:
    snapshot.begin((SlugAsked("hoa-binh"),))
    assert snapshot.by_slug("hoa-binh") is None
    assert answering.asked == ["/_msearch"]

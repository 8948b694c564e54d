"""The everyday questions are whole: each need has an answer, each query is there once."""

from benchmarks.questions.__main__ import scores
from benchmarks.questions.judged import KINDS, asked, grades


def test_every_query_is_judged_and_there_once() -> None:
    queries, read = asked(), grades()
    assert len({query.text for query in queries}) == len(queries) >= 150
    assert {query.kind for query in queries} == set(KINDS)
    assert {query.need for query in queries} == set(read)
    assert all(set(of_need.values()) <= {0, 1, 2} and max(of_need.values()) > 0 for of_need in read.values())


def test_scores_of_a_page() -> None:
    perfect = scores({"a": 2, "b": 1, "c": 0}, ["a", "b", "c", "unread"])
    assert (perfect.ndcg10, perfect.precision5, perfect.read) == (1.0, 0.4, 0.75)
    assert scores({"a": 2, "b": 1}, ["b", "a"]).ndcg10 < 1
    assert scores({"a": 2}, []).ndcg10 == 0

"""The gold set is well formed, and its offsets are those of the texts it was read from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from benchmarks.corpus import CORPORA
from benchmarks.gold import fields, judge, passages
from indexer.directives.number import parse_number

GOLD = passages()
CHANGES = {"amends", "replaces", "repeals", "consolidates", "corrects", "extends", "suspends"}
REVERSED = {"amended_by", "replaced_by", "repealed_by"}
RELATIONS = (
    CHANGES
    | {"amended_by", "replaced_by", "repealed_by"}
    | {"issues", "according_to", "based_on", "carries_out", "guides"}
)
SLIPS = {"3851/NHNH-PC", "16/2012/TT-BYTT", "17/2009/TTBGDĐT"}
"""Numbers that the texts have wrong and the gold set right."""
NAMED_BY = (
    *("luật", "bộ luật", "pháp lệnh", "hiến pháp", "blhs", "blds", "bltths", "nghị định", "nghị quyết"),
    *("quyết định", "thông tư", "chỉ thị", "kết luận", "công điện", "công văn", "văn bản số", "qđ"),
)
"""How citations start that are not a bare number."""


def citations() -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Yield each passage with each of its citations."""
    return ((passage, citation) for passage in GOLD for citation in passage["citations"])


def test_passages_are_distinct_and_have_a_half() -> None:
    seen: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for passage in GOLD:
        assert passage["half"] in set("abcdefg")
        start, end = passage["start"], passage["end"]
        assert 0 <= start < end
        spans = seen.setdefault((passage["corpus"], passage["id"], passage["field"]), [])
        assert all(end <= other[0] or other[1] <= start for other in spans), passage["id"]
        spans.append((start, end))


def test_citations_lie_in_their_passage_in_order() -> None:
    for passage in GOLD:
        at = passage["start"]
        for citation in passage["citations"]:
            assert at <= citation["start"] < citation["end"] <= passage["end"], passage["id"]
            at = citation["end"]


def test_relations_and_dates() -> None:
    for passage, citation in citations():
        assert citation["relation"] in RELATIONS, passage["id"]
        assert not citation["part"] or citation["relation"] in CHANGES | REVERSED, passage["id"]
        assert citation["subject"] != citation["key"], passage["id"]
        if citation["date"]:
            assert date(1945, 1, 1) <= date.fromisoformat(citation["date"]) <= date(2026, 12, 31)


def test_it_is_large_and_varied_enough() -> None:
    for half in "abcefg":
        passages = [passage for passage in GOLD if passage["half"] == half]
        assert sum(len(passage["citations"]) for passage in passages) >= 140, half
        assert sum(not passage["citations"] for passage in passages) >= 10, half
    assert set(Counter(citation["relation"] for _, citation in citations())) >= RELATIONS


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the texts of shared/ are not here")
def test_spans_are_what_was_read() -> None:
    for passage, citation in citations():
        text = fields()[passage["corpus"], passage["id"], passage["field"]]
        assert passage["end"] <= len(text)
        cited = text[citation["start"] : citation["end"]]
        around = f" {text} "[citation["start"] : citation["end"] + 2]
        assert cited == cited.strip(), (passage["id"], cited)
        assert cited[0].isdigit() or cited.casefold().startswith(NAMED_BY), (passage["id"], cited)
        assert not around[0].isdigit() or not cited[0].isdigit(), (passage["id"], around)
        assert not around[-1].isdigit() or not cited[-1].isdigit(), (passage["id"], around)
        number = parse_number(cited)
        if number and cited not in SLIPS:
            assert number.key == citation["key"], (passage["id"], cited)


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the texts of shared/ are not here")
@pytest.mark.parametrize(
    ("half", "precision", "recall", "relations"),
    [
        ("a", 0.99, 0.985, 0.93),
        ("b", 0.99, 0.985, 0.93),
        ("c", 0.985, 0.97, 0.97),
        ("d", 0.985, 0.97, 0.93),
        ("e", 0.985, 0.97, 0.97),
        ("f", 0.985, 0.97, 0.97),
        ("g", 0.985, 0.97, 0.97),
    ],
)
def test_how_much_is_found(half: str, precision: float, recall: float, relations: float) -> None:
    """Precision and recall of citations, and how often their relation is right, have floors."""
    found = judge(half)
    assert found.precision >= precision
    assert found.recall >= recall
    assert found.relations >= relations

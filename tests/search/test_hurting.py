"""Queries made to be dear: each is answered, within a multiple of what usual queries take in the same run."""

from __future__ import annotations

import pytest

from benchmarks.hurting import MOST, cost, hurting
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import Settings

USUAL = ("kế hoạch chuyển đổi số", "khai sinh thuong tru the bhyt", "15/CT-UBND", '"lễ hội" OR "đèn lồng"')
HURTING = dict(hurting())


@pytest.fixture(scope="module")
def service(demo: Settings) -> SearchService:
    return open_search(demo)


@pytest.fixture(scope="module")
def usual(service: SearchService) -> float:
    """Milliseconds; no less than one, since in a collection of this size parsing is most of it."""
    return max(1.0, *(cost(service, SearchRequest(text)) for text in USUAL))


@pytest.mark.parametrize("name", HURTING)
def test_no_query_is_dear(service: SearchService, usual: float, name: str) -> None:
    assert cost(service, HURTING[name]) < MOST * usual


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

"""What the benchmark says of rankings is right, and our ranking stays above its floors."""

from pathlib import Path

import pytest

from benchmarks.relevance.judging import figures, interval, typed
from benchmarks.relevance.ours import indexed, ranker
from indexer.evaluation import JudgedSet, read_judged_set
from tests.shared import CORPORA, needs_corpora

FLOORS = {
    ("alqac", "as typed"): 0.898,
    ("alqac", "without diacritics"): 0.890,
    ("alqac", "half of them"): 0.890,
    ("uit_regulations", "as typed"): 0.933,
}


def test_half_of_the_words_lose_their_marks_always_the_same() -> None:
    text = "đường phố thành thị " * 50
    found = typed(text, "half of them", "a")
    assert found == typed(text, "half of them", "a") != typed(text, "half of them", "b")
    stripped = sum(word.isascii() for word in found.split())
    assert 70 < stripped < 130
    assert typed(text, "without diacritics", "a").isascii()


def test_figures_and_interval() -> None:
    judged = JudgedSet((), {"1": "a", "2": "b", "3": "unjudged"}, {"1": {"x": 1}, "2": {"y": 1}})
    found = figures(judged, "as typed", lambda text: ["x", "y"])
    assert found.mrr10 == (1.0, 0.5)
    assert found.means() == ["0.8155", "0.7500", "1.0000", "1.0000"]
    assert interval([1.0] * 9, [0.5] * 9) == (0.5, 0.5)
    low, high = interval([1.0, 0.0] * 50, [0.5] * 100)
    assert low < 0 < high


@pytest.mark.slow
@needs_corpora
@pytest.mark.parametrize("name", sorted({name for name, _ in FLOORS}))
def test_ranking_is_above_its_floors(name: str, tmp_path: Path) -> None:
    judged = read_judged_set(CORPORA / "retrieval" / name)
    with indexed(judged, tmp_path, "tantivy") as engine:
        found = {
            mode: float(figures(judged, mode, ranker(engine)).means()[0]) for of, mode in FLOORS if of == name
        }
    assert {mode for mode, ndcg in found.items() if ndcg < FLOORS[name, mode]} == set(), found

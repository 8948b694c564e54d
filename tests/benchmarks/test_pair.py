"""Two checkouts are measured in turns, each with its own code, and the ratio is told with its spread."""

import shutil
from pathlib import Path

from benchmarks.pair import HERE, rounds, summary
from indexer.settings import Settings
from tests.collection import ARTICLES, indexed

_SLOW = """
import time

_search = SearchService.search


def _slow(self, request):
    end = time.process_time() + 0.1
    while time.process_time() < end:
        pass
    return _search(self, request)


SearchService.search = _slow
"""


def test_each_side_runs_its_own_code(tmp_path: Path) -> None:
    data, other = tmp_path / "data", tmp_path / "other"
    indexed(Settings(data=data), ARTICLES)
    shutil.copytree(HERE / "indexer", other / "indexer", ignore=shutil.ignore_patterns("__pycache__"))
    service = other / "indexer" / "search" / "service.py"
    service.write_text(service.read_text() + _SLOW)
    taken = list(rounds((HERE, other), data, ["hoa", "lễ hội"]))
    assert len(taken) == 7
    assert all(0 < ours < 100 <= its for ours, its in taken)


def test_the_ratio_is_told_with_its_spread() -> None:
    told = summary([(1.0, 2.0), (3.0, 4.0), (2.0, 2.0)])
    assert (
        told == "this checkout 1.00 ms per response, the other 2.00 ms; ratio 0.750 (rounds: 0.500 to 1.000)"
    )

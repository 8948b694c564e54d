"""``python -m benchmarks.pair OTHER_CHECKOUT FOLDER INDEX [QUERY…]``: the CPU time of searches by two checkouts, in turns.

Each answers whole responses from FOLDER/INDEX, which both must be able to read, in a process of its own: the 200 queries of
:mod:`benchmarks.corpus`, or the given ones. They take turns round by round, so other work on the machine slows both.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from subprocess import PIPE, Popen

from benchmarks.corpus import queries

HERE = Path(__file__).resolve().parents[1]
_ANSWERING = """
import pathlib, sys, time
sys.path.insert(0, sys.argv[1])
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import Settings
service, asked = open_search(Settings(data=pathlib.Path(sys.argv[2]))), sys.argv[3:]
for _ in sys.stdin:
    start = time.process_time()
    for text in asked:
        service.search(SearchRequest(text))
    print(1000 * (time.process_time() - start) / len(asked), flush=True)
"""


def rounds(checkouts: Sequence[Path], data: Path, asked: Sequence[str]) -> Iterator[list[float]]:
    """Yield the milliseconds of CPU time per response of each checkout, round by round, after a warm-up."""
    command = [sys.executable, "-W", "ignore", "-Pc", _ANSWERING]
    lines = [[*command, str(one.resolve()), str(data.resolve()), *asked] for one in checkouts]
    children = [Popen(line, stdin=PIPE, stdout=PIPE, text=True) for line in lines]
    try:
        for counted in range(8):
            taken = []
            for child in children:
                assert child.stdin and child.stdout
                print(file=child.stdin, flush=True)
                taken.append(float(child.stdout.readline()))
            if counted:
                yield taken
    finally:
        for child in children:
            child.communicate()


def summary(taken: Sequence[Sequence[float]]) -> str:
    """Return the best of both, and the ratio of the first to the second with its spread over the rounds."""
    ratios, (ours, other) = sorted(a / b for a, b in taken), map(min, zip(*taken, strict=True))
    return (f"this checkout {ours:.2f} ms per response, the other {other:.2f} ms;"
            f" ratio {median(ratios):.3f} (rounds: {ratios[0]:.3f} to {ratios[-1]:.3f})")  # fmt: skip


if __name__ == "__main__":
    print(summary(list(rounds((HERE, Path(sys.argv[1])), Path(*sys.argv[2:4]), sys.argv[4:] or queries()))))

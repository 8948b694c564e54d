"""``python -m tests.crashes [KILLS [SEED]]`` (``make crash``): hundreds of kills, then faults in every system call.

About six data directories are killed fifty times each. One fault in three is tried, starting at the seed.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks import results
from benchmarks.tables import table
from tests.crashes.faults import Faults, strace
from tests.crashes.rounds import STAGES, Rounds

_EACH = 50
"""Kills per data directory."""
_OF_FAULTS = 3
_MOST = 300
"""Kills needed before the figures of a run go into RESULTS.md."""


def main() -> int:
    """Kill, inject faults, check, and print the tables. An AssertionError says which promise was broken, and how to reproduce
    it.
    """
    most = int(sys.argv[1]) if len(sys.argv) > 1 else _MOST
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    made = [_killing(most, seed)]
    print(made[0], flush=True)
    if strace():
        made.append(_failing(seed))
        print(f"\n{made[1]}")
    else:
        print("no faults without strace; turn them on with: sudo apt install strace", file=sys.stderr)
    if most >= _MOST:
        results.put(made)
    return 0


def _killing(most: int, seed: int) -> str:
    kills: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    number = 0
    while kills.total() < most:
        with tempfile.TemporaryDirectory(prefix="tracuu-crashes-") as folder:
            rounds = Rounds(Path(folder), seed + number)
            _say(f"seed {seed + number}: {kills.total()} kills")
            with rounds.reading():
                while rounds.kills.total() < min(_EACH, most - kills.total()):
                    rounds.round(STAGES[rounds.number % len(STAGES)])
            kills += rounds.kills
            ended += rounds.ended
            seen += rounds.reader.seen
        number += 1
    rows = [
        *((f"killed while {stage}", f"{kills[stage]:,}") for stage in STAGES),
        ("all", f"{kills.total():,}"),
        ("rounds that were done before the kill", f"{ended.total():,}"),
        ("searches meanwhile", f"{seen['searches']:,}"),
        ("promises broken, articles seen half, leftovers", "0"),
    ]
    return f"## Kills at random moments (`make crash`): {number} data directories of 60 articles\n\n" + table(
        ("", "measured"), rows
    )


def _failing(seed: int) -> str:
    rows = []
    with tempfile.TemporaryDirectory(prefix="tracuu-crashes-") as folder:
        faults = Faults(Path(folder))
        for work in faults.works():
            points, before = faults.points(work), faults.outcomes.copy()
            _say(f"{work}: {len(points)} calls")
            tried = points[seed % _OF_FAULTS :: _OF_FAULTS]
            for fault in tried:
                faults.try_(work, fault)
            outcomes = faults.outcomes - before
            rows.append(
                (work, len(points), len(tried), outcomes["said so"], outcomes["done all the same"], 0)
            )
    head = ("", "calls", "made to fail", "said so", "done all the same", "promises broken")
    return (
        "## A disk that fails (`make crash`): ENOSPC, EIO, EROFS, EACCES and EMFILE at single calls of the system\n\n"
        + table(head, [tuple(map(str, row)) for row in rows])
        + "\n\nWhere the two do not add up, the fault met Python before it was ours."
    )


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""``python -m tests.crashes [KILLS] [SEED]`` (``make crash``): hundreds of kills, six data directories one after another."""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.tables import table
from tests.crashes.rounds import STAGES, Rounds

_EACH = 50
"""Kills of one data directory."""


def main() -> int:
    """Kill, look, and print the table; an AssertionError says which promise was broken, and by which seed."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    kills: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    start, number = time.monotonic(), 0
    while kills.total() < most:
        with tempfile.TemporaryDirectory(prefix="tracuu-crashes-") as folder:
            rounds = Rounds(Path(folder), seed + number)
            print(
                f"seed {seed + number}: {kills.total()} kills in {time.monotonic() - start:.0f} s",
                file=sys.stderr,
            )
            with rounds.reading():
                while rounds.kills.total() < min(_EACH, most - kills.total()):
                    rounds.round(STAGES[rounds.number % len(STAGES)])
            kills += rounds.kills
            ended += rounds.ended
            seen += rounds.reader.seen
        number += 1
    rows = [(f"killed while {stage}", f"{kills[stage]:,}") for stage in STAGES]
    rows += [
        ("all", f"{kills.total():,}"),
        ("rounds that were done before the kill", f"{ended.total():,}"),
        ("searches meanwhile", f"{seen['searches']:,}"),
        ("promises broken, articles seen half, leftovers", "0"),
    ]
    print(f"## Kills at random moments (`make crash`): {number} data directories of 60 articles\n")
    print(table(("", "measured"), rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())

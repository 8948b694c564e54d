"""``python -m benchmarks.keys``: whether the time for checking a key reveals how much of it is correct."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.tables import table
from indexer.keys import KeyStore

_ROUNDS = 4_000


def section() -> str:
    """Return the table."""
    with tempfile.TemporaryDirectory() as folder:
        store = KeyStore(Path(folder))
        key, given = store.create("timing", ["write"])
        other = "b" if given[-1] == "a" else "a"
        start = f"tracuu_{key.id}_"
        kinds = {
            "the key": given,
            "another last letter": given[:-1] + other,
            "only the id is right": start + other * (len(given) - len(start)),
            "an unknown id": f"tracuu_{'0' * len(key.id)}_{given[len(start) :]}",
        }
        assert store.verify(given)
        taken: dict[str, list[float]] = {name: [] for name in kinds}
        for _ in range(_ROUNDS):
            for name, one in kinds.items():
                begun = time.perf_counter_ns()
                store.verify(one)
                taken[name].append((time.perf_counter_ns() - begun) / 1000)
    rows = [
        (name, f"{median(times):.2f}", f"{sorted(times)[len(times) * 9 // 10]:.2f}")
        for name, times in taken.items()
    ]
    return (
        f"## Keys (`python -m benchmarks.keys`): {_ROUNDS:,} checks of each in turn. The id is not secret, but the rest is\n\n"
        + table(("", "median µs", "p90 µs"), rows)
    )


if __name__ == "__main__":
    print(section())

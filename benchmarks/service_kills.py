"""``python -m benchmarks.service_kills FOLDER``: kills parts of the whole service while it is searched and written.

Three nodes of OpenSearch, an object store, a writer, two web nodes and a standby, each a group of processes on this machine.
``tests/cluster/kills.py`` has what is killed and what is counted.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.tables import table
from tests.cluster.kills import CASES, Kills, Met, Times
from tests.cluster.nodes import turn_to_break
from tests.cluster.service import Service, missing

_HEADING = (
    "## Parts of the whole service killed under load (`python -m benchmarks.service_kills FOLDER`):"
    " three nodes, two web nodes, a writer, a standby and a store; targets: nothing mixed, nothing lost"
)
_NOTE = (
    "Two visitors search and two programs push, each one request after the other. What is killed comes back after ten seconds,"
    " except for the writer in the last row. *Machine off* counts requests to a machine that is not there, of which a proxy passes"
    " searches on to the other web node. Two numbers are those of searches and of pushes."
)
_TIMES = Times(before=5.0, down=10.0, after=10.0)
_HEAD = (
    "killed",
    "searches",
    "pushes",
    "longest without a search, s",
    "longest without a push accepted, s",
    "longest without a new commit, s",
    "asked to retry",
    "machine off",
    "other errors",
    "mixed",
    "ETags that differ",
    "articles lost",
)


def section(folder: Path) -> str:
    """Return the section of ``RESULTS.md``; ``folder`` gets the data of the machines."""
    if reason := missing():
        raise SystemExit(reason)
    rows = []
    with turn_to_break():
        service = Service(folder / "service")
        try:
            service.start()
            kills = Kills(service, _TIMES)
            for what in CASES:
                rows.append(_row(what, kills.run(what)))
                print(*rows[-1], sep=" | ", file=sys.stderr, flush=True)
        finally:
            service.stop()
    return f"{_HEADING}\n\n{_NOTE}\n\n{table(_HEAD, rows)}"


def _row(what: str, met: Met) -> tuple[str, ...]:
    errors = [*met.searches.errors, *met.pushes.errors]
    named = f"{what} in {met.promotion:.1f} s" if met.promotion else what
    return (
        named,
        f"{met.searches.done:,}",
        f"{met.pushes.done:,}",
        f"{met.searches.gap:.1f}",
        f"{met.pushes.gap:.1f}",
        f"{met.commits.gap:.1f}",
        f"{met.searches.asked_to_retry} + {met.pushes.asked_to_retry}",
        f"{met.searches.elsewhere} + {met.pushes.elsewhere}",
        f"{len(errors) + met.searches.nobody}{': ' + errors[0][:80] if errors else ''}",
        f"{len(met.mixed)} ({met.half} part of a lot)" if met.half else f"{len(met.mixed)}",
        f"{len(met.tags)}",
        f"{len(met.lost)}",
    )


if __name__ == "__main__":
    print(section(Path(sys.argv[1])))

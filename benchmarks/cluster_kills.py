"""``python -m benchmarks.cluster_kills FOLDER [CASE]``: kills nodes of a cluster while it is searched and written.

One or two of three nodes are killed by ``SIGKILL``, or paused by ``SIGSTOP``, and come back. Meanwhile a writer commits and a
reader searches, one request after the other, as often as they can. Each commit writes its number into all articles, so an
answer with two numbers mixes two commits, and the last acknowledged commit must be there at the end.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.tables import table
from indexer.engine import clauses as c
from indexer.engine.opensearch_.connection import Connection
from indexer.engine.opensearch_.engine import OpenSearchEngine
from indexer.engine.protocol import EngineRequest
from indexer.errors import ClusterError, EngineError
from indexer.opensearch_settings import OpenSearchSettings
from tests.cluster.nodes import COUNT, Nodes, missing
from tests.engine.entries import entry

_ARTICLES = 6
_BEFORE, _AFTER = 5.0, 10.0
"""Seconds without failures at the beginning, and again after each recovery."""
_STOPPED = 30.0
_DOWN = 10.0
_GREEN = 120.0
"""Seconds within which all copies have to be there before a case begins."""
_SECONDS = 10.0
"""Time limit for one search."""


class Doing:
    """Repeats an action in its own thread, and records the longest time without success."""

    def __init__(self, what: Callable[[], object]) -> None:
        self.done = 0
        self.gap = 0.0
        self.refusals: list[str] = []
        """What was told when no node answered: 503 with ``Retry-After`` in the service."""
        self.errors: list[str] = []
        """All other errors."""
        self._what = what
        self._going_on = True
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        last = time.monotonic()
        while self._going_on:
            try:
                self._what()
            except ClusterError as error:
                self.refusals.append(str(error))
            except EngineError as error:
                self.errors.append(str(error))
            else:
                now = time.monotonic()
                self.done, self.gap, last = self.done + 1, max(self.gap, now - last), now
            time.sleep(0.01)
        self.gap = max(self.gap, time.monotonic() - last)

    def stop(self) -> None:
        self._going_on = False
        self._thread.join()


class Numbered:
    """An index whose articles all hold the number of the last commit."""

    def __init__(self, path: Path, settings: OpenSearchSettings, create: bool) -> None:
        self.engine = OpenSearchEngine(path, settings, create)
        self.acknowledged = 0
        self.mixed: list[str] = []
        """What each answer held that mixes two commits."""

    def commit(self) -> None:
        number = self.acknowledged + 1
        with self.engine.writer() as writer:
            for n in range(_ARTICLES):
                writer.put(entry(f"{n}", "tin", category=f"{number}"))
        self.acknowledged = number

    def read(self) -> int:
        """Return the number that all articles hold."""
        asked = EngineRequest(c.Everything(), facets=("category",), limit=0)
        snapshot = self.engine.snapshot((asked,))
        found = snapshot.search(asked)
        if found.total != _ARTICLES or list(found.facets["category"].values()) != [_ARTICLES]:
            self.mixed.append(f"{snapshot.generation}: {found.total} {dict(found.facets['category'])}")
        return max(map(int, found.facets["category"]), default=0)


def main() -> None:
    """Print the table."""
    if reason := missing():
        sys.exit(reason)
    nodes = Nodes(shared=False)
    try:
        for number in range(COUNT):
            nodes.start(number)
        if reason := nodes.wait():
            sys.exit(reason)
        path = Path(sys.argv[1]) / "index"
        settings = OpenSearchSettings(hosts=nodes.hosts, replicas=1, search_seconds=_SECONDS)
        first = Numbered(path, settings, create=True)
        with closing(first.engine):
            first.commit()
        rows = []
        for what in sys.argv[2:] or CASES:
            rows.append(_row(what, measured(nodes, path, settings, what)))
            print(*rows[-1], sep=" | ", file=sys.stderr, flush=True)
        print(table(_HEAD, rows))
    finally:
        nodes.stop()


_HEAD = (
    "lost",
    "commits",
    "reads",
    "longest without a commit, s",
    "longest without a read, s",
    "asked to retry",
    "other errors",
    "mixed",
    "lost commits",
)
CASES = ("nothing", "a node", "the manager", "two of three", f"a node, for {_STOPPED:.0f} s")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to a writer and a reader while nodes were lost and came back."""

    writing: Doing
    reading: Doing
    mixed: Sequence[str]
    lost: int
    """Number of acknowledged commits that were not there at the end."""

    @property
    def errors(self) -> list[str]:
        """All errors that do not ask to retry."""
        return [*self.writing.errors, *self.reading.errors]


def measured(
    nodes: Nodes,
    path: Path,
    settings: OpenSearchSettings,
    what: str,
    down: float = _DOWN,
    after: float = _AFTER,
) -> Outcome:
    """Lose ``what`` of :data:`CASES` for ``down`` seconds, and return what happened until ``after`` seconds after the recovery."""
    written, read = (Numbered(path, settings, create=False) for _ in range(2))
    with closing(
        Connection(settings)
    ) as connection:  # otherwise this case would begin with the loss of the one before
        connection.ask("GET", "/_cluster/health", seconds=_GREEN, wait_for_status="green", timeout="55s")
    written.acknowledged = written.read()
    writing, reading = Doing(written.commit), Doing(read.read)
    try:
        time.sleep(_BEFORE)
        _harm(nodes, what, down)
        time.sleep(after)
    finally:
        for doing in (writing, reading):
            doing.stop()
    last = read.read()
    for index in (written, read):
        index.engine.close()
    return Outcome(writing, reading, read.mixed, max(0, written.acknowledged - last))


def _row(what: str, found: Outcome) -> tuple[str, ...]:
    writing, reading, errors = found.writing, found.reading, found.errors
    return (
        what,
        f"{writing.done}",
        f"{reading.done}",
        f"{writing.gap:.1f}",
        f"{reading.gap:.1f}",
        f"{len(writing.refusals)} + {len(reading.refusals)}",
        f"{len(errors)}{': ' + errors[0][:80] if errors else ''}",
        f"{len(found.mixed)}{': ' + found.mixed[0][:80] if found.mixed else ''}",
        f"{found.lost}",
    )


def _harm(nodes: Nodes, what: str, down: float) -> None:
    harmed = nodes.chosen(what.partition(",")[0])
    if "for" in what:
        for number in harmed:
            nodes.kill(number, signal.SIGSTOP)
        time.sleep(_STOPPED)
        for number in harmed:
            nodes.kill(number, signal.SIGCONT)
    else:
        for number in harmed:
            nodes.kill(number)
        time.sleep(down)
        for number in harmed:
            nodes.start(number)
    if reason := nodes.wait():
        sys.exit(reason)


if __name__ == "__main__":
    main()

"""``python -m benchmarks.cluster_kills FOLDER [CASE]``: kills nodes of a cluster while it is searched and written.

One or two of three nodes are killed by ``SIGKILL``, paused by ``SIGSTOP``, or cut off, and come back. Meanwhile a writer commits
and a reader searches, one request after the other, as often as they can. Each commit writes its number into all articles, so an
answer with two numbers mixes two commits, one with an older number than was acknowledged before it was asked for is outdated, and
the last acknowledged commit must be there at the end.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.tables import table
from indexer.engine import clauses as c
from indexer.engine.opensearch_.administration import index_name
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
_DOWN, _LONG = 10.0, 30.0
"""Seconds for which nodes are killed, and for which they are paused or cut off: the cluster notices that later."""
SETTINGS = (
    "cluster.fault_detection.follower_check.timeout: 3s",
    "cluster.fault_detection.leader_check.timeout: 3s",
)
"""As ``docs/cluster.md`` recommends."""
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
        self.outdated: list[str] = []

    def commit(self) -> None:
        number = self.acknowledged + 1
        with self.engine.writer() as writer:
            for n in range(_ARTICLES):
                writer.put(entry(f"{n}", "tin", category=f"{number}"))
        self.acknowledged = number

    def read(self, least: int = 0) -> int:
        """Return the number that all articles hold; ``least`` is one that was acknowledged before."""
        asked = EngineRequest(c.Everything(), facets=("category",), limit=0)
        snapshot = self.engine.snapshot((asked,))
        found = snapshot.search(asked)
        if found.total != _ARTICLES or list(found.facets["category"].values()) != [_ARTICLES]:
            self.mixed.append(f"{snapshot.generation}: {found.total} {dict(found.facets['category'])}")
        number = max(map(int, found.facets["category"]), default=0)
        if number < least:
            self.outdated.append(f"{snapshot.generation}: {number} after {least}")
        return number


def main() -> None:
    """Print the table."""
    if reason := missing():
        sys.exit(reason)
    nodes = Nodes(shared=False, settings=SETTINGS, wired=True)
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
        for what in sys.argv[2:] or (*CASES, *CUT):
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
    "outdated",
    "lost commits",
)
CASES = ("nothing", "a node", "the manager", "two of three", "a node, paused")
CUT = ("a node, cut off", "the manager, cut off", "a node, parted", "the manager, parted")
"""Cut off from all, or parted from the other nodes while this machine still reaches it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to a writer and a reader while nodes were lost and came back."""

    writing: Doing
    reading: Doing
    mixed: Sequence[str]
    outdated: Sequence[str]
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
    down: float | None = None,
    after: float = _AFTER,
) -> Outcome:
    """Lose ``what`` of :data:`CASES` or :data:`CUT` for ``down`` seconds; return what happened until ``after`` seconds after it is
    back.
    """
    written, read = (Numbered(path, settings, create=False) for _ in range(2))
    written.acknowledged = written.read()
    with closing(Connection(settings)) as connection:
        _wait_for_copies(connection, index_name(path), written)
    writing, reading = Doing(written.commit), Doing(lambda: read.read(written.acknowledged))
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
    return Outcome(writing, reading, read.mixed, read.outdated, max(0, written.acknowledged - last))


def _wait_for_copies(connection: Connection, name: str | None, written: Numbered) -> None:
    """Wait until all copies of the index ``name`` are there; otherwise a case would begin with the loss of the one before."""
    end = time.monotonic() + _GREEN
    while True:
        with suppress(ClusterError):
            written.commit()  # a commit frees copies that old points in time hold
            if connection.ask("GET", f"/_cluster/health/{name}")["status"] == "green":
                return
        if time.monotonic() > end:
            sys.exit(f"copies were missing after {_GREEN:.0f} seconds")
        time.sleep(1)


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
        f"{len(found.outdated)}",
        f"{found.lost}",
    )


def _harm(nodes: Nodes, what: str, down: float | None) -> None:
    which, _, how = what.partition(", ")
    harmed = nodes.chosen(which)
    for number in harmed:
        match how:
            case "paused":
                nodes.kill(number, signal.SIGSTOP)
            case "cut off":
                nodes.wires.cut(number)
            case "parted":
                nodes.wires.part(number)
            case _:
                nodes.kill(number)
    time.sleep(down or (_LONG if how else _DOWN))
    for number in harmed:
        match how:
            case "paused":
                nodes.kill(number, signal.SIGCONT)
            case "":
                nodes.start(number)
            case _:
                nodes.wires.mend()
    if reason := nodes.wait():
        sys.exit(reason)


if __name__ == "__main__":
    main()

"""Rounds in which one machine takes over from another that is killed, stopped for a while, or just goes on."""

from __future__ import annotations

import json
import os
import shutil
import signal
import threading
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random

from indexer.disk.locks import copies_lock
from indexer.errors import ReplacedError, StorageError
from indexer.push.bulk import Line
from indexer.push.inbox import Inbox
from indexer.push.writer import PushWriter
from indexer.replication.keeping import keeper
from indexer.replication.kept_changes import KeptChanges
from indexer.replication.membership import open_shared, shared_place, writing_term
from indexer.replication.term import Term
from indexer.settings import Settings
from indexer.upkeep.promotion import promote
from indexer.upkeep.publishing import publish_now, publisher_of
from indexer.upkeep.verify import verify
from tests.collection import index, write_pushed
from tests.crashes.articles import Version
from tests.crashes.promise import GONE, Promise
from tests.processes import BESIDE
from tests.waiting import until

WAYS = ("killed", "stopped", "going on")
_PUSHERS, _ARTICLES, _BULK = 2, 12, 3
_MOST_SECONDS, _AFTER_SECONDS = 0.5, 0.1
"""Most seconds from the first acknowledgement until the takeover, and those that a machine goes on after it."""
_VERSIONS = 1_000_000
"""Numbers of versions that one thread may use."""


class Takeovers:
    """Machines in ``folder``, each of which takes over from the one before, and what was promised."""

    def __init__(self, folder: Path, settings: Settings, seed: int) -> None:
        """``settings`` are those of the machines, whatever their data directory."""
        self._folder = folder
        self._random = Random(seed)
        self._settings = replace(settings, data=folder / "0", role="writer")
        self._promise = Promise()
        self._round = 0
        self.ways: Counter[str] = Counter()
        self.said: Counter[str] = Counter()
        """How often a change was sent, acknowledged or refused."""
        self.adopted = 0

    def round(self) -> None:
        """Let one machine work, take over from it, and assert that every promise is kept."""
        self._round += 1
        way = self._random.choice(WAYS)
        old, new = self._settings, replace(self._settings, data=self._folder / str(self._round))
        log = self._folder / "log"
        log.touch()
        machine = BESIDE.Process(target=_work, args=(old, str(log), self._random.random(), self._round))
        machine.start()
        assert machine.pid is not None
        pid = machine.pid
        try:
            term = writing_term(old)
            until(lambda: b"acknowledged" in log.read_bytes() and open_shared(old)[1].newest(term.number))
            threading.Event().wait(self._random.uniform(0, _MOST_SECONDS))
            self._end(way, pid)
            self._take_over(way, pid, new)
            self.ways[way] += 1
        except AssertionError as error:
            error.add_note(f"round {self._round}, {way}")
            raise
        finally:
            machine.kill()
            machine.join()
        self._read(log)
        self._settings = new
        write_pushed(new)
        self._promise.check(new)
        shutil.rmtree(old.data)

    def _end(self, way: str, pid: int) -> None:
        if way != "going on":
            os.kill(pid, signal.SIGKILL if way == "killed" else signal.SIGSTOP)

    def _take_over(self, way: str, pid: int, new: Settings) -> None:
        early = self._random.random() < 0.5

        def goes_on() -> None:
            if way == "stopped":
                os.kill(pid, signal.SIGCONT)

        def begun(_: Term) -> None:
            # Long before the term ends: what it had under way is done by then, or refused.
            if early:
                goes_on()

        self.adopted += promote(replace(new, role="standby"), begun).adopted
        if not early:
            goes_on()
        if way != "killed":
            threading.Event().wait(_AFTER_SECONDS)

    def _read(self, log: Path) -> None:
        """Add what a machine said to the promise."""
        for line in log.read_text().splitlines():
            said, *what = json.loads(line)
            self.said[said] += 1
            for article, number, files in what:
                version = GONE if number is None else Version(article, number, files)
                if said == "sent":
                    self._promise.begun(article, version)
                elif said == "acknowledged":
                    self._promise.acknowledged(article, version)
        log.unlink()

    def finish(self) -> None:
        """Assert that nothing is damaged, and nothing left over once copies are published."""
        publish_now(self._settings)
        index(self._settings, [])
        findings = [str(one) for one in verify(self._settings)]
        assert findings == [], findings
        kept = KeptChanges(*shared_place(self._settings))
        assert not any(kept.of(term) for term in range(1, self._round + 2))


def _work(settings: Settings, log: str, seed: float, number: int) -> None:
    """Accept changes, write them, and publish copies, until killed."""
    handle = os.open(log, os.O_WRONLY | os.O_APPEND)
    stop = threading.Event()

    def say(said: str, what: list[Version | int]) -> None:
        known = [
            (one, None, 0) if isinstance(one, int) else (one.article, one.number, one.files) for one in what
        ]
        os.write(handle, json.dumps([said, *known]).encode() + b"\n")

    def publish() -> None:
        with copies_lock(settings.data):
            publisher_of(settings, writing_term(settings)).run(stop)

    def push(n: int) -> None:
        random, inbox = Random(seed + n), Inbox(settings.data, keeper(settings))
        numbers = count((number * _PUSHERS + n) * _VERSIONS)
        while True:
            what, send = _change(random, inbox, n, numbers)
            say("sent", what)
            try:
                send()
            except StorageError:
                say("refused", what)
                stop.wait(0.02)
            else:
                say("acknowledged", what)

    def write() -> None:
        PushWriter(settings, Inbox(settings.data)).run(stop)

    jobs: list[Callable[[], None]] = [publish, write, *(lambda n=n: push(n) for n in range(_PUSHERS))]
    for job in jobs:
        threading.Thread(target=_quietly, args=(job,), daemon=True).start()
    stop.wait()


def _quietly(job: Callable[[], None]) -> None:
    with suppress(ReplacedError):
        job()


def _change(
    random: Random, inbox: Inbox, pusher: int, numbers: Iterator[int]
) -> tuple[list[Version | int], Callable[[], object]]:
    """Return a change, or several of a bulk, and what sends it; each pusher has its own articles."""
    mine = range(pusher * _ARTICLES, (pusher + 1) * _ARTICLES)
    some = [
        Version(article, next(numbers), random.choice((0, 0, 0, 1)))
        for article in random.sample(mine, _BULK if random.random() < 0.2 else 1)
    ]
    if len(some) > 1:
        lines = [
            Line(n, "put", one.id, one.id, _digest(one), bool(one.files), zlib.compress(one.line().encode()))
            for n, one in enumerate(some, 1)
        ]
        return list(some), lambda: inbox.bulks.accept(lines, len(lines), 1_000)
    (one,) = some
    if random.random() < 0.15:
        return [one.article], lambda: inbox.accept(one.id, "delete")
    return [one], lambda: inbox.accept(one.id, "put", _digest(one), one.line().encode(), bool(one.files))


def _digest(version: Version) -> bytes:
    return str(version.number).encode()

"""The writer's loop: pushed changes go from the inbox to catalog and index, in batches, within about a second.

It holds the lock of the data directory only while there is work, and yields it on request. Killing it at any time loses
nothing: a change leaves the inbox once it is committed, and repeating a change has no effect.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from indexer.disk.locks import is_wanted
from indexer.errors import (
    EngineError,
    FilesUnreachableError,
    HalfPromotedError,
    IndexBusyError,
    NotOwnerError,
    ReplacedError,
    StorageError,
)
from indexer.indexing.opening import open_pipeline
from indexer.indexing.pipeline import Pipeline
from indexer.push.arrivals import Arrivals, Ready
from indexer.push.batch import write_batch
from indexer.push.fetch import Fetcher
from indexer.push.inbox import Inbox
from indexer.push.task import Push, Result
from indexer.settings import Settings

_BATCH = 200
"""Number of changes per commit: some tenths of a second of analysis."""
_MANY, _LARGE_BATCH = 2_000, 4_000
"""Number of waiting changes from which larger batches are used, and their size: enough to justify starting processes for
analysis.
"""
_POLL = 0.05
"""Seconds between checks of an empty inbox; each takes one index query, 20 per second."""
_GATHER = 0.4
"""Minimum seconds between commits: each makes a segment, and merging segments takes time from searches."""
_PAUSE = 0.3
"""Seconds for which the lock is released for another writer, which checks it every tenth of a second."""
_FAR_PAUSE = 5.0
"""Seconds until an object store that did not answer is asked again."""
_REPLACED_PAUSE = 5.0
"""Seconds until a writer that was replaced looks whether it is the writer again."""
_LINGER = 10.0
"""Seconds to stay open after the work is done: opening and closing wait for merges of the index."""
_log = logging.getLogger(__name__)


class PushWriter:
    """Takes changes from the inbox until told to stop; then until the inbox is empty."""

    def __init__(self, settings: Settings, inbox: Inbox, fetcher: Fetcher | None = None) -> None:
        self._settings = settings
        self._inbox = inbox
        self._fetcher = fetcher or Fetcher.of(settings)
        self._until: int | None = None
        self.counts: Counter[Result] = Counter()

    def prepare(self) -> None:
        """Create what is missing, replay what a crash left, and load what the first change would have to wait for."""
        try:
            with open_pipeline(self._settings, yields=True) as pipeline:
                pipeline.warm()
        except (IndexBusyError, FilesUnreachableError) as error:
            _log.warning("%s", error)

    def run(self, stop: threading.Event) -> None:
        """Write until ``stop`` is set, then what was accepted before that.

        Once another machine is the writer, it writes nothing until this one is again. Raises StorageError or EngineError if it
        cannot continue.
        """
        told = False
        patient = replace(self._settings, lock_timeout=max(1.0, self._settings.lock_timeout))
        with Arrivals(self._settings, self._inbox, self._fetcher, self._refuse) as arrivals:
            while not self._done(stop):
                if not self._inbox.count():
                    stop.wait(_POLL)
                    continue
                try:
                    with open_pipeline(patient, yields=True) as pipeline:
                        told = False
                        self._turn(pipeline, arrivals, stop)
                except IndexBusyError:
                    waiting = self._inbox.count()
                    if stop.is_set():
                        _log.warning(
                            "another process is writing; %d changes are left for the next run", waiting
                        )
                        return
                    if not told:
                        _log.warning(
                            "another process is writing; %d changes are waiting for it to finish", waiting
                        )
                    told = True
                except (ReplacedError, HalfPromotedError, NotOwnerError) as error:
                    # Ending would only have it started again. Whoever becomes the writer takes over the attachments as well.
                    if not told:
                        _log.error("%s", error)
                    told = not isinstance(error, NotOwnerError)  # the next look tells why
                    if stop.wait(_REPLACED_PAUSE):
                        raise
                except FilesUnreachableError as error:
                    # It comes back, and what waits is written then; ending would take the service along after some times.
                    _log.error("%s; %d changes wait for it", error, self._inbox.count())
                    if stop.wait(_FAR_PAUSE):
                        return
                stop.wait(_PAUSE)

    def _done(self, stop: threading.Event) -> bool:
        """Tell whether a stop was requested and everything accepted before it is written."""
        if not stop.is_set():
            return False
        if self._until is None:
            self._until = self._inbox.newest()
        return not self._inbox.count(self._until)

    def _turn(self, pipeline: Pipeline, arrivals: Arrivals, stop: threading.Event) -> None:
        """Write waiting and arriving changes until there are none, or another writer asks for the lock."""
        idle = time.monotonic() + _LINGER
        with pipeline.kept_open():
            while time.monotonic() < idle and not self._done(stop) and not is_wanted(self._settings.data):
                start = time.monotonic()
                if self._round(pipeline, arrivals):
                    idle = start + _LINGER
                    time.sleep(max(0.0, start + _GATHER - time.monotonic()))
                else:
                    time.sleep(_POLL)

    def _round(self, pipeline: Pipeline, arrivals: Arrivals) -> int:
        """Write the ready changes; return their number.

        Changes with attachments come last, one at a time or a few small ones: reading a scan must not delay ten short notices.
        """
        light = arrivals.light(_LARGE_BATCH if self._inbox.count() >= _MANY else _BATCH)
        # Selected after those without attachments: what one of them superseded must not be written after it.
        heavy = arrivals.heavy()
        for some in filter(None, (light, heavy)):
            self._write(pipeline, some)
            for one in some:
                arrivals.let_go(one)
        return len(light) + len(heavy)

    def _write(self, pipeline: Pipeline, ready: Sequence[Ready]) -> None:
        try:
            self._finish(write_batch(pipeline, ready))
        except (StorageError, EngineError):
            raise
        except Exception as error:
            # One article that breaks the analysis must not block all others, now and after every restart.
            _log.exception("could not write %d changes together; writing them one by one", len(ready))
            pipeline.replay()
            if len(ready) > 1:
                for one in ready:
                    self._write(pipeline, [one])
                return
            self._refuse(ready[0].push, f"it can't be read ({type(error).__name__})")

    def _refuse(self, push: Push, why: str) -> None:
        self._finish({push.task: ("failed", [why])})

    def _finish(self, results: Mapping[int, tuple[Result, Sequence[str]]]) -> None:
        for task, (result, problems) in results.items():
            if result == "failed":
                _log.warning("task %d failed: %s", task, "; ".join(problems))
        self._inbox.finish(results)
        self.counts.update(result for result, _ in results.values())

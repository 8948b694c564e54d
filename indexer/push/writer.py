"""The writer's loop: what was pushed goes from the inbox into catalog and index, in batches, within a second or so.

It holds the lock of the data directory only while there is something to do, and lets others in when they ask. Killed
at any moment it loses nothing: a change leaves the inbox when it is committed, and doing it twice changes nothing.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.disk.locks import is_wanted
from indexer.disk.scratch import scratch_folder
from indexer.errors import EngineError, IndexBusyError, ItemError, StorageError
from indexer.indexing.opening import open_pipeline
from indexer.indexing.pipeline import Pipeline
from indexer.model import Article, Attachment
from indexer.push.body import read_push
from indexer.push.fetch import Fetcher, Limits
from indexer.push.inbox import Inbox, Push, Result
from indexer.settings import Settings
from indexer.sources import Problem

PLACE = "push"
"""The source that pushed articles come from, as ``--prune`` of other sources sees it."""
_BATCH = 200
"""Changes of one commit: some tenths of a second of analysis."""
_POLL = 0.05
"""Seconds between looks into an inbox that was empty, 20 queries of an index a second."""
_GATHER = 0.4
"""Seconds from one commit to the next: each makes a segment, and merging them takes the time that searches want."""
_PAUSE = 0.3
"""Seconds the door is open for another writer: who waits looks every tenth of a second."""
_LINGER = 10.0
"""Seconds to stay when all is done: opening and closing wait for merges of the index."""
_FETCHERS = 4
_FETCHED_AT_ONCE = 16
"""Changes whose attachments are fetched or wait, fetched, for their turn."""
_DAMAGED = "what was kept of it is damaged; send it again"
_MISSING = "it is not here"
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Ready:
    """A change whose attachments are here; ``article`` is None for a deletion."""

    push: Push
    article: Article | None
    problems: list[str]
    files: tuple[Path, ...] = ()


class _Batch:
    """Articles as a source of the pipeline."""

    name = PLACE

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles

    def items(self) -> Iterator[Article | Problem]:
        yield from self._articles

    def progress(self) -> float | None:
        """Not asked for."""
        return None


class PushWriter:
    """Takes changes out of the inbox until it is told to stop; then until the inbox is empty."""

    def __init__(self, settings: Settings, inbox: Inbox, fetcher: Fetcher | None = None) -> None:
        self._settings = settings
        self._inbox = inbox
        self._fetcher = fetcher or Fetcher(Limits(settings.max_file_mb << 20, settings.fetch_seconds))
        self._fetching: dict[int, Future[_Ready]] = {}
        self._until: int | None = None
        self.counts: Counter[Result] = Counter()

    def prepare(self) -> None:
        """Make what is not there yet, replay what a crash left, and load what the first change would wait for."""
        try:
            with open_pipeline(self._settings, yields=True) as pipeline:
                pipeline.warm()
        except IndexBusyError as error:
            _log.warning("%s", error)

    def run(self, stop: threading.Event) -> None:
        """Write until ``stop`` is set, then what was accepted before.

        Raises StorageError and EngineError where it can't go on.
        """
        told = False
        patient = replace(self._settings, lock_timeout=max(1.0, self._settings.lock_timeout))
        with (
            scratch_folder() as self._folder,
            ThreadPoolExecutor(_FETCHERS) as self._pool,
        ):
            while not self._done(stop):
                if not self._inbox.count():
                    stop.wait(_POLL)
                    continue
                try:
                    with open_pipeline(patient, yields=True) as pipeline:
                        told = False
                        self._turn(pipeline, stop)
                except IndexBusyError:
                    waiting = self._inbox.count()
                    if stop.is_set():
                        _log.warning(
                            "another process is writing: %d changes are left for the next time", waiting
                        )
                        return
                    if not told:
                        _log.warning("another process is writing: %d changes wait for its end", waiting)
                    told = True
                stop.wait(_PAUSE)

    def _done(self, stop: threading.Event) -> bool:
        """Tell whether it was told to stop, and all that was accepted until then is written."""
        if not stop.is_set():
            return False
        if self._until is None:
            self._until = self._inbox.newest()
        return not self._inbox.count(self._until)

    def _turn(self, pipeline: Pipeline, stop: threading.Event) -> None:
        """Write what waits and what comes, until all is quiet or another writer wants to."""
        idle = time.monotonic() + _LINGER
        with pipeline.kept_open():
            while time.monotonic() < idle and not self._done(stop) and not is_wanted(self._settings.data):
                start = time.monotonic()
                if self._round(pipeline):
                    idle = start + _LINGER
                    time.sleep(max(0.0, start + _GATHER - time.monotonic()))
                else:
                    time.sleep(_POLL)

    def _round(self, pipeline: Pipeline) -> int:
        """Write what is ready; return how many changes that were.

        Of those with attachments one, after all others: reading a scan must not keep ten short notices waiting.
        """
        light = self._read(self._inbox.waiting(_BATCH, files=False))
        # Chosen after those without: what one of them took the place of must not be written behind it.
        heavy = self._next_with_files()
        for some in filter(None, (light, heavy)):
            self._write(pipeline, some)
        return len(light) + len(heavy)

    def _read(self, pushes: Sequence[Push]) -> list[_Ready]:
        ready = []
        for push in pushes:
            if push.damaged:
                self._finish({push.task: ("failed", [_DAMAGED])})
                continue
            try:
                article = read_push(push.body, push.slug, self._settings)[0] if push.kind == "put" else None
                ready.append(_Ready(push, article, []))
            except ItemError as error:  # accepted under other settings
                self._finish({push.task: ("failed", [str(error)])})
        return ready

    def _next_with_files(self) -> list[_Ready]:
        """Return the oldest change whose attachments are here, and have others fetched meanwhile.

        What was fetched for changes that others took the place of is let go.
        """
        for number, future in list(self._fetching.items()):
            if future.done():
                task = self._inbox.task(number)
                if task and task.result is None:
                    return [future.result()]
                self._let_go(future.result())
        room = _FETCHED_AT_ONCE - len(self._fetching)
        for one in (
            self._read(self._inbox.waiting(room, files=True, but=list(self._fetching))) if room else ()
        ):
            if one.article is None or not any(map(_is_elsewhere, one.article.attachments)):
                return [one]
            self._fetching[one.push.task] = self._pool.submit(self._fetched, one.push, one.article)
        return []

    def _let_go(self, one: _Ready) -> None:
        self._fetching.pop(one.push.task, None)
        for path in one.files:
            path.unlink(missing_ok=True)

    def _fetched(self, push: Push, article: Article) -> _Ready:
        problems: list[str] = []
        files: list[Path] = []
        attachments: list[Attachment] = []
        for n, one in enumerate(article.attachments):
            if one.url and _is_elsewhere(one):
                path = self._folder / f"{push.task}-{n}"
                try:
                    found = self._fetcher.fetch(one.url, path)
                    files.append(path)
                    one = replace(one, path=path, url=None, media_type=one.media_type or found.media_type)
                except ItemError as error:
                    path.unlink(missing_ok=True)
                    problems.append(f"{one.name}: {error}")
            attachments.append(one)
        return _Ready(push, replace(article, attachments=tuple(attachments)), problems, tuple(files))

    def _write(self, pipeline: Pipeline, ready: Sequence[_Ready]) -> None:
        try:
            self._finish(self._results(pipeline, ready))
        except (StorageError, EngineError):
            raise
        except Exception as error:
            # One article that breaks the analysis must not keep all others out, now and after each restart.
            _log.exception("%d changes could not be written together", len(ready))
            pipeline.replay()
            if len(ready) > 1:
                for one in ready:
                    self._write(pipeline, [one])
                return
            self._finish({ready[0].push.task: ("failed", [f"it can't be read: {type(error).__name__}"])})
        for one in ready:
            self._let_go(one)

    def _results(
        self, pipeline: Pipeline, ready: Sequence[_Ready]
    ) -> dict[int, tuple[Result, Sequence[str]]]:
        results: dict[int, tuple[Result, Sequence[str]]] = {}
        articles = [one.article for one in ready if one.article]
        kinds, problems = _outcomes(pipeline, articles) if articles else ({}, {})
        ids = {one.push.task: pipeline.id_of(one.push.slug) for one in ready if not one.article}
        there = [id for id in ids.values() if id is not None]
        gone = set(pipeline.remove(there)) if there else set()
        for one in ready:
            if one.article:
                id = one.article.id
                # Why a file could not be fetched says that it is not here.
                said = {f"{problem.partition(': ')[0]}: {_MISSING}" for problem in one.problems}
                others = [problem for problem in problems.get(id, ()) if problem not in said]
                results[one.push.task] = (kinds.get(id, "failed"), [*one.problems, *others])
            else:
                results[one.push.task] = ("removed" if ids[one.push.task] in gone else "unknown", ())
        return results

    def _finish(self, results: Mapping[int, tuple[Result, Sequence[str]]]) -> None:
        for task, (result, problems) in results.items():
            if result == "failed":
                _log.warning("task %d could not be taken: %s", task, "; ".join(problems))
        self._inbox.finish(results)
        self.counts.update(result for result, _ in results.values())


def _is_elsewhere(attachment: Attachment) -> bool:
    return attachment.content is None and attachment.url is not None


def _outcomes(
    pipeline: Pipeline, articles: Sequence[Article]
) -> tuple[Mapping[str, Result], Mapping[str, list[str]]]:
    """Index ``articles``; return what became of each and what is wrong with its attachments, by id."""
    kinds: dict[str, Result] = {}
    problems: defaultdict[str, list[str]] = defaultdict(list)
    ids = {article.id for article in articles}
    for outcome in pipeline.index(_Batch(articles)):
        if outcome.item in ids and outcome.kind in ("indexed", "unchanged"):
            kinds[outcome.item] = "indexed" if outcome.kind == "indexed" else "unchanged"
        else:
            id = next((id for id in ids if outcome.item == id or outcome.item.startswith(f"{id}: ")), None)
            if id is not None:
                name = outcome.item[len(id) + 2 :]
                problems[id].append(": ".join(filter(None, (name, outcome.problem or _MISSING))))
    return kinds, problems

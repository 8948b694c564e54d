"""Takes changes from the inbox together with their attachments, fetching some while others are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.disk.scratch import scratch_folder
from indexer.errors import ItemError
from indexer.model import Article, Attachment
from indexer.push.body import read_push
from indexer.push.fetch import Fetcher
from indexer.push.inbox import Inbox
from indexer.push.task import Push
from indexer.settings import Settings

_FETCHERS = 4
_FETCHED_AT_ONCE = 16
"""Number of changes whose attachments are being fetched, or wait for their turn after fetching."""
_LOOKED_AT = 50
_SMALL = 1 << 20
"""Total size in bytes of changes with attachments that are written together: some text, but not a scan that takes a minute to
read.
"""
_DAMAGED = "the stored copy is damaged; send it again"


@dataclass(slots=True)
class Ready:
    """A change whose attachments are available; ``article`` is None for a deletion."""

    push: Push
    article: Article | None
    problems: list[str]
    files: tuple[Path, ...] = ()


class Arrivals:
    """The changes that can be written now; a context manager that stops fetching when left."""

    def __init__(
        self, settings: Settings, inbox: Inbox, fetcher: Fetcher, refuse: Callable[[Push, str], None]
    ) -> None:
        """``refuse`` receives unreadable changes and the reason."""
        self._settings = settings
        self._inbox = inbox
        self._fetcher = fetcher
        self._refuse = refuse
        self._fetching: dict[int, Future[Ready]] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Arrivals:
        self._folder = self._stack.enter_context(scratch_folder())
        self._pool = self._stack.enter_context(ThreadPoolExecutor(_FETCHERS))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def light(self, limit: int) -> list[Ready]:
        """Return up to ``limit`` changes without attachments, oldest first."""
        return self._read(self._inbox.waiting(limit, files=False))

    def heavy(self) -> list[Ready]:
        """Return the oldest changes whose attachments are available, and start fetching others.

        Either one change, or several small ones. Fetched files of superseded changes are deleted.
        """
        ready: list[Ready] = []
        for number, future in list(self._fetching.items()):
            if future.done():
                task = self._inbox.task(number)
                if task is None or task.result is not None:
                    self.let_go(future.result())
                elif _fits(future.result(), ready):
                    ready.append(future.result())
        for one in self._read(self._inbox.waiting(_LOOKED_AT, files=True, but=list(self._fetching))):
            if one.article is None or not any(map(_is_elsewhere, one.article.attachments)):
                if _fits(one, ready):
                    ready.append(one)
            elif len(self._fetching) < _FETCHED_AT_ONCE:
                self._fetching[one.push.task] = self._pool.submit(self._fetched, one, one.article)
        return ready

    def let_go(self, one: Ready) -> None:
        """Delete the files fetched for a change."""
        self._fetching.pop(one.push.task, None)
        for path in one.files:
            path.unlink(missing_ok=True)

    def _read(self, pushes: Sequence[Push]) -> list[Ready]:
        ready = []
        for push in pushes:
            if push.damaged:
                self._refuse(push, _DAMAGED)
                continue
            try:
                if push.kind == "put":
                    article, _, notes = read_push(push.body, push.slug, self._settings)
                    ready.append(Ready(push, article, list(notes)))
                else:
                    ready.append(Ready(push, None, []))
            except ItemError as error:  # accepted under other settings
                self._refuse(push, str(error))
        return ready

    def _fetched(self, one: Ready, article: Article) -> Ready:
        push, problems = one.push, list(one.problems)
        files: list[Path] = []
        attachments: list[Attachment] = []
        for n, file in enumerate(article.attachments):
            if file.url and _is_elsewhere(file):
                path = self._folder / f"{push.task}-{n}"
                try:
                    found = self._fetcher.fetch(file.url, path)
                    files.append(path)
                    file = replace(file, path=path, url=None, media_type=file.media_type or found.media_type)
                except ItemError as error:
                    path.unlink(missing_ok=True)
                    problems.append(f"{file.name}: {error}")
            attachments.append(file)
        return Ready(push, replace(article, attachments=tuple(attachments)), problems, tuple(files))


def _fits(one: Ready, others: Sequence[Ready]) -> bool:
    """Tell whether a change may be written together with ``others``."""
    return not others or _size(one) + sum(map(_size, others)) <= _SMALL


def _size(one: Ready) -> int:
    return len(one.push.body) + sum(path.stat().st_size for path in one.files)


def _is_elsewhere(attachment: Attachment) -> bool:
    return attachment.content is None and attachment.url is not None

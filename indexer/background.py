"""Work that must not delay anyone: it waits in a queue, and a thread does it in batches."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

Item = TypeVar("Item")
_ENDING = 2.0
"""Seconds to wait at the end for a batch being written."""


class BackgroundWriter(Generic[Item]):
    """Passes added items to ``write`` without making the caller wait.

    Its thread starts with the first item, because threads do not survive a fork.
    """

    def __init__(
        self, name: str, write: Callable[[list[Item]], None], *, most: int, batch: int, seconds: float = 0.0
    ) -> None:
        """At most ``most`` items wait; a batch of ``batch`` is written at once, otherwise ``seconds`` after its first item.

        ``write`` must not raise; whatever it cannot do is lost.
        """
        self._name, self._write, self._batch, self._seconds = name, write, batch, seconds
        self._waiting: queue.Queue[Item | None] = queue.Queue(most)
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self._closing = threading.Event()

    def add(self, item: Item) -> bool:
        """Queue ``item`` for writing; return False if the queue is full and the item is dropped."""
        if self._thread is None:
            self._start()
        try:
            self._waiting.put_nowait(item)
        except queue.Full:
            return False
        return True

    def close(self) -> None:
        """Write the remaining items."""
        self._closing.set()
        if self._thread is not None:
            with suppress(queue.Full):  # then it does not wait for anything
                self._waiting.put_nowait(None)
            self._thread.join(_ENDING)
        while batch := self._taken(self._batch):
            self._write(batch)

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while not self._closing.is_set():
            first = self._waiting.get()
            if first is not None:
                self._closing.wait(self._seconds)
                self._write([first, *self._taken(self._batch - 1)])

    def _taken(self, most: int) -> list[Item]:
        """Remove up to ``most`` items from the queue."""
        taken: list[Item] = []
        with suppress(queue.Empty):
            while len(taken) < most:
                item = self._waiting.get_nowait()
                if item is not None:
                    taken.append(item)
        return taken

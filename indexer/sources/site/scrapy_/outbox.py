"""The pipe to the parent, served by a thread of its own: a slow reader stops the fetching, but not the event loop."""

from __future__ import annotations

import asyncio
import queue
import threading
from contextlib import suppress
from multiprocessing.connection import Connection

from indexer.sources.site.visit import End, Visit

_ROOM = 32
"""Maximum number of articles waiting to be read by the parent."""


class Outbox:
    """Sends reports of visits; articles wait for space."""

    def __init__(self, channel: Connection) -> None:
        self._channel = channel
        self._queue: queue.SimpleQueue[tuple[Visit | End | None, bool]] = queue.SimpleQueue()
        self._room = asyncio.Semaphore(_ROOM)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._send, daemon=True)
        self._thread.start()

    async def put(self, visit: Visit) -> None:
        """Report a visit once there is space."""
        self._loop = asyncio.get_running_loop()
        await self._room.acquire()
        self._queue.put((visit, True))

    def note(self, message: Visit | End) -> None:
        """Send a short message."""
        self._queue.put((message, False))

    def close(self) -> None:
        """Send everything that is waiting."""
        self._queue.put((None, False))
        self._thread.join()

    def _send(self) -> None:
        while True:
            message, counted = self._queue.get()
            if message is None:
                return
            with suppress(OSError):  # the parent is gone: this process ends, too
                self._channel.send(message)
            if counted and self._loop is not None:
                with suppress(RuntimeError):  # the loop is closed
                    self._loop.call_soon_threadsafe(self._room.release)

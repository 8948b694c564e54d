"""The wires between the nodes of a cluster, and between them and us; each can be cut.

Bytes on a wire that is cut wait, and connections stay open, as if packets were lost. We cannot open new ones.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

US = -1
"""The end of a wire where this process is."""
_CHUNK = 65_536
_CLOSING = 0.1
"""Seconds within which connections are closed: asyncio does that later."""


class Wires:
    """For each node, one port that passes everything on to its own for the other nodes, and one for us.

    Nodes are told apart by the process that has the other end of a connection.
    """

    def __init__(self, transport: list[int], http: list[int], process: Callable[[int], int | None]) -> None:
        """``transport`` and ``http`` are the ports of the nodes themselves; ``process`` returns the number of a node's process."""
        self._process = process
        self._count = len(transport)
        self._cut: set[frozenset[int]] = set()
        self._loop = asyncio.new_event_loop()
        self._changed = asyncio.Event()
        self._servers: list[asyncio.Server] = []
        self._tasks: set[asyncio.Task[None]] = set()
        listening = [socket.create_server(("127.0.0.1", 0)) for _ in (*transport, *http)]
        ports = [int(one.getsockname()[1]) for one in listening]
        self.transport, self.http = ports[: self._count], ports[self._count :]
        """The ports to be used instead."""
        for number, (one, port) in enumerate(zip(listening, (*transport, *http), strict=True)):
            self._listen(one, port, number % self._count, from_us=number >= self._count)
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def cut(self, number: int) -> None:
        """Cut all wires of node ``number``."""
        self._set(frozenset({number, other}) for other in (US, *range(self._count)) if other != number)

    def part(self, number: int) -> None:
        """Cut the wires between node ``number`` and the other nodes."""
        self._set(frozenset({number, other}) for other in range(self._count) if other != number)

    def mend(self) -> None:
        """Let everything pass again."""
        self._set(())

    def stop(self) -> None:
        """Close everything."""
        self.mend()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.run_until_complete(self._end())
        self._loop.close()

    async def _end(self) -> None:
        for server in self._servers:
            server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(_CLOSING)

    def _set(self, cut: object) -> None:
        def change() -> None:
            self._cut = set(cut)  # type: ignore[call-overload]
            self._changed.set()
            self._changed = asyncio.Event()

        self._loop.call_soon_threadsafe(change)

    def _listen(self, listening: socket.socket, port: int, number: int, from_us: bool) -> None:
        async def connected(ours: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
            other = US if from_us else self._owner(back.get_extra_info("peername")[1])
            wire = frozenset({number, other})
            if from_us and wire in self._cut:  # the network says so: no host at that address
                back.close()
                return
            await self._passable(wire)
            try:
                theirs, forth = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                back.close()
                return
            for source, target in ((ours, forth), (theirs, back)):
                task = self._loop.create_task(self._pass_on(source, target, wire))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

        server = self._loop.run_until_complete(asyncio.start_server(connected, sock=listening))
        self._servers.append(server)

    async def _pass_on(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, wire: frozenset[int]
    ) -> None:
        try:
            with suppress(OSError):
                while data := await source.read(_CHUNK):
                    await self._passable(wire)
                    target.write(data)
                    await target.drain()
                await self._passable(wire)
        finally:
            target.close()

    async def _passable(self, wire: frozenset[int]) -> None:
        while wire in self._cut:
            await self._changed.wait()

    def _owner(self, port: int) -> int:
        """Return the node whose process has opened a connection from ``port``."""
        inodes = {inode for inode, local in _sockets() if local == port}
        for number in range(self._count):
            process = self._process(number)
            with suppress(OSError):
                for descriptor in Path(f"/proc/{process}/fd").iterdir():
                    with suppress(OSError):
                        if str(descriptor.readlink()) in inodes:
                            return number
        return US


def _sockets() -> list[tuple[str, int]]:
    """Return the sockets of this machine as they are named in ``/proc/PID/fd``, and their ports."""
    lines = [
        line.split()
        for family in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{family}").read_text().splitlines()[1:]
    ]
    return [(f"socket:[{line[9]}]", int(line[1].rpartition(":")[2], 16)) for line in lines]

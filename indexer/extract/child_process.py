"""A reading process as seen by its parent: sending requests, timing, ending it, and its last messages."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from indexer.extract.child import HEADER, OUT_OF_MEMORY
from indexer.extract.child_page import told

ENDING_SECONDS = 5.0
"""Seconds for a child to exit when asked."""
_CHUNK = 1 << 20
_LAST_WORDS = 4000
"""Number of bytes examined at the end of a dead child's output."""
_NO_MEMORY = ("memory allocation of", "MemoryError", "std::bad_alloc", "can't start new thread")
"""How Rust, Python and C++ report it; starting a thread fails if there is no room for its stack."""


class ChildError(Exception):
    """The reason why a child gave no response: a reason code, and its ``status`` if it crashed.

    ``page`` is the number of the page it was on.
    """

    def __init__(self, code: str, status: str = "", page: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.page = page


def _environment() -> dict[str, str]:
    """Return the environment a child needs to find our modules from ``/``, without anything else from this process."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": os.pathsep.join(str(Path(path).absolute()) for path in sys.path),
        "PYTHONSAFEPATH": "1",
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


class Child:
    """A child process; its owner sends one request at a time."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start ``command``; raises OSError if that fails."""
        # Its stderr goes to an unnamed file, which is examined when it dies.
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env=_environment(),
            cwd="/",
            process_group=0,  # Ctrl-C is for this process, and must not cost the files being read
        )

    def ask(self, request: dict[str, Any], seconds: float, most_bytes: int) -> Any:
        """Return its response; raises ChildError, and ValueError if the response is not JSON."""
        deadline = time.monotonic() + seconds
        try:
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps({**request, "seconds": seconds}).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            raise self._death() from None
        (size,) = HEADER.unpack(self._read(HEADER.size, deadline))
        if size > most_bytes:
            raise ChildError("long")
        answer = json.loads(self._read(size, deadline))
        self._forget()
        return answer

    def _forget(self) -> None:
        """Discard its messages about this file: they must not pile up, nor be attributed to the next file."""
        self._said.seek(0)  # its place is shared with the child's stderr
        self._said.truncate()

    def _read(self, size: int, deadline: float) -> bytearray:
        assert self._process.stdout is not None
        handle = self._process.stdout.fileno()
        read = bytearray(size)  # filled in place: an answer may be of many megabytes
        place = memoryview(read)
        while place:
            ready, _, _ = select.select([handle], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise ChildError("slow", page=told(self._all_said()))
            count = os.readv(handle, [place[:_CHUNK]])
            if not count:
                raise self._death()
            place = place[count:]
        return read

    def _death(self) -> ChildError:
        try:
            status = self._process.wait(ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            return ChildError("crashed", "it closed its output")
        said = self._all_said()
        code, exit_status = self._reason(status, said[-_LAST_WORDS:].decode(errors="replace"))
        return ChildError(code, exit_status, told(said))

    def _all_said(self) -> bytes:
        self._said.seek(0)
        return self._said.read()

    @staticmethod
    def _reason(status: int, said: str) -> tuple[str, str]:
        """Return the code of the reason for its death, and how it ended if that says more."""
        if status == OUT_OF_MEMORY or any(word in said for word in _NO_MEMORY):
            return "memory", ""
        if status == -signal.SIGXCPU:
            return "busy", ""
        return "crashed", f"status {status}"

    def end(self) -> None:
        """Ask it to exit, by closing its input."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.close()
            self._process.wait(ENDING_SECONDS)
        except (OSError, subprocess.TimeoutExpired):
            pass
        self.kill()

    def kill(self) -> None:
        """Kill it and release everything it held."""
        with suppress(ProcessLookupError):
            # Including the programs it runs, which are in its process group.
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._said):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue  # unsent input of a dead child

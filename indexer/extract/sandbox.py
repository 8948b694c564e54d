"""Reading files in child processes with limits; a child that dies or hangs costs one file."""

from __future__ import annotations

import json
import os
import queue
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from indexer.extract.child import HEADER
from indexer.extract.report import extraction_from_json
from indexer.model import Extraction, FileState

_LARGEST_ANSWER = 256 << 20
"""Bytes of JSON of one file: some 40 million characters, far beyond any real document."""
_CHUNK = 1 << 20
_ENDING = 5.0
"""Seconds a child has to go when asked."""


class Sandbox:
    """Up to ``workers`` reading processes; each file gets ``seconds`` and ``memory_mb``.

    Processes are started when first needed. Safe to use from several threads, which wait for a
    free process. ``command`` replaces the child's program in tests.
    """

    def __init__(
        self, workers: int, seconds: float, memory_mb: int, command: Sequence[str] | None = None
    ) -> None:
        self._seconds = seconds
        self._memory_mb = memory_mb
        self._command = command or (sys.executable, "-m", "indexer.extract.child", str(memory_mb))
        self._free: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        for _ in range(workers):
            self._free.put(None)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        while not self._free.empty():
            child = self._free.get_nowait()
            if child is not None:
                child.end()

    def extract(self, path: Path, name: str) -> Extraction:
        """Return what can be read of ``path``; never raises for what the file holds."""
        child = self._free.get()
        keep = None
        try:
            child = child or _Child(self._command)
            extraction = child.ask(path, name, self._seconds)
            keep = child
            return extraction
        except _ChildError as error:
            return _failed(str(error).format(seconds=self._seconds, memory=self._memory_mb))
        finally:
            if keep is None and child is not None:
                child.kill()
            self._free.put(keep)


class _ChildError(Exception):
    """What became of a child that gave no answer."""


class _Child:
    def __init__(self, command: Sequence[str]) -> None:
        # What it says on stderr goes to a file without a name, and is looked at when it dies.
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
                 "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            cwd="/",
        )  # fmt: skip

    def ask(self, path: Path, name: str, seconds: float) -> Extraction:
        deadline = time.monotonic() + seconds
        request = json.dumps({"path": str(path.resolve()), "name": name, "seconds": seconds}).encode() + b"\n"
        try:
            assert self._process.stdin is not None
            self._process.stdin.write(request)
            self._process.stdin.flush()
        except OSError:
            raise _ChildError(self._last_words()) from None
        (size,) = HEADER.unpack(self._read(HEADER.size, deadline))
        if size > _LARGEST_ANSWER:
            raise _ChildError("it holds more text than fits (256 MB)")
        try:
            return extraction_from_json(json.loads(self._read(size, deadline)))
        except (ValueError, KeyError, TypeError):
            raise _ChildError("the reader crashed: its answer makes no sense") from None

    def _read(self, size: int, deadline: float) -> bytes:
        assert self._process.stdout is not None
        handle = self._process.stdout.fileno()
        parts: list[bytes] = []
        while size:
            ready, _, _ = select.select([handle], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise _ChildError("reading took longer than {seconds:g} s")
            part = os.read(handle, min(size, _CHUNK))
            if not part:
                raise _ChildError(self._last_words())
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _last_words(self) -> str:
        self._process.wait(_ENDING)
        self._said.seek(0)
        said = self._said.read()[-4000:].decode(errors="replace")
        if "memory allocation of" in said or "MemoryError" in said or self._process.returncode == -6:
            return "the reader ran out of memory ({memory} MB)"
        return f"the reader crashed (status {self._process.returncode})"

    def end(self) -> None:
        """Ask it to go; a child ends with its input."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.close()
            self._process.wait(_ENDING)
        except (OSError, subprocess.TimeoutExpired):
            pass
        self.kill()

    def kill(self) -> None:
        """End it now and let go of everything it held."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._said):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue  # unsent input of a dead child


def _failed(reason: str) -> Extraction:
    return Extraction("application/octet-stream", FileState.FAILED, problems=(reason,))

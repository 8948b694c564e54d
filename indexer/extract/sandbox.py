"""Reading files in child processes with limits; a child that dies or hangs costs one file."""

from __future__ import annotations

import json
import os
import queue
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, TypeVar

from indexer.errors import BusyError, ExtractionError
from indexer.extract.archives import Unpacked
from indexer.extract.child import HEADER, OUT_OF_MEMORY
from indexer.model import Extraction, FileState, OcrPage, PagePicture
from indexer.stored.extraction import extraction_from_json, ocr_page_from_json, picture_from_json

MAX_OUTPUT_CHARS = 20_000_000
"""Characters of one file: a hundred times the longest law here, 370,000 characters in 155 pieces."""
_BYTES_OF_CHAR = 6
"""Bytes of a Vietnamese letter in JSON: ``\\u1ee7``."""
_CHUNK = 1 << 20
_LAST_WORDS = 4000
"""Bytes at the end of what a dead child said that are looked at."""
_NO_MEMORY = ("memory allocation of", "MemoryError", "std::bad_alloc", "can't start new thread")
"""How Rust, Python and C++ say it; a new thread fails for want of room for its stack."""
_NONSENSE = "the reader crashed: its answer makes no sense"
_ENDING = 5.0
"""Seconds a child has to go when asked."""


Answer = TypeVar("Answer")


class Sandbox:
    """Up to ``workers`` reading processes; each file gets ``seconds`` and ``memory_mb``.

    Processes are started when first needed. Safe to use from several threads, which wait for a
    free process, up to ``patience`` seconds; leave the block only when they are done. ``max_output_chars`` is a bound against
    floods, not exact: plain ASCII passes up to six times as long. ``command`` replaces the child's
    program in tests.
    """

    def __init__(
        self,
        workers: int,
        seconds: float,
        memory_mb: int,
        command: Sequence[str] | None = None,
        max_output_chars: int = MAX_OUTPUT_CHARS,
        page_seconds: float = 60.0,
        trust: str = "",
        patience: float | None = None,
    ) -> None:
        self._seconds = seconds
        self._memory_mb = memory_mb
        self._page_seconds = page_seconds
        self._patience = patience
        self._trust = str(Path(trust).resolve()) if trust else ""
        self._max_output_chars = max_output_chars
        self._command = command or (sys.executable, "-m", "indexer.extract.child", str(memory_mb))
        self._free: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        for _ in range(workers):
            self._free.put(None)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; the next file would start a new one."""
        children = [self._free.get_nowait() for _ in range(self._free.qsize())]
        for child in children:
            if child is not None:
                child.end()
            self._free.put(None)

    def extract(self, path: Path, name: str) -> Extraction:
        """Return what can be read of ``path``; never raises for what the file holds."""
        request = {"path": str(path.resolve()), "name": name, "trust": self._trust}
        try:
            return self._ask(request, extraction_from_json)
        except _ChildError as error:
            return _failed(self._reason(error))

    def unpack(self, path: Path, into: Path, largest: int) -> Unpacked:
        """Write the files in the archive at ``path`` into the folder ``into``; see :func:`archives.unpack`.

        Never raises for what the archive holds.
        """
        request = {"path": str(path.resolve()), "into": str(into.resolve()), "largest": largest}
        try:
            return self._ask(request, _unpacked)
        except _ChildError as error:
            return Unpacked(FileState.FAILED, (), (self._reason(error),))

    def ocr(self, path: Path, number: int) -> OcrPage:
        """Return page ``number`` of ``path`` as OCR reads it; never raises for what the file holds."""
        request = {"path": str(path.resolve()), "page": number, "page_seconds": self._page_seconds}
        try:
            return self._ask(request, ocr_page_from_json)
        except _ChildError as error:
            return OcrPage(None, f"page {number}: {self._reason(error)}")

    def picture(self, path: Path, number: int) -> PagePicture:
        """Return how page ``number`` of ``path`` looks; raises ExtractionError where it can't be drawn."""
        try:
            drawn = self._ask({"path": str(path.resolve()), "picture": number}, _picture)
        except _ChildError as error:
            raise ExtractionError(self._reason(error)) from None
        if isinstance(drawn, str):
            raise ExtractionError(drawn)
        return drawn

    def _reason(self, error: _ChildError) -> str:
        limits = {"seconds": self._seconds, "memory": self._memory_mb, "chars": self._max_output_chars}
        return str(error).format(**limits)

    def _ask(self, request: dict[str, Any], parse: Callable[[Any], Answer]) -> Answer:
        """Return what a child answers to ``request``; one that gives no answer, or none that ``parse`` takes, is ended."""
        try:
            child = self._free.get(timeout=self._patience)
        except queue.Empty:
            raise BusyError("all readers of files are at work; try again in a moment") from None
        keep = None
        try:
            child = child or _Child(self._command)
            answer = parse(child.ask(request, self._seconds, self._max_output_chars * _BYTES_OF_CHAR))
            keep = child
            return answer
        except (ValueError, KeyError, TypeError, RecursionError):
            raise _ChildError(_NONSENSE) from None
        finally:
            if keep is None and child is not None:
                child.kill()
            self._free.put(keep)


class _ChildError(Exception):
    """What became of a child that gave no answer."""


def _environment() -> dict[str, str]:
    """Return what a child needs to find our modules from ``/``, and nothing else of this process."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": os.pathsep.join(str(Path(path).absolute()) for path in sys.path),
        "PYTHONSAFEPATH": "1",
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


class _Child:
    def __init__(self, command: Sequence[str]) -> None:
        # What it says on stderr goes to a file without a name, and is looked at when it dies.
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
        deadline = time.monotonic() + seconds
        try:
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps({**request, "seconds": seconds}).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            raise _ChildError(self._last_words()) from None
        (size,) = HEADER.unpack(self._read(HEADER.size, deadline))
        if size > most_bytes:
            raise _ChildError("it holds more text than fits ({chars} characters)")
        answer = json.loads(self._read(size, deadline))
        self._forget()
        return answer

    def _forget(self) -> None:
        """Let go of what it said about this file: it must not fill up, nor be taken for the next one's."""
        self._said.seek(0)  # its place is shared with the child's stderr
        self._said.truncate()

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
        try:
            status = self._process.wait(_ENDING)
        except subprocess.TimeoutExpired:
            return "the reader crashed: it closed its output"
        self._said.seek(0)
        said = self._said.read()[-_LAST_WORDS:].decode(errors="replace")
        if status == OUT_OF_MEMORY or any(word in said for word in _NO_MEMORY):
            return "the reader ran out of memory ({memory} MB)"
        if status == -signal.SIGXCPU:
            return "reading took more processor time than {seconds:g} s allow"
        return f"the reader crashed (status {status})"

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
        with suppress(ProcessLookupError):
            # With the programs that it runs: they are of its group.
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._said):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue  # unsent input of a dead child


def _unpacked(values: Any) -> Unpacked:
    members = tuple((str(name), str(int(file)), int(size)) for name, file, size in values["files"])
    return Unpacked(FileState(values["state"]), members, tuple(map(str, values["problems"])))


def _picture(values: Any) -> PagePicture | str:
    """Return the picture, or why there is none."""
    return picture_from_json(values) if "image" in values else str(values["problem"])


def _failed(reason: str) -> Extraction:
    return Extraction("application/octet-stream", FileState.FAILED, problems=(reason,))

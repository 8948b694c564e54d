"""Reading files in child processes with limits; a child that dies or hangs costs one file."""

from __future__ import annotations

import queue
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from indexer.errors import BusyError, ExtractionError
from indexer.extract.archives import Unpacked
from indexer.extract.child_process import Child, ChildError
from indexer.model import Extraction, FileState, OcrPage, PagePicture
from indexer.settings import Settings
from indexer.stored.extraction import extraction_from_json, ocr_page_from_json, picture_from_json

MAX_OUTPUT_CHARS = 20_000_000
"""Characters of one file: a hundred times the longest law here, 370,000 characters in 155 pieces."""
_BYTES_OF_CHAR = 6
"""Bytes of a Vietnamese letter in JSON: ``\\u1ee7``."""
_NONSENSE = "the reader crashed: its answer makes no sense"
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
        self._free: queue.LifoQueue[Child | None] = queue.LifoQueue()
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
        except ChildError as error:
            return _failed(self._reason(error))

    def unpack(self, path: Path, into: Path, largest: int) -> Unpacked:
        """Write the files in the archive at ``path`` into the folder ``into``; see :func:`archives.unpack`.

        Never raises for what the archive holds.
        """
        request = {"path": str(path.resolve()), "into": str(into.resolve()), "largest": largest}
        try:
            return self._ask(request, _unpacked)
        except ChildError as error:
            return Unpacked(FileState.FAILED, (), (self._reason(error),))

    def ocr(self, path: Path, number: int) -> OcrPage:
        """Return page ``number`` of ``path`` as OCR reads it; never raises for what the file holds."""
        request = {"path": str(path.resolve()), "page": number, "page_seconds": self._page_seconds}
        try:
            return self._ask(request, ocr_page_from_json)
        except ChildError as error:
            return OcrPage(None, f"page {number}: {self._reason(error)}")

    def picture(self, path: Path, number: int) -> PagePicture:
        """Return how page ``number`` of ``path`` looks; raises ExtractionError where it can't be drawn."""
        try:
            drawn = self._ask({"path": str(path.resolve()), "picture": number}, _picture)
        except ChildError as error:
            raise ExtractionError(self._reason(error)) from None
        if isinstance(drawn, str):
            raise ExtractionError(drawn)
        return drawn

    def _reason(self, error: ChildError) -> str:
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
            child = child or Child(self._command)
            answer = parse(child.ask(request, self._seconds, self._max_output_chars * _BYTES_OF_CHAR))
            keep = child
            return answer
        except (ValueError, KeyError, TypeError, RecursionError):
            raise ChildError(_NONSENSE) from None
        finally:
            if keep is None and child is not None:
                child.kill()
            self._free.put(keep)


def open_sandbox(settings: Settings, workers: int) -> Sandbox:
    """Return a sandbox with the limits of ``settings``."""
    return Sandbox(
        workers,
        settings.extract_seconds,
        settings.extract_memory_mb,
        page_seconds=settings.ocr_seconds,
        trust=settings.trust_roots,
    )


def _unpacked(values: Any) -> Unpacked:
    members = tuple((str(name), str(int(file)), int(size)) for name, file, size in values["files"])
    return Unpacked(FileState(values["state"]), members, tuple(map(str, values["problems"])))


def _picture(values: Any) -> PagePicture | str:
    """Return the picture, or why there is none."""
    return picture_from_json(values) if "image" in values else str(values["problem"])


def _failed(reason: str) -> Extraction:
    return Extraction("application/octet-stream", FileState.FAILED, problems=(reason,))

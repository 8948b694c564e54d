"""Reading files in child processes with limits; a child that dies or hangs costs one file."""

from __future__ import annotations

import queue
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from indexer.errors import BusyError, ExtractionError
from indexer.extract.archives import Unpacked
from indexer.extract.child_process import Child, ChildError
from indexer.extract.details import details_from_json, wanted, wanted_to_json, with_details
from indexer.extract.kinds import PDF
from indexer.extract.reasons import problem, reasons, sentence
from indexer.extract.signatures import is_signed
from indexer.extract.states import settled
from indexer.model import Extraction, FileState, OcrPage, PagePicture, Problem, Signature, SignatureStatus
from indexer.settings import Settings
from indexer.stored.extraction import (
    extraction_from_json,
    ocr_page_from_json,
    picture_from_json,
    problem_from_json,
    signatures_from_json,
)

MAX_OUTPUT_CHARS = 10_000_000
"""Characters of one file that are kept: thirty times the longest law here, 370,000 characters in 155 pieces."""
_BYTES_OF_CHAR, _OTHER_BYTES = 6, 32 << 20
"""Bytes of an answer: of a character in JSON at most (that of a control: ``\\u0007``), and of all that is no text."""
_BEHIND_SECONDS = 20.0
"""For what is asked of a file behind its text: most take a tenth of a second."""
_MOST_LOST = 3
"""Pages of a file that may end their reader before no more of it is read."""
_NONSENSE = "it gave an invalid response"
Answer = TypeVar("Answer")


class Sandbox:
    """Up to ``workers`` reading processes; each file gets ``seconds`` and ``memory_mb``.

    Processes are started when first needed. Safe to use from several threads, which wait for a
    free process, up to ``patience`` seconds; leave the block only when they are done. Of a text the first
    ``max_output_chars`` are kept. ``command`` replaces the child's program in tests.
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
        self._behind = min(seconds, _BEHIND_SECONDS)
        self._memory_mb = memory_mb
        self._page_seconds = page_seconds
        self._patience = patience
        self._trust = str(Path(trust).resolve()) if trust else ""
        self._max_output_chars = max_output_chars
        self._most_bytes = max_output_chars * _BYTES_OF_CHAR + _OTHER_BYTES
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
        """Return what can be read of ``path``; never raises for what the file holds.

        The text comes first, and stands whatever becomes of what is asked behind it: which pages wait for OCR, words in
        annotations, title, signatures.
        """
        found = self._text(path, name)
        if found.state is not FileState.TEXT:
            return found
        found = settled(self._with_details(path, found))
        if found.media_type != PDF or found.state is FileState.FAILED or not is_signed(path):
            return found
        return replace(found, signatures=self._signatures(path))

    def _text(self, path: Path, name: str) -> Extraction:
        """Return the text of ``path``; a page that ends its reader costs that page, the fourth such those behind it, too."""
        lost: dict[int, Problem] = {}
        end: int | None = None
        while True:
            request = {"path": str(path.resolve()), "name": name, "most": self._max_output_chars}
            try:
                pages = {"left_out": list(lost), "end": end}
                found = self._ask(request | pages, extraction_from_json)
            except ChildError as error:
                page = error.page
                if page is None or page in lost or end is not None:
                    return _failed(self._problem(error))
                lost[page] = self._problem(error, page)
                end = page if len(lost) > _MOST_LOST else None
            else:
                return replace(found, problems=(*found.problems, *lost.values()))

    def _with_details(self, path: Path, found: Extraction) -> Extraction:
        """Return ``found`` with its details; where there are none, pages that may have to be read by OCR count as such."""
        request = {"path": str(path.resolve()), "details": wanted_to_json(wanted(found))}
        try:
            return with_details(found, self._ask(request, details_from_json, self._behind))
        except ChildError:
            return found

    def _signatures(self, path: Path) -> tuple[Signature, ...]:
        """Return who signed the PDF at ``path``, *unchecked* where that takes too long."""
        found: tuple[Signature, ...] = (Signature("", None, None, SignatureStatus.UNCHECKED),)
        for changes in (False, True):
            request = {"path": str(path.resolve()), "trust": self._trust, "changes": changes}
            try:
                found = self._ask(request, _signatures, self._behind)
            except ChildError:
                break
            if all(one.status is not SignatureStatus.UNCHECKED for one in found):
                break
        return found

    def unpack(self, path: Path, into: Path, largest: int) -> Unpacked:
        """Write the files in the archive at ``path`` into the folder ``into``; see :func:`archives.unpack`.

        Never raises for what the archive holds.
        """
        request = {"path": str(path.resolve()), "into": str(into.resolve()), "largest": largest}
        try:
            return self._ask(request, _unpacked)
        except ChildError as error:
            return Unpacked(FileState.FAILED, (), (self._problem(error),))

    def ocr(self, path: Path, number: int) -> OcrPage:
        """Return page ``number`` of ``path`` as OCR reads it; never raises for what the file holds."""
        request = {"path": str(path.resolve()), "page": number, "page_seconds": self._page_seconds}
        try:
            return self._ask(request, ocr_page_from_json)
        except ChildError as error:
            return OcrPage(None, self._problem(error, number))

    def picture(self, path: Path, number: int) -> PagePicture:
        """Return how page ``number`` of ``path`` looks; raises ExtractionError where it can't be drawn."""
        try:
            drawn = self._ask({"path": str(path.resolve()), "picture": number}, _picture)
        except ChildError as error:
            raise ExtractionError(sentence(self._problem(error))) from None
        if isinstance(drawn, str):
            raise ExtractionError(drawn)
        return drawn

    def _problem(self, error: ChildError, page: int | None = None) -> Problem:
        known: dict[str, int | float | str] = {
            "seconds": self._seconds,
            "memory": self._memory_mb,
            "chars": self._max_output_chars,
            "status": error.status,
        }
        return problem(error.code, page, "", **{name: known[name] for name in reasons()[error.code].fields})

    def _ask(
        self, request: dict[str, Any], parse: Callable[[Any], Answer], seconds: float | None = None
    ) -> Answer:
        """Return what a child answers to ``request``; one that gives no answer, or none that ``parse`` takes, is ended."""
        try:
            child = self._free.get(timeout=self._patience)
        except queue.Empty:
            raise BusyError("all processes that read files are busy; try again in a moment") from None
        keep = None
        try:
            child = child or Child(self._command)
            answer = parse(child.ask(request, seconds or self._seconds, self._most_bytes))
            keep = child
            return answer
        except (ValueError, KeyError, TypeError, RecursionError):
            raise ChildError("crashed", _NONSENSE) from None
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
        max_output_chars=settings.max_characters,
    )


def _unpacked(values: Any) -> Unpacked:
    members = tuple((str(name), str(int(file)), int(size)) for name, file, size in values["files"])
    return Unpacked(FileState(values["state"]), members, tuple(map(problem_from_json, values["problems"])))


def _signatures(values: Any) -> tuple[Signature, ...]:
    return signatures_from_json(values["signatures"])


def _picture(values: Any) -> PagePicture | str:
    """Return the picture, or why there is none."""
    return picture_from_json(values) if "image" in values else sentence(problem_from_json(values["problem"]))


def _failed(reason: Problem) -> Extraction:
    return Extraction("application/octet-stream", FileState.FAILED, problems=(reason,))

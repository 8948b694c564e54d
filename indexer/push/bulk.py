"""Bulk requests with one JSON object per line: parsed as they arrive, and stored aside until complete."""

from __future__ import annotations

import json
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from indexer.disk import durable
from indexer.errors import ItemError, TooLargeError
from indexer.push.body import Change, read_change
from indexer.push.task import PushKind
from indexer.settings import Settings

MOST_LINES = 50_000
"""Maximum number of lines, including empty ones: a transaction of one or two seconds, during which other pushes wait."""
_LONGEST_PROBLEM = 500
"""Maximum length in characters."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as stored in the inbox; ``problem`` says why it was rejected."""

    number: int
    """Counted from 1, including empty lines."""
    kind: PushKind
    id: str | None = None
    slug: str = ""
    digest: bytes = b""
    files: bool = False
    packed: bytes = b""
    """The article as sent, compressed with zlib; empty for a deletion."""
    problem: str | None = None


class Spool:
    """Lines on their way to the inbox, in an unnamed file, so that a killed process leaves nothing behind.

    Its methods raise StorageError if the disk fails.
    """

    def __init__(self, data: Path, file: IO[bytes]) -> None:
        self._data = data
        self._file = file
        self.lines = 0
        self.problems: dict[int, str] = {}
        """Problems by line number."""

    def add(self, line: Line) -> None:
        """Append ``line``."""
        self.lines += 1
        if line.problem is not None:
            self.problems[line.number] = line.problem
        head = (
            line.number, line.kind, line.id, line.slug, line.digest.hex(), line.files, line.problem, len(line.packed)
        )  # fmt: skip
        with durable.storage_errors(self._data, "written"):
            self._file.write(json.dumps(head).encode() + b"\n")
            self._file.write(line.packed)

    def __iter__(self) -> Iterator[Line]:
        with durable.storage_errors(self._data, "written"):
            self._file.seek(0)
        for head in iter(self._file.readline, b""):
            number, kind, id, slug, digest, files, problem, size = json.loads(head)
            packed = self._file.read(size)
            yield Line(number, kind, id, slug, bytes.fromhex(digest), files, packed, problem)


@contextmanager
def spool(data: Path) -> Iterator[Spool]:
    """Yield an empty spool in the directory ``data``; raises StorageError if the disk fails."""
    with durable.storage_errors(data, "written"):
        file = tempfile.TemporaryFile(dir=data)  # noqa: SIM115 - closing it may fail where the disk is full
    try:
        yield Spool(data, file)
    finally:
        with suppress(OSError):
            file.close()


def read_lines(
    body: BinaryIO, settings: Settings, into: Spool, refusal: Callable[[Change], str | None] = lambda _: None
) -> None:
    """Read all of ``body`` into a spool. Invalid lines are stored with their problem, like those for which ``refusal`` gives a
    reason.

    Raises ItemError if there are no lines, if none is valid, or if the last one is truncated; TooLargeError for too many or too
    long lines.
    """
    longest = settings.max_push_mb << 20
    number, last, broken = 0, b"", False
    while raw := body.readline(longest + 2):
        number += 1
        if len(raw.rstrip(b"\r\n")) > longest:
            raise TooLargeError(
                f"line {number} is longer than {settings.max_push_mb} MB, the limit for one article (max_push_mb);"
                " nothing was accepted; send its large attachments by url instead of base64"
            )
        if number > MOST_LINES:
            raise TooLargeError(
                f"the body has more than {MOST_LINES:,} lines, the limit for one request; nothing was accepted; send them in"
                " several requests"
            )
        if not raw.strip():
            continue
        line = _line(number, raw.strip(), settings, refusal)
        into.add(line)
        last, broken = raw, line.problem is not None
    if not into.lines:
        raise ItemError("the body is empty; send one article per line, as JSON")
    # A truncated line is not what was meant, and the client believes that everything has arrived.
    cut = broken and not last.endswith(b"\n") and not _is_json(last)
    if cut and (len(into.problems) < into.lines or into.lines == 1):
        raise ItemError(f"the last line ({number}) is incomplete; nothing was accepted")
    if len(into.problems) == into.lines:
        raise ItemError(
            f"none of the {into.lines:,} lines is valid",
            {f"line {at}": told for at, told in list(into.problems.items())[:20]},
        )


def _line(number: int, raw: bytes, settings: Settings, refusal: Callable[[Change], str | None]) -> Line:
    try:
        change = read_change(raw, settings)
    except ItemError as error:
        return Line(number, "put", problem=str(error)[:_LONGEST_PROBLEM])
    files = bool(change.article and change.article.attachments)
    packed = zlib.compress(change.body, 1) if change.body else b""
    return Line(
        number, change.kind, change.id, change.slug, change.digest, files, packed, problem=refusal(change)
    )


def _is_json(raw: bytes) -> bool:
    try:
        json.loads(raw)
    except (ValueError, RecursionError):
        return False
    return True

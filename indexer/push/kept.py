"""Accepted changes as they are kept on another machine as well: how they are written there, and read to be accepted again."""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from indexer.disk import durable
from indexer.errors import DamagedError
from indexer.push.task import PushKind

_FORM = 1
_DIGEST_SIZE = hashlib.sha256().digest_size


class Elsewhere(Protocol):
    """A place on other machines, where accepted changes are kept until copies of the inbox have them.

    Methods raise StorageError if that fails, or if this machine is not the writer any more.
    """

    def check(self) -> None:
        """Look whether something can be kept, before anything is accepted, unless it is known from the last time."""

    def keep(self, number: int, content: bytes | Path) -> None:
        """Keep what was accepted as task ``number``, in place of anything kept for it; only then may it be acknowledged."""


@dataclass(frozen=True, slots=True)
class AcceptedChange:
    """One change as it was accepted."""

    task: int
    slug: str
    kind: PushKind
    digest: bytes = b""
    files: bool = False
    packed: bytes = b""
    """Its body under zlib; empty for a deletion."""
    line: int | None = None
    """Of a bulk, counted from 1."""
    id: str | None = None
    problem: str | None = None
    """Why it was refused; only lines of a bulk are accepted with one."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """Changes that were accepted together: one, or a bulk."""

    number: int
    """Its task."""
    at: float
    """In seconds since 1970."""
    key: str | None
    bulk: bool
    changes: Iterable[AcceptedChange]


class Record:
    """Writes what was accepted, change by change, so that a large bulk is never in memory as a whole."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._digest = hashlib.sha256()

    def of(self, accepted: Accepted) -> Iterator[AcceptedChange]:
        """Yield the changes of ``accepted``, each once it is written."""
        self._write(
            json.dumps((_FORM, accepted.number, accepted.at, accepted.key, accepted.bulk)).encode() + b"\n"
        )
        for one in accepted.changes:
            head = (
                one.task, one.slug, one.kind, one.digest.hex(), one.files, one.line, one.id, one.problem, len(one.packed)
            )  # fmt: skip
            self._write(json.dumps(head).encode() + b"\n" + one.packed)
            yield one
        self._out.write(self._digest.digest())

    def _write(self, content: bytes) -> None:
        self._digest.update(content)
        self._out.write(content)


def packed(accepted: Accepted) -> bytes:
    """Return ``accepted`` as it is kept."""
    out = io.BytesIO()
    for _ in Record(out).of(accepted):
        pass
    return out.getvalue()


@contextmanager
def aside(data: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Yield a file in the directory ``data`` that has no name there, and a path by which it can be opened meanwhile.

    Nothing is left of it, and the next writer does not take it for a leftover. Raises StorageError if the disk fails.
    """
    # Only this user can read it: what waits to be indexed may be for staff only.
    with durable.storage_errors(data, "written"), tempfile.TemporaryFile(dir=data) as out:
        yield Path(f"/dev/fd/{out.fileno()}"), out


def unpacked(content: bytes) -> Accepted:
    """Return what was accepted; raises DamagedError unless it is exactly what was kept."""
    body = memoryview(content)[:-_DIGEST_SIZE]
    if hashlib.sha256(body).digest() != content[-_DIGEST_SIZE:]:
        raise DamagedError("what was kept of an accepted change is damaged")
    file = io.BytesIO(body)
    form, number, at, key, bulk = json.loads(file.readline())
    if form != _FORM:
        raise DamagedError("another version of this program kept it; promote with that version")
    return Accepted(number, at, key, bulk, tuple(_changes(file)))


def _changes(file: BinaryIO) -> Iterator[AcceptedChange]:
    for head in iter(file.readline, b""):
        task, slug, kind, digest, files, line, id, problem, size = json.loads(head)
        yield AcceptedChange(
            task, slug, kind, bytes.fromhex(digest), files, file.read(size), line, id, problem
        )

"""Which term this data directory holds: only who has everything that belongs to a term may write in it."""

from __future__ import annotations

from pathlib import Path

from indexer.disk import durable
from indexer.errors import HalfPromotedError
from indexer.replication.term import Term

FILE_NAME = "writer.term"
"""File in a data directory with the number of the term that it holds."""


def check_held(data: Path, term: Term) -> None:
    """Raise HalfPromotedError unless the directory ``data``, the writer of ``term``, holds it; also StorageError."""
    if not is_held(data, term):
        raise HalfPromotedError


def is_held(data: Path, term: Term) -> bool:
    """Tell whether the directory ``data``, the writer of ``term``, has everything that belongs to it; raises StorageError."""
    # The first writer of all has nothing to take over.
    return term.number == 1 or _held(data) == term.number


def hold(data: Path, term: Term) -> None:
    """Note that the directory ``data`` has everything that belongs to ``term``; raises StorageError."""
    path = data / FILE_NAME
    with durable.storage_errors(path, "written"):
        durable.write(path, str(term.number).encode())


def let_go(data: Path) -> None:
    """Note that the directory ``data`` holds no term; raises StorageError.

    In a store that was lost and filled again, terms begin with 1 again: one that was held before may come once more.
    """
    path = data / FILE_NAME
    with durable.storage_errors(path, "removed"):
        durable.remove(path)


def _held(data: Path) -> int:
    path = data / FILE_NAME
    with durable.storage_errors(path, "read"):
        try:
            said = path.read_text(encoding="ascii", errors="replace")
        except FileNotFoundError:
            return 0
    return int(said) if said.isdecimal() else 0

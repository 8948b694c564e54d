"""Whether this data directory may write: the term that it holds must be the current one."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path

from indexer.disk import durable
from indexer.errors import HalfPromotedError, ReplacedError
from indexer.files.bucket import Bucket
from indexer.files.owner import directory_name
from indexer.replication.term import Term, Terms, told
from indexer.s3_settings import place_of
from indexer.settings import Settings

HELD = "writer.term"
"""File in a data directory with the number of the term that it holds: written once all that belongs to the term is there."""


class Tenure:
    """The right of one data directory to write; safe to use from several threads.

    All methods raise FilesUnreachableError.
    """

    def __init__(self, bucket: Bucket, prefix: str, data: Path) -> None:
        """``prefix`` ends with a slash, or is empty."""
        self.terms = Terms(bucket, prefix)
        self._data = data
        self._turn = threading.Lock()

    @property
    def name(self) -> str:
        """The name under which this directory is a writer."""
        return directory_name(self._data)

    def held(self) -> Term:
        """Return the term that this directory holds; the first writer of all begins it here.

        Raises ReplacedError if another directory is the writer, HalfPromotedError if this one has not taken over everything yet.
        """
        now = self.terms.current()
        if now is None:
            with self._turn, suppress(ReplacedError):  # another process of ours may have begun it
                self.terms.begin(self.name, None)
            now = self.terms.current()
        if now is None or now.writer != self.name:
            raise ReplacedError(told(now) if now else "a moment")
        if now.number != self._number():
            # Nothing was there to be taken over by the first one.
            if now.number > 1:
                raise HalfPromotedError
            self.hold(now)
        return now

    def hold(self, term: Term) -> None:
        """Note that this directory has everything that belongs to ``term``, and may write."""
        path = self._data / HELD
        with durable.storage_errors(path, "written"):
            durable.write(path, str(term.number).encode())

    def _number(self) -> int:
        path = self._data / HELD
        with durable.storage_errors(path, "read"):
            try:
                said = path.read_text(encoding="ascii", errors="replace")
            except FileNotFoundError:
                return 0
        return int(said) if said.isdecimal() else 0


def tenure_of(settings: Settings) -> Tenure | None:
    """Return the right of ``settings.data`` to write; None if it needs none, since no other machine writes."""
    if settings.role == "alone":
        return None
    bucket, prefix = place_of(settings.files)
    return Tenure(Bucket(bucket, settings.s3), f"{prefix}/" if prefix else "", settings.data)

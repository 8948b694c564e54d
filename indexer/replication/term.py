"""Who writes: terms, as in Raft (Ongaro and Ousterhout, 2014), kept in one object that is replaced only in the version that was read.

Every object that a writer puts has the number of its term in its key. Whoever begins a new term therefore sees what earlier
writers had put until then, and nobody looks at what they put later: a machine that was only slow can do no harm.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from indexer.errors import ReplacedError
from indexer.files.bucket import Bucket

_KEY = "writer"


@dataclass(frozen=True, slots=True)
class Term:
    """The time for which one machine is the writer."""

    number: int
    writer: str
    """Name of its data directory."""
    since: float
    """When it began, in seconds since 1970 by the clock of that machine."""
    tag: str = ""
    """Entity tag of the object."""


class Terms:
    """The terms of the service that keeps its files under ``prefix``; safe to use from several threads.

    All methods raise FilesUnreachableError.
    """

    def __init__(self, bucket: Bucket, prefix: str) -> None:
        """``prefix`` ends with a slash, or is empty."""
        self._bucket = bucket
        self._key = f"{prefix}{_KEY}"

    def current(self) -> Term | None:
        """Return the current term; None if there has been no writer yet."""
        found = self._bucket.get(self._key)
        if found is None:
            return None
        content, tag = found
        said = json.loads(content)
        return Term(int(said["number"]), str(said["writer"]), float(said["since"]), tag)

    def begin(self, writer: str, after: Term | None) -> Term:
        """Make ``writer`` the writer from now on, if ``after`` is still the current term; raises ReplacedError otherwise."""
        number, since = (after.number + 1 if after else 1), time.time()
        said = json.dumps({"number": number, "writer": writer, "since": since}).encode()
        done = (
            self._bucket.replace(self._key, said, after.tag)
            if after
            else self._bucket.create(self._key, said)
        )
        now = self.current()
        # A lost answer may have hidden that it was done.
        if now is None or (now.number, now.writer, now.since) != (number, writer, since):
            raise ReplacedError("a moment" if now is None or not done else told(now))
        return now

    def check(self, term: Term) -> None:
        """Raise ReplacedError unless ``term`` is the current one."""
        now = self.current()
        if now is None or now.number != term.number or now.writer != term.writer:
            raise ReplacedError(told(now) if now else "a moment")


def told(term: Term) -> str:
    """Return when ``term`` began, for :class:`~indexer.errors.ReplacedError`."""
    return datetime.fromtimestamp(term.since, UTC).isoformat(" ", "seconds")

"""Accepted changes in the object store, ``<prefix>/inbox/<term>/<task>``, until a published copy of the inbox has them.

A writer that took over puts the object ``<prefix>/inbox/<term>/taken`` once everything that was left is in the folder of its own
term. It holds the manifest of the copies that it began with: what the folder has comes after those. Nobody looks at
folders of earlier terms from then on, so that what a machine puts there that was only slow does no harm.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from indexer.files.bucket import PART, Bucket

_AT_ONCE = 8
"""Number of objects removed side by side."""
_KEY = re.compile(r"(\d+)/(\d+|taken)")
_TAKEN = "taken"
Key = tuple[int, int]
"""Term and task."""


class KeptChanges:
    """The kept changes under ``prefix``; safe to use from several threads. All methods raise FilesUnreachableError."""

    def __init__(self, bucket: Bucket, prefix: str) -> None:
        """``prefix`` ends with a slash, or is empty."""
        self._bucket = bucket
        self._folder = f"{prefix}inbox/"

    def put(self, term: int, task: int, content: bytes | Path) -> None:
        """Keep what was accepted in ``term`` as ``task``, in place of anything kept for it."""
        key = self._key(term, str(task))
        size = len(content) if isinstance(content, bytes) else content.stat().st_size
        if size > PART:
            self._bucket.create(key, content)
        else:
            self._bucket.put(key, content if isinstance(content, bytes) else content.read_bytes())

    def get(self, term: int, task: int) -> bytes | None:
        """Return what :meth:`put` kept; None if it is there no more."""
        key = self._key(term, str(task))
        found = self._bucket.find(key)
        if found is None:
            return None
        # One request moves a part at most, which bounds its time.
        return b"".join(self._bucket.read(key, at, PART) for at in range(0, found.size, PART))

    def of(self, term: int) -> list[int]:
        """Return the tasks that are kept of ``term``, in order."""
        return sorted(task for number, task in self._all() if number == term)

    def taken(self, term: int) -> tuple[int, bytes] | None:
        """Return the last term up to ``term`` whose writer took over everything, and what :meth:`take` noted of it; None if there
        was no takeover."""
        found = [int(match[1]) for match in self._found(_TAKEN) if int(match[1]) <= term]
        if not found:
            return None
        noted = self._bucket.get(self._key(max(found), _TAKEN))
        return (max(found), noted[0]) if noted else None

    def take(self, term: int, noted: bytes) -> None:
        """Note that the folder of ``term`` has everything that was left."""
        self._bucket.put(self._key(term, _TAKEN), noted)

    def forget(self, term: int, until: int) -> None:
        """Remove what the published copy of the inbox has: the tasks of ``term`` up to ``until``, and everything of earlier terms.

        Only once the copy is published and the term was the current one after that.
        """
        before = [match for match in self._found(_TAKEN) if int(match[1]) < term]
        keys = [
            self._key(number, str(task)) for number, task in self._all() if (number, task) <= (term, until)
        ]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(self._bucket.remove, [*keys, *(self._key(int(one[1]), _TAKEN) for one in before)]))

    def _all(self) -> list[Key]:
        return [(int(match[1]), int(match[2])) for match in self._found(r"\d+")]

    def _found(self, name: str) -> list[re.Match[str]]:
        keys = (one.key.removeprefix(self._folder) for one in self._bucket.all(self._folder))
        return [match for key in keys if (match := _KEY.fullmatch(key)) and re.fullmatch(name, match[2])]

    def _key(self, term: int, name: str) -> str:
        return f"{self._folder}{term}/{name}"

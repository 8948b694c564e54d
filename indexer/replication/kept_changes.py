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
        """Return what :meth:`put` kept; None if it is there no more: the writer before may still remove what its copies have."""
        key = self._key(term, str(task))
        found = self._bucket.find(key)
        if found is None:
            return None
        try:
            # One request moves a part at most, which bounds its time.
            return b"".join(self._bucket.read(key, at, PART) for at in range(0, found.size, PART))
        except FileNotFoundError:
            return None

    def of(self, term: int) -> list[int]:
        """Return the tasks that are kept of ``term``, in order."""
        return sorted(int(name) for number, name in self._all() if number == term and name != _TAKEN)

    def taken(self, term: int) -> tuple[int, bytes] | None:
        """Return the last term up to ``term`` whose writer took over everything, and what :meth:`take` noted of it; None if there
        was no takeover."""
        found = [number for number, name in self._all() if name == _TAKEN and number <= term]
        noted = self._bucket.get(self._key(max(found), _TAKEN)) if found else None
        return (max(found), noted[0]) if noted else None

    def take(self, term: int, noted: bytes) -> None:
        """Note that the folder of ``term`` has everything that was left."""
        self._bucket.put(self._key(term, _TAKEN), noted)

    def forget(self, term: int, until: int) -> None:
        """Remove what the published copy of the inbox has: the tasks of ``term`` up to ``until``, and everything of earlier terms.

        Only once the copy is published and the term was the current one after that.
        """
        keys = [
            self._key(number, name)
            for number, name in self._all()
            if number < term or (number == term and name != _TAKEN and int(name) <= until)
        ]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(self._bucket.remove, keys))

    def _all(self) -> list[tuple[int, str]]:
        """Return the term and the name of every object."""
        keys = (one.key.removeprefix(self._folder) for one in self._bucket.all(self._folder))
        return [(int(match[1]), match[2]) for key in keys if (match := _KEY.fullmatch(key))]

    def _key(self, term: int, name: str) -> str:
        return f"{self._folder}{term}/{name}"

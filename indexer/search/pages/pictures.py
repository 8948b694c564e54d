"""Pictures of attachment pages: drawn in a reading process, and cached on disk up to a limit."""

from __future__ import annotations

import json
import os
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import ExtractionError
from indexer.extract.sandbox import Sandbox
from indexer.files.store import KeptFile
from indexer.model import PagePicture
from indexer.stored.extraction import flat_boxes, read_boxes

_VERSION = 3
"""Version of cached data; changing how pages are drawn requires a new one."""
_SECONDS = 10.0
"""Time limit for a page: real ones take 0.02 to 0.2 s."""
_PATIENCE = 3.0
"""Seconds to wait while another page is drawn."""
_RETRY = 3600.0
"""Seconds after which a page that could not be drawn is tried again."""
_SUM = 4
"""Size of a checksum (CRC-32) in bytes."""
LOOK_EVERY = 50
"""Number of pictures written between two checks of the cache size."""
_LEFT = 0.8
"""Share of the limit that remains after removing the oldest."""
_FRESH = 86_400.0
"""Seconds within which reading a picture again does not update its time of use."""


class PagePictures:
    """Draws pages one at a time in a separate process; safe to use from several threads.

    The cache is in ``<data>/cache/pages`` and may be removed at any time. If it is not writable, pages are drawn every time.
    """

    def __init__(self, data: Path, memory_mb: int, most_bytes: int) -> None:
        self._sandbox = Sandbox(1, _SECONDS, memory_mb, patience=_PATIENCE)
        self._cache = _Cache(data / "cache" / "pages", most_bytes)

    def get(self, file: KeptFile, number: int) -> PagePicture:
        """Return page ``number`` (from 1) of ``file``.

        Raises ExtractionError if it cannot be drawn, BusyError if there are too many requests.
        """
        kept = self._cache.get(file.sha256, number)
        if isinstance(kept, str):
            raise ExtractionError(kept)
        if kept is not None:
            return kept
        try:
            with file.at_hand() as path:
                drawn = self._sandbox.picture(path, number)
        except ExtractionError as error:
            self._cache.put(file.sha256, number, str(error))
            raise
        self._cache.put(file.sha256, number, drawn)
        return drawn

    def drawn(self, sha256: str, number: int) -> PagePicture | None:
        """Return page ``number`` of the file with this digest if it was drawn before and is kept."""
        kept = self._cache.get(sha256, number)
        return kept if isinstance(kept, PagePicture) else None

    def close(self) -> None:
        """Stop the reading process."""
        self._sandbox.close()


class _Cache:
    """Files with a line of JSON, the image and a checksum; for a page that cannot be drawn, the reason."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most = most_bytes
        self._written = 0

    def _path(self, sha256: str, number: int) -> Path:
        return self._folder / sha256[:2] / f"{sha256}-{number}-{_VERSION}"

    def get(self, sha256: str, number: int) -> PagePicture | str | None:
        path = self._path(sha256, number)
        try:
            content = path.read_bytes()
            if _checksum(content[:-_SUM]) != content[-_SUM:]:
                return None
            head, _, image = content[:-_SUM].partition(b"\n")
            age = time.time() - path.stat().st_mtime
            values = json.loads(head)
            if "problem" in values:
                return str(values["problem"]) if age < _RETRY else None
            if age > _FRESH:
                os.utime(path)
            words = tuple(values["words"])
            return PagePicture(image, values["width"], values["height"], words, read_boxes(values["boxes"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, sha256: str, number: int, what: PagePicture | str) -> None:
        if not self._most:
            return
        values, image = ({"problem": what}, b"") if isinstance(what, str) else (_head(what), what.image)
        path = self._path(sha256, number)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as out:
                    content = json.dumps(values, ensure_ascii=False).encode() + b"\n" + image
                    out.write(content + _checksum(content))
                Path(temporary).replace(path)
            except BaseException:
                Path(temporary).unlink(missing_ok=True)
                raise
            if self._written % LOOK_EVERY == 0:
                self._make_room()
            self._written += 1

    def _make_room(self) -> None:
        """Remove the least recently used files if the cache is too large."""
        files = sorted(self._files(), key=lambda file: file.used)
        size = sum(file.size for file in files)
        if size <= self._most:
            return
        for file in files:
            if size <= _LEFT * self._most:
                break
            with suppress(FileNotFoundError):  # another process had the same thought
                file.path.unlink()
            size -= file.size

    def _files(self) -> Iterator[_Kept]:
        for path in self._folder.glob("*/*"):
            with suppress(FileNotFoundError):
                status = path.stat()
                yield _Kept(path, status.st_size, status.st_mtime)


@dataclass(frozen=True, slots=True)
class _Kept:
    path: Path
    size: int
    used: float


def _checksum(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(_SUM, "big")


def _head(picture: PagePicture) -> dict[str, object]:
    return {
        "width": picture.width,
        "height": picture.height,
        "words": picture.words,
        "boxes": flat_boxes(picture.boxes),
    }

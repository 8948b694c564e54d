"""The folder of a Whoosh index, made durable."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.disk import durable
from indexer.engine.whoosh_.codec import INDEX_NAME
from indexer.engine.whoosh_.library import TOC, FileStorage, clean_files

_DIGESTS = "DIGESTS"
"""SHA-256 of every file of the index, by name."""


class DurableStorage(FileStorage):  # type: ignore[misc]
    """Makes commits durable: Whoosh commits by renaming a table of contents, and syncs nothing to disk itself.

    Here, all files written before the rename are on disk when it happens, and the rename itself is when the call returns.
    Neither a killed process nor a power cut leaves a torn commit.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self._path = path
        self._written: set[str] = set()

    def create_file(self, name: str, *args: Any, **kwargs: Any) -> Any:
        self._written.add(name)
        return super().create_file(name, *args, **kwargs)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        written = [name for name in self._written if (self._path / name).exists()]
        for name in written:
            durable.sync(self._path / name)
        # Before the commit, so that it never lacks one; those of removed files go with the next commit.
        known = {
            name: digest for name, digest in _digests(self._path).items() if (self._path / name).exists()
        }
        known |= {newname if name == oldname else name: _digest(self._path / name) for name in written}
        durable.write(self._path / _DIGESTS, json.dumps(known, indent=0).encode())
        self._written.clear()
        super().rename_file(oldname, newname, safe)
        durable.sync(self._path)


def damage(path: Path) -> Iterator[str]:
    """Yield what is wrong with the files of the index in ``path``. Raises OSError."""
    try:
        known = _digests(path)
    except (ValueError, AttributeError):
        yield f"{_DIGESTS} can't be read"
        return
    whole = has_commit(path)
    for file in sorted((*path.glob(f"_{INDEX_NAME}_*.toc"), *path.glob(f"{INDEX_NAME}_*.seg"))):
        wanted = known.get(file.name)
        # A segment without a digest belongs to a batch that was never committed.
        if wanted != _digest(file) and (wanted or file.suffix == ".toc"):
            whole = whole and file.suffix != ".toc"
            yield f"{file.name} is damaged"
    if whole:
        for segment in TOC.read(DurableStorage(path), INDEX_NAME).segments:
            name = f"{segment.segment_id()}.seg"
            if not (path / name).exists():
                yield f"{name} is missing"


def _digests(path: Path) -> dict[str, str]:
    try:
        return dict(json.loads((path / _DIGESTS).read_bytes()).items())
    except FileNotFoundError:
        return {}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def has_commit(path: Path) -> bool:
    """Tell whether the folder ``path`` contains an index."""
    return any(path.glob(f"_{INDEX_NAME}_*.toc"))


def write_contents(storage: DurableStorage, schema: Any, segments: list[Any], generation: int) -> None:
    """Commit: from now on, readers use ``segments``."""
    TOC(schema, segments, generation).write(storage, INDEX_NAME)


def remove_leftovers(storage: DurableStorage, path: Path) -> None:
    """Remove what does not belong to the newest commit; requires the writer's lock."""
    shutil.rmtree(path / f"{INDEX_NAME}.tmp", ignore_errors=True)
    contents = TOC.read(storage, INDEX_NAME)
    clean_files(storage, INDEX_NAME, contents.generation, contents.segments)
    for leftover in (*path.glob(f"_{INDEX_NAME}_*.toc.*"), *path.glob(f"{durable.TEMPORARY}*")):
        leftover.unlink()

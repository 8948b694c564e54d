"""The folder of a Whoosh index, made durable."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from indexer.engine.whoosh_.codec import INDEX_NAME
from indexer.engine.whoosh_.library import TOC, FileStorage, clean_files


class DurableStorage(FileStorage):  # type: ignore[misc]
    """A commit of Whoosh is the renaming of a table of contents; it syncs nothing to disk itself.

    Here all files written before the renaming are on disk when it happens, and the renaming is
    when it returns. So neither a killed process nor a lost power supply leaves a torn commit.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self._path = path
        self._written: set[str] = set()

    def create_file(self, name: str, *args: Any, **kwargs: Any) -> Any:
        self._written.add(name)
        return super().create_file(name, *args, **kwargs)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        for name in self._written:
            if (self._path / name).exists():
                _sync(self._path / name)
        self._written.clear()
        super().rename_file(oldname, newname, safe)
        _sync(self._path)


def has_commit(path: Path) -> bool:
    """Tell whether the folder ``path`` holds an index."""
    return any(path.glob(f"_{INDEX_NAME}_*.toc"))


def write_contents(storage: DurableStorage, schema: Any, segments: list[Any], generation: int) -> None:
    """Commit: from now on readers find ``segments``."""
    TOC(schema, segments, generation).write(storage, INDEX_NAME)


def remove_leftovers(storage: DurableStorage, path: Path) -> None:
    """Remove what is not of the newest commit; only under the writer's lock."""
    shutil.rmtree(path / f"{INDEX_NAME}.tmp", ignore_errors=True)
    contents = TOC.read(storage, INDEX_NAME)
    clean_files(storage, INDEX_NAME, contents.generation, contents.segments)
    for leftover in path.glob(f"_{INDEX_NAME}_*.toc.*"):
        leftover.unlink()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

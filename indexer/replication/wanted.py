"""Asks a running publisher for a copy at once: commands wait for it before they say that they are done."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path

from indexer.disk import durable

_FOLDER = Path("cache", "wanted")
"""Folder in the data directory with an empty file for each wanted copy, ``<source>.<number>``."""


def want(data: Path, sources: Iterable[str]) -> list[Path]:
    """Ask for copies of ``sources`` as they are now; each returned file goes once its copy is published. Raises StorageError."""
    folder, number = data / _FOLDER, secrets.token_hex(8)
    asked = [folder / f"{source}.{number}" for source in sources]
    with durable.storage_errors(folder, "written"):
        folder.mkdir(parents=True, exist_ok=True)
        for one in asked:
            one.touch()
    return asked


def wanted(data: Path, source: str) -> list[Path]:
    """Return the files that ask for a copy of ``source``; :func:`grant` them once it is published."""
    return list((data / _FOLDER).glob(f"{source}.*"))


def grant(asked: Iterable[Path]) -> None:
    """Note that the copies are published; raises StorageError."""
    for one in asked:
        with durable.storage_errors(one, "removed"):
            one.unlink(missing_ok=True)

"""Read access to the files of a data directory."""

from __future__ import annotations

import os
import pwd
from contextlib import suppress
from pathlib import Path

from indexer.errors import StorageError

LOST_AND_FOUND = "lost+found"
"""Folder in a data directory that is a file system of its own."""


def check_readable(data: Path) -> None:
    """Raise StorageError if this process may not read part of ``data``; that is not damage."""
    found = _unreadable(data)
    if found is not None:
        path, owner = found
        raise StorageError(f"{path} can't be read by {user()}; run the command as its owner, {_name(owner)}")


def user() -> str:
    """Return the name of the user who runs this process."""
    return _name(os.geteuid())


def _unreadable(folder: Path) -> tuple[Path, int] | None:
    """Return the first path at or below ``folder`` that is not readable, and its owner."""
    # What disappears in the meantime, and dangling links, do no harm.
    with suppress(FileNotFoundError):
        if not os.access(folder, os.R_OK | os.X_OK):
            return folder, folder.stat().st_uid
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    # Every file system has one, readable by root only.
                    if entry.name != LOST_AND_FOUND and (found := _unreadable(Path(entry))):
                        return found
                elif not os.access(entry, os.R_OK) and (path := Path(entry)).exists():
                    return path, path.stat().st_uid
    return None


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"

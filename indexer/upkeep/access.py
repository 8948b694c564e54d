"""Who may read what is in a data directory."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

from indexer.errors import StorageError


def check_readable(data: Path) -> None:
    """Raise StorageError where this process may not read some of what is in ``data``: that is no damage."""
    path = _unreadable(data)
    if path is not None:
        raise StorageError(f"{path} can't be read by {user()}; run the command as its owner, {_owner(path)}")


def user() -> str:
    """Return the name of who runs this process."""
    return _name(os.geteuid())


def _unreadable(folder: Path) -> Path | None:
    if not os.access(folder, os.R_OK | os.X_OK):
        return folder
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if found := _unreadable(Path(entry)):
                    return found
            # What went meanwhile is not in anybody's way.
            elif not os.access(entry, os.R_OK) and os.path.lexists(entry):
                return Path(entry)
    return None


def _owner(path: Path) -> str:
    return _name(path.stat().st_uid)


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"

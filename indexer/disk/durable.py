"""Atomic files, complete or absent whatever happens: written beside their place, synced, then renamed.

Everything that moves, copies or removes files of a data directory or a backup as a whole uses this module.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from indexer.errors import StorageError

TEMPORARY = ".new-"
"""Prefix of the names of files being written; a remaining one was left by a killed process."""
_CHUNK = 1 << 20
_ADVICE = {
    **dict.fromkeys(
        (errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "free up disk space and run the command again"
    ),
    **dict.fromkeys((errno.EACCES, errno.EPERM), "fix its permissions and run the command again"),
    errno.EROFS: "its disk is mounted read-only; mount it for writing and run the command again",
    errno.EIO: "the disk is failing; check the system log, then run `tracuu verify`",
}


@contextmanager
def storage_errors(path: Path, doing: str) -> Iterator[None]:
    """Convert an OSError in the block to a StorageError saying what cannot be done (``doing`` is a participle) and what to do."""
    try:
        yield
    except OSError as error:
        what = error.filename or path
        advice = _ADVICE.get(error.errno or 0, "fix that and run the command again")
        raise StorageError(f"{what} can't be {doing}: {error.strerror or error}; {advice}") from error


def make_folder(path: Path, mode: int = 0o777) -> None:
    """Create the folder ``path`` and its parents, durably; it may exist already.

    ``mode``, reduced by the umask, applies to a new ``path`` itself.
    """
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(mode, exist_ok=True)
        sync(path.parent)


def sync(path: Path) -> None:
    """Make the content of a file, or the names in a folder, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def written(path: Path, mode: int | None = None) -> Iterator[BinaryIO]:
    """Yield a file that durably becomes ``path`` when the block ends, and is removed if it raises.

    Its permissions are ``mode``, otherwise those of the file it replaces, otherwise as left by the umask.
    """
    temporary = path.parent / f"{TEMPORARY}{secrets.token_hex(8)}"
    try:
        with temporary.open("xb") as out:
            yield out
            out.flush()
            if mode is None:
                mode = mode_of(path)
            if mode is not None:
                os.fchmod(out.fileno(), mode)
            os.fsync(out.fileno())
        move(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def mode_of(path: Path) -> int | None:
    """Return the permissions of a file, None if there is none."""
    return path.stat().st_mode & 0o777 if path.exists() else None


def write(path: Path, content: bytes, mode: int | None = None) -> None:
    """Replace the content of ``path`` by ``content``, atomically."""
    with written(path, mode) as out:
        out.write(content)


def create(path: Path, content: bytes, mode: int | None = None) -> None:
    """Give ``path`` this content, atomically, unless there is such a file; of several processes the first one does."""
    aside = path.parent / f"{TEMPORARY}{secrets.token_hex(8)}"
    write(aside, content, mode)
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink(missing_ok=True)
    sync(path.parent)


def copy(source: Path, target: Path, with_mode: bool = False) -> str:
    """Replace the content of ``target`` by that of ``source``, atomically; return the SHA-256 of what was written.

    With ``with_mode``, the copy gets the same permissions.
    """
    digest = hashlib.sha256()
    make_folder(target.parent)
    with source.open("rb") as content, written(target, mode_of(source) if with_mode else None) as out:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()


def move(source: Path, target: Path) -> None:
    """Rename ``source``, whose content is synced, to ``target`` in the same file system, durably."""
    source.replace(target)
    sync(target.parent)


def remove(path: Path) -> None:
    """Remove a file, or a folder with its content, if it exists.

    A folder is renamed first: whoever looks into it in the meantime finds nothing rather than half of it, and whoever creates
    files in it (as readers of tantivy do) is not in the way.
    """
    if path.is_dir() and not path.is_symlink():
        if not path.name.startswith(TEMPORARY):
            path = path.replace(path.with_name(f"{TEMPORARY}{secrets.token_hex(8)}"))
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)

"""A backup as one file: its folder as a tar archive, not compressed, since most of what it holds is."""

from __future__ import annotations

import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from indexer.disk import durable
from indexer.disk.locks import backup_lock
from indexer.errors import BackupError, StorageError, UsageError
from indexer.upkeep.manifest import NAME as MANIFEST

_SUFFIX = ".tar"
_OTHER_SUFFIXES = frozenset((".gz", ".tgz", ".bz2", ".xz", ".zst", ".zip", ".7z"))
"""Of archives that people may expect of such a name."""
_PRIVATE, _PRIVATE_FOLDER = 0o600, 0o700
"""It holds what is for staff, and what people searched for."""


def _is_archive(path: Path) -> bool:
    """Tell whether ``path`` is, or by its name is to be, one file rather than a folder."""
    return path.is_file() or (path.suffix == _SUFFIX and not path.is_dir())


@contextmanager
def packing(path: Path) -> Iterator[Path]:
    """Yield the folder to make a backup in: ``path`` itself, or one beside it that becomes the file ``path``.

    The file before counts until the new one is whole. Raises UsageError where that is something else than a backup,
    or by its name is to be another kind of archive; StorageError.
    """
    if not _is_archive(path):
        if path.suffix in _OTHER_SUFFIXES and not path.exists():
            raise UsageError(
                f"{path} would become a folder; for a backup in one file use FILE.tar (its contents are already compressed)"
            )
        yield path
        return
    # An empty one may have been made for it.
    if path.exists() and path.stat().st_size and not _is_backup(path):
        raise UsageError(f"{path} is not a backup; name another file, or remove this one")
    folder = path.parent / f"{durable.TEMPORARY}{path.name}"
    try:
        # What a killed backup left in it counts as an earlier one.
        yield folder
        files = [one for one in folder.rglob("*") if one.is_file()]
        # What tells that it is a backup comes first.
        files.sort(key=lambda one: (one != folder / MANIFEST, one))
        # Inside the folder, so that what a killed process leaves of it goes with the rest.
        packed = folder / f"{durable.TEMPORARY}packed"
        with durable.storage_errors(path, "written"):
            mode = durable.mode_of(path)
            with (
                durable.written(packed, _PRIVATE if mode is None else mode) as out,
                tarfile.open(fileobj=out, mode="w") as archive,
            ):
                for file in files:
                    archive.add(file, file.relative_to(folder).as_posix())
            durable.move(packed, path)
    finally:
        # Unless another backup is at work in it, which is why this one failed.
        with suppress(BackupError, StorageError), backup_lock(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_backup(path: Path) -> bool:
    try:
        with tarfile.open(path, "r:") as archive:
            first = archive.next()
            return first is not None and first.name == MANIFEST
    except (OSError, tarfile.TarError):
        return False


@contextmanager
def unpacked(path: Path, beside: Path) -> Iterator[Path]:
    """Yield the folder of the backup ``path``: itself, or its content in a folder of this user that goes with the block.

    It is made next to ``beside``, or where that can't be, next to ``path``. Raises BackupError where the file is no whole archive or
    is being unpacked there already, StorageError.
    """
    if not path.is_file():
        yield path
        return
    places = [next(folder for folder in beside.absolute().parents if folder.is_dir()), path.absolute().parent]
    place = next((place for place in places if os.access(place, os.W_OK | os.X_OK)), None)
    if place is None:
        raise StorageError(
            f"{path} can't be unpacked: neither {places[0]} nor {places[1]} can be written;"
            " unpack it with tar and name the resulting folder"
        )
    folder = place / f"{durable.TEMPORARY}{beside.name}"
    with durable.storage_errors(folder, "written"):
        durable.make_folder(folder, _PRIVATE_FOLDER)
    with backup_lock(folder):
        try:
            with durable.storage_errors(folder, "written"):
                _unpack(path, folder)
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _unpack(path: Path, folder: Path) -> None:
    try:
        with tarfile.open(path, "r:") as archive:
            for member in archive:
                name = PurePosixPath(member.name)
                content = archive.extractfile(member) if member.isfile() else None
                if content is None or name.is_absolute() or ".." in name.parts:
                    raise BackupError(
                        f"{path} contains {member.name!r}, which does not belong in a backup; use another one"
                    )
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("wb") as out:
                    shutil.copyfileobj(content, out)
                target.chmod(member.mode & 0o777)
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(f"{path} is not a complete backup ({error}); use another one") from error

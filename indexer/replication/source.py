"""Files of a data directory that are copied together: found, compared with what was copied last, and copied at one moment."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from indexer.disk import durable
from indexer.disk.sqlite.damage import is_database
from indexer.disk.sqlite.snapshots import snapshots
from indexer.replication.manifest import Audience

_SETTLED_SECONDS = 0.1
"""Age at which a change is taken as complete: a clock of the file system ticks every few milliseconds, so that a file may
change twice within one tick."""

_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class Source:
    """Files that belong together. Databases of one source are copied at one moment."""

    name: str
    audience: Audience
    names: Callable[[], tuple[str, ...]]
    """Names of the files in the data directory, in the order in which they are put in place; some may not exist."""
    upto: Mapping[str, Callable[[Path], int]] = field(default_factory=dict)
    """By name of a file: tells from its copy what it contains; see :attr:`~indexer.replication.manifest.Copy.upto`."""
    refresh: Callable[[], None] | None = None
    """Brings the files up to date where nobody else does; called before each look, so it costs little if nothing is to be done.
    Raises StorageError."""

    def stamp(self, data: Path) -> object:
        """Return what differs after each change of the files; raises StorageError."""
        if self.refresh:
            self.refresh()
        found = [_identity(data / name, log) for name in self.names() for log in ("", "-wal")]
        # What is changing right now is looked at again.
        changing = any(one and abs(time.time() - one[0] / 1e9) < _SETTLED_SECONDS for one in found)
        return object() if changing else (self.names(), found)

    def copy(self, data: Path, scratch: Path) -> list[tuple[str, Path, int]]:
        """Copy the files that exist into the new folder ``scratch``; return name, copy and permissions of each.

        Raises StorageError, HalfRestoredError, and DamagedError if a database is not readable as one.
        """
        with durable.storage_errors(scratch, "written"):
            scratch.mkdir(parents=True)
            made = list(self._plain(data, scratch))
        found = [(name, path) for name in self.names() if (path := data / name).is_file()]
        databases = [path for name, path in found if name not in {one[0] for one in made}]
        if databases:
            with snapshots(*databases) as taken:
                for one in taken:
                    one.copy_to(scratch / _flat(one.path.relative_to(data)))
        copies = [(name, scratch / _flat(Path(name)), _mode(path)) for name, path in found]
        return [one for one in copies if one[1].is_file()]

    def contained(self, name: str, copy: Path) -> int | None:
        """Return what a copy contains as a number; None if it has none."""
        return self.upto[name](copy) if name in self.upto else None

    def _plain(self, data: Path, scratch: Path) -> Iterator[tuple[str, Path]]:
        for name in self.names():
            # Files without a log are replaced as a whole, so an open one stays as it is.
            with suppress(FileNotFoundError):
                path, target = data / name, scratch / _flat(Path(name))
                if not is_database(path):
                    shutil.copyfile(path, target)
                    yield name, target


def _flat(path: Path) -> str:
    return path.as_posix().replace("/", "__")


def _identity(path: Path, log: str) -> tuple[int, int, int] | None:
    try:
        found = Path(f"{path}{log}").stat()
    except OSError:
        return None
    # Readers may leave an empty log.
    return (found.st_mtime_ns, found.st_ino, found.st_size) if found.st_size or not log else None


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode & 0o777
    except OSError:  # removed meanwhile
        return _PRIVATE

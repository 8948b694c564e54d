"""Checks whether this machine and this data directory are fit for the service, and says how to fix what is not."""

from __future__ import annotations

import os
import platform
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from indexer import __version__
from indexer.catalog.catalog import Catalog
from indexer.catalog.format import FILE_NAME
from indexer.disk.sqlite.connections import SQLITE_VERSION
from indexer.engine.opening import index_path, index_warning, open_engine
from indexer.errors import ClusterError, EngineError, IndexMissingError, StorageError, TraCuuError
from indexer.extract.archives import archives_missing
from indexer.extract.tesseract import tesseract_missing
from indexer.push.inbox import Inbox
from indexer.role_settings import READING_ROLES
from indexer.settings import Settings
from indexer.upkeep.access import LOST_AND_FOUND, check_readable, user
from indexer.upkeep.attachments_check import attachments
from indexer.upkeep.check import Check
from indexer.upkeep.finding import REBUILD, START_NODES
from indexer.upkeep.node_checks import copies, index_of_copies, limits
from indexer.upkeep.other_engines import engine_ahead, kept_engines, other_engines
from indexer.upkeep.secrets_kept import keys, mails

LEAST_MEMORY = 1 << 30
"""In bytes: two web processes, the writer, and one process that reads a scan."""
_LEAST_FREE = 500 << 20
"""Free space, in bytes, below which the next indexing run may fail."""
_LEAST_FILES = 1024
"""Number of open files: a web process needs up to 1,000 connections, and the segments of the index."""
_SOON = 600.0
"""Seconds by which the clocks of two machines may differ."""
_OLDEST_PUSH = 900.0
"""Seconds after which a waiting change means that nobody writes."""
TRY_SOCKET = (
    "from indexer.extract.confinement import confine; confine(1000); import socket\n"
    "try: socket.socket()\nexcept OSError: raise SystemExit(7)"
)
"""What a process that reads attachments must not be able to do."""
_CUT_OFF = 7
_MAKE = "create one with: tracuu index PATH"


def examine(settings: Settings) -> Iterator[Check]:
    """Yield all checks in order: machine, programs, directory, index, pushes. Nothing is changed, except
    that an object is created in a store of attachments and removed again."""
    for check in (_versions, _machine, _open_files, _scans, _archives, _network):
        yield check()
    if not settings.data.is_dir():
        yield Check("data directory", "fault", f"{settings.data} does not exist", _MAKE)
        return
    try:
        check_readable(settings.data)
    except StorageError as error:
        # Everything that follows would only repeat this.
        yield Check("data directory", "fault", *str(error).split("; ", 1))
        return
    content = (
        (index_of_copies,) if settings.role in READING_ROLES else (_catalog, _index, other_engines, _pushes)
    )
    shared = () if settings.role == "alone" else (copies,)
    for of_directory in (_directory, _disk, attachments, keys, mails, limits, _clock, *shared, *content):
        yield _tried(of_directory, settings)


def _tried(check: Callable[[Settings], Check], settings: Settings) -> Check:
    """A check that fails itself is a finding, too."""
    try:
        return check(settings)
    except (TraCuuError, OSError) as error:
        return Check(check.__name__.strip("_"), "fault", str(error), "fix that, then run `tracuu verify`")


def _versions() -> Check:
    sqlite = ".".join(map(str, SQLITE_VERSION))
    found = (
        f"Tra Cứu {__version__}, Python {platform.python_version()}, SQLite {sqlite},"
        f" {platform.system()} {platform.machine()}"
    )
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        return Check("versions", "warning", found, "use Python 3.11 to 3.13, the tested versions")
    return Check("versions", "ok", found)


def _machine() -> Check:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    found = f"{os.cpu_count()} processors, {_gb(memory)} of memory"
    if memory < LEAST_MEMORY:
        return Check("machine", "warning", found, f"use at least {_gb(LEAST_MEMORY)}, or set web_workers = 1")
    return Check("machine", "ok", found)


def _open_files() -> Check:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < _LEAST_FILES:
        do = f"raise it to {_LEAST_FILES:,} (LimitNOFILE of systemd, ulimit -n)"
        return Check("open files", "warning", f"at most {hard:,}", do)
    return Check("open files", "ok", f"{soft:,}")


def _scans() -> Check:
    return _reading("scans", tesseract_missing(), "read by Tesseract")


def _archives() -> Check:
    return _reading("archives", archives_missing(), "read")


def _reading(what: str, missing: str | None, read: str) -> Check:
    return Check(what, "warning", "not read", missing) if missing else Check(what, "ok", read)


def _network() -> Check:
    """Tried in a separate process, as for reading attachments."""
    try:
        tried = subprocess.run([sys.executable, "-c", TRY_SOCKET], capture_output=True, check=False)
    except OSError as error:
        found = f"{sys.executable} can't be started: {error.strerror}"
        return Check(
            "reading processes", "fault", found, "fix its permissions; it is needed to read attachments"
        )
    if tried.returncode == _CUT_OFF:
        return Check("reading processes", "ok", "isolated from the network")
    do = "use Linux on x86-64 or ARM64 with seccomp, or index attachments from trusted sources only"
    return Check("reading processes", "warning", "not isolated from the network", do)


def _directory(settings: Settings) -> Check:
    data = settings.data
    for path in (data, *sorted(data.iterdir())):
        mode = os.R_OK | os.W_OK | (os.X_OK if path.is_dir() else 0)
        if path.name == LOST_AND_FOUND:
            continue
        if not path.is_symlink() and not os.access(path, mode):
            do = f"chown it to the user that runs the service (now: {user()})"
            return Check("data directory", "fault", f"{path} can't be written", do)
    return Check("data directory", "ok", f"{data}, writable by {user()}")


def _disk(settings: Settings) -> Check:
    free = shutil.disk_usage(settings.data).free
    index = _size(index_path(settings))
    found = f"{_gb(free)} free; the index uses {_gb(index)}"
    if free < _LEAST_FREE:
        return Check("disk", "fault", found, f"free at least {_gb(_LEAST_FREE)}")
    if free < index + _LEAST_FREE:
        return Check(
            "disk",
            "warning",
            found,
            "a rebuild needs room for a second index; free at least as much as the index uses",
        )
    return Check("disk", "ok", found)


def _clock(settings: Settings) -> Check:
    newest = max((path.stat().st_mtime for path in settings.data.iterdir()), default=0.0)
    if newest > time.time() + _SOON:
        found = f"{(newest - time.time()) / 60:,.0f} minutes behind the files in the data directory"
        return Check("clock", "warning", found, "set the clock, and keep it synchronised (systemd-timesyncd)")
    return Check("clock", "ok", time.strftime("%Y-%m-%d %H:%M:%S %Z"))


def _catalog(settings: Settings) -> Check:
    if not (settings.data / FILE_NAME).is_file():
        return Check("catalog", "fault", "there is none", _MAKE)
    with closing(Catalog(settings.data)) as catalog:
        return Check(
            "catalog",
            "ok",
            f"{catalog.count():,} articles, {len(catalog.extractions.carried_files()):,} files",
        )


def _index(settings: Settings) -> Check:
    if not (settings.data / FILE_NAME).is_file():
        return Check("index", "fault", "there is no catalog to build it from", _MAKE)
    try:
        with closing(open_engine(settings)) as engine, closing(Catalog(settings.data)) as catalog:
            indexed, accepted = engine.snapshot().count(), catalog.count()
            waiting = catalog.applied.waiting(index_path(settings).name)
            ahead = engine_ahead(settings, catalog)
    except IndexMissingError:
        there = kept_engines(settings)
        found = f"no index of {settings.engine}" + (f", but one of {there[0]}" if there else "")
        return Check(
            "index", "fault", found, f'set engine = "{there[0]}", or {REBUILD}' if there else REBUILD
        )
    except ClusterError as error:
        return Check("index", "fault", str(error), START_NODES)
    except EngineError as error:
        return Check("index", "fault", str(error), REBUILD)
    found = f"{settings.engine}, {indexed:,} articles"
    if ahead:
        found = f"{found}, {waiting:,} changes waiting, which the index of {ahead} has"
        do = f'if the service uses {ahead}, set engine = "{ahead}"; if not, the next writer will add them'
        return Check("index", "warning", found, do)
    if waiting:
        return Check(
            "index", "warning", f"{found}, {waiting:,} changes waiting", "the next writer will add them"
        )
    if indexed != accepted:
        return Check("index", "fault", f"{found}, but the catalog has {accepted:,}", REBUILD)
    if lacking := index_warning(settings):
        return Check(
            "index",
            "warning",
            f"{found}; {lacking}",
            "start the missing nodes, or set fewer replicas",
        )
    return Check("index", "ok", found)


def _pushes(settings: Settings) -> Check:
    with closing(Inbox(settings.data)) as inbox:
        queue = inbox.queue()
    if queue is None:
        return Check("pushes", "ok", "none so far")
    waiting, seconds = queue
    if seconds > _OLDEST_PUSH:
        found = f"{waiting:,} waiting, the oldest for {seconds / 60:,.0f} minutes"
        return Check(
            "pushes",
            "fault",
            found,
            "check that `tracuu serve` or `tracuu write` is running, and read its log",
        )
    return Check("pushes", "ok", f"{waiting:,} wait")


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _gb(number: int) -> str:
    return f"{number / (1 << 30):,.1f} GB"

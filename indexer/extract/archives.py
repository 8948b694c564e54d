"""The files in a ZIP, RAR, 7z or TAR, in this process: call it through :class:`Sandbox`.

Reading is libarchive's; names, numbers and sizes are bounded here, since an archive is what its sender wants it to be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.model import FileState
from indexer.vietnamese.letters import DIRECTION

ARCHIVES = frozenset(
    [
        "application/zip", "application/x-tar", "application/gzip", "application/x-gzip",
        "application/x-7z-compressed", "application/vnd.rar", "application/x-rar", "application/x-rar-compressed",
        "application/x-bzip2", "application/x-xz",
    ]
)  # fmt: skip
MOST_MEMBERS = 300
"""Files taken from one archive; those of portals hold a form or a few dozen annexes."""
MOST_LOOKED_AT = 10_000
"""Entries that are read at all, folders and what is left out included."""
MOST_BYTES = 300_000_000
"""Bytes of all members of one archive once unpacked."""
_LONGEST_NAME = 200
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$)", re.IGNORECASE)
"""What systems leave beside files, and the locks of open office documents."""
_CONTROLS = re.compile(rf"[\x00-\x1f\x7f-\x9f{DIRECTION}\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What came of an archive: each member's name in it, the name of its file in the folder given, and its bytes."""

    state: FileState
    members: tuple[tuple[str, str, int], ...] = ()
    problems: tuple[str, ...] = ()


def archives_missing() -> str | None:
    """Return why archives can't be read, None where they can."""
    try:
        import libarchive  # noqa: F401
    except (ImportError, OSError, AttributeError):
        # Through ctypes: the library itself comes with the system.
        return "libarchive is not installed (Debian, Ubuntu: apt install libarchive13)"
    return None


def unpack(path: Path, into: Path, largest: int) -> Unpacked:
    """Write the files in the archive at ``path`` into the folder ``into``, as ``0``, ``1``, ….

    Members over ``largest`` bytes, links and devices are left out, and what lies beyond the limits; the problems say so.
    """
    if reason := archives_missing():
        return _failed(f"archives are read by libarchive: {reason}")
    import libarchive

    found = _Found(into, largest)
    try:
        with libarchive.file_reader(str(path)) as entries:
            for entry in entries:
                if not found.take(entry):
                    break
    except libarchive.ArchiveError as error:
        reason = " ".join(str(error).split())
        if "ncrypt" in reason or "assphrase" in reason:
            return Unpacked(FileState.PROTECTED, (), ("it is protected by a password",))
        if not found.members:
            return _failed(f"it can't be read: {reason[:200]}")
        found.problems.append(f"only the beginning could be read: {reason[:200]}")
    return found.result()


def _failed(reason: str) -> Unpacked:
    return Unpacked(FileState.FAILED, (), (reason,))


class _Found:
    def __init__(self, into: Path, largest: int) -> None:
        self._into = into
        self._largest = largest
        self._looked_at = self._bytes = self._too_large = self._special = 0
        self.members: list[tuple[str, str, int]] = []
        self.problems: list[str] = []

    def take(self, entry: Any) -> bool:
        """Take one entry; tell whether there is room for more."""
        self._looked_at += 1
        if self._looked_at > MOST_LOOKED_AT:
            self.problems.append(f"it has more than {MOST_LOOKED_AT:,} entries; the rest was not looked at")
            return False
        name = member_name(entry.pathname)
        if entry.isdir or not name or _LITTER.search(name):
            return True
        if not entry.isfile:
            self._special += 1
            return True
        if len(self.members) == MOST_MEMBERS:
            self.problems.append(f"it holds more than {MOST_MEMBERS} files; the rest was left out")
            return False
        return self._write(entry, name)

    def _write(self, entry: Any, name: str) -> bool:
        target = self._into / str(len(self.members))
        size = 0
        with target.open("xb") as out:
            for block in entry.get_blocks():
                size += len(block)
                self._bytes += len(block)
                if size > self._largest or self._bytes > MOST_BYTES:
                    break
                out.write(block)
        if self._bytes > MOST_BYTES:
            target.unlink()
            self.problems.append(f"it holds more than {MOST_BYTES:,} bytes; the rest was left out")
            return False
        if size > self._largest:
            target.unlink()
            self._too_large += 1
            return True
        self.members.append((name, target.name, size))
        return True

    def result(self) -> Unpacked:
        if self._too_large:
            self.problems.append(
                f"{self._too_large} files of more than {self._largest:,} bytes were left out"
            )
        if self._special:
            self.problems.append(f"{self._special} links or devices were left out")
        if not self.members:
            return Unpacked(FileState.EMPTY, (), tuple(self.problems) or ("it holds no files",))
        state = FileState.PARTIAL if self.problems else FileState.TEXT
        return Unpacked(state, tuple(self.members), tuple(self.problems))


def member_name(path: str | bytes | None) -> str:
    """Return a member's path without what could lead or look elsewhere; empty where nothing is left."""
    if path is None:
        return ""
    text = path.decode("utf-8", "replace") if isinstance(path, bytes) else path
    parts = [_CONTROLS.sub("", part).strip() for part in re.split(r"[/\\]+", text)]
    name = "/".join(part for part in parts if part not in ("", ".", ".."))
    if len(name) <= _LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    return (
        f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"
        if dot and len(ending) <= 10
        else name[:_LONGEST_NAME]
    )

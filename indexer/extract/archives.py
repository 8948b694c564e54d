"""The files in a ZIP, RAR, 7z or TAR, in this process: call it through :class:`Sandbox`.

Reading is libarchive's; names, numbers and sizes are bounded here, since an archive is what its sender wants it to be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.extract.archive_names import is_part_of_rar, member_name
from indexer.extract.kinds import PDF, is_message, media_type_of
from indexer.extract.ole import OLE_MAGIC
from indexer.extract.reasons import problem
from indexer.model import Extraction, FileState, Problem

ARCHIVES = frozenset(
    [
        "application/zip", "application/x-tar", "application/gzip", "application/x-gzip",
        "application/x-7z-compressed", "application/vnd.rar", "application/x-rar", "application/x-rar-compressed",
        "application/x-bzip2", "application/x-xz", "application/zstd",
    ]
)  # fmt: skip
MAILS = frozenset(["message/rfc822", "application/vnd.ms-outlook"])
CARRIERS = ARCHIVES | MAILS | {PDF}
"""What may hold files that become attachments."""
MOST_MEMBERS = 300
"""Files taken from one archive; those of portals hold a form or a few dozen annexes."""
MOST_LOOKED_AT = 10_000
"""Entries that are read at all, folders and what is left out included."""
MOST_BYTES = 300_000_000
"""Bytes of all members of one archive once unpacked."""
_HEAD, _PDF_HEAD = 8192, 1024
_COMPRESSED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$)", re.IGNORECASE)
"""What systems leave beside files, and the locks of open office documents."""
_PASSWORD = re.compile(r"crypt|assphrase|assword")
"""What libarchive says has one of these where a password is needed."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What came of an archive: each member's name in it, the name of its file in the folder given, and its bytes."""

    state: FileState
    members: tuple[tuple[str, str, int], ...] = ()
    problems: tuple[Problem, ...] = ()


def carries_files(found: Extraction) -> bool:
    """Tell whether a file of which this was read may hold files that become attachments."""
    return found.carries or found.media_type in ARCHIVES | MAILS


def archives_missing() -> str | None:
    """Return why archives can't be read, None where they can."""
    try:
        import libarchive  # noqa: F401
    except (ImportError, OSError, AttributeError):
        # Through ctypes: the library itself comes with the system.
        return "libarchive is not installed (on Debian and Ubuntu: apt install libarchive13)"
    return None


def unpack(path: Path, into: Path, largest: int) -> Unpacked:
    """Write the files in the archive, mail or PDF at ``path`` into the folder ``into``, as ``0``, ``1``, ….

    Members over ``largest`` bytes, links and devices are left out, and what lies beyond the limits; the problems say so.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(OLE_MAGIC) or is_message(head):
        return _with_words(path, _mailed, _Found(into, largest))
    if b"%PDF-" in head[:_PDF_HEAD] and _is_pdf(path):
        return _with_words(path, _attached, _Found(into, largest))
    if reason := archives_missing():
        return _failed(problem("archives_not_read", detail=reason))
    import libarchive

    found = _Found(into, largest)
    if is_part_of_rar(head):
        found.problems.append(problem("archive_part"))
    try:
        _read(libarchive, path, "all", found)
    except libarchive.ArchiveError as error:
        if _PASSWORD.search(str(error)):
            found.locked += 1
        elif not found.seen and head.startswith(_COMPRESSED):
            _one_file(libarchive, path, found)
        elif not found.members:
            found.problems.append(problem("damaged"))
        else:
            found.problems.append(problem("archive_cut"))
    return found.result()


def _with_words(path: Path, files: Callable[[Path], Iterable[tuple[str, bytes]]], found: _Found) -> Unpacked:
    try:
        for name, content in files(path):
            if not found.add(member_name(name), (content,)):
                break
    except ValueError:
        return _failed(problem("damaged"))
    return found.result()


def _mailed(path: Path) -> Iterable[tuple[str, bytes]]:
    from indexer.extract.formats.mail.reader import read_mail

    return read_mail(path).files


def _attached(path: Path) -> Iterable[tuple[str, bytes]]:
    from indexer.extract.formats.attached import attached_files

    return attached_files(path)


def _is_pdf(path: Path) -> bool:
    """Tell whether a file with a PDF at its beginning is one: an archive may have it there, too."""
    from indexer.extract.formats.library import sniff

    try:
        return media_type_of(path, "", sniff) == PDF
    except ValueError:
        return False


def _read(libarchive: Any, path: Path, kind: str, found: _Found) -> None:
    with libarchive.file_reader(str(path), format_name=kind) as entries:
        for entry in entries:
            found.seen = True
            try:
                if not found.take(entry, kind == "raw"):
                    break
            except libarchive.ArchiveError as error:
                found.drop(error)


def _one_file(libarchive: Any, path: Path, found: _Found) -> None:
    try:
        _read(libarchive, path, "raw", found)
    except libarchive.ArchiveError:
        found.problems.append(problem("damaged"))


def _failed(reason: Problem) -> Unpacked:
    return Unpacked(FileState.FAILED, (), (reason,))


class _Found:
    def __init__(self, into: Path, largest: int) -> None:
        self._into = into
        self._largest = largest
        self._looked_at = self._bytes = self._too_large = self._special = self._damaged = 0
        self._writing: Path | None = None
        self.seen = False
        self.locked = 0
        self.members: list[tuple[str, str, int]] = []
        self.problems: list[Problem] = []

    def take(self, entry: Any, unnamed: bool = False) -> bool:
        """Take one entry, ``unnamed`` the only one of a compressed file; tell whether there is room for more."""
        self._looked_at += 1
        if self._looked_at > MOST_LOOKED_AT:
            self.problems.append(problem("many_entries", most=MOST_LOOKED_AT))
            return False
        name = member_name(entry.pathname)
        if unnamed:
            return self.add("", entry.get_blocks())
        if entry.isdir or not name or _LITTER.search(name):
            return True
        if not entry.isfile:
            self._special += 1
            return True
        return self.add(name, entry.get_blocks())

    def add(self, name: str, blocks: Iterable[bytes]) -> bool:
        """Write one file; tell whether there is room for more."""
        if len(self.members) == MOST_MEMBERS:
            self.problems.append(problem("many_files", most=MOST_MEMBERS))
            return False
        target = self._into / str(len(self.members))
        self._writing = target
        size = 0
        with target.open("xb") as out:
            for block in blocks:
                size += len(block)
                self._bytes += len(block)
                if size > self._largest or self._bytes > MOST_BYTES:
                    break
                out.write(block)
        if self._bytes > MOST_BYTES:
            target.unlink()
            self.problems.append(problem("many_bytes", most=MOST_BYTES))
            return False
        if size > self._largest:
            target.unlink()
            self._too_large += 1
            return True
        self.members.append((name, target.name, size))
        return True

    def drop(self, error: Exception) -> None:
        """Leave out the entry at hand, for want of a password or because it is damaged."""
        if _PASSWORD.search(str(error)):
            self.locked += 1
        else:
            self._damaged += 1
        if self._writing is not None and self._writing.name == str(len(self.members)):
            self._writing.unlink(missing_ok=True)

    def result(self) -> Unpacked:
        if self._too_large:
            self.problems.append(problem("members_large", count=self._too_large, largest=self._largest))
        if self._special:
            self.problems.append(problem("members_special", count=self._special))
        if self._damaged and not self.members and not self.locked:
            return Unpacked(FileState.FAILED, (), (problem("damaged"),))
        if self._damaged:
            self.problems.append(problem("members_damaged", count=self._damaged))
        if self.locked and not self.members:
            return Unpacked(FileState.PROTECTED, (), (problem("password"),))
        if self.locked:
            self.problems.append(problem("members_locked", count=self.locked))
        if not self.members and problem("damaged") in self.problems:
            return Unpacked(FileState.FAILED, (), tuple(self.problems))
        if not self.members:
            return Unpacked(FileState.EMPTY, (), tuple(self.problems) or (problem("no_files"),))
        state = FileState.PARTIAL if self.problems else FileState.TEXT
        return Unpacked(state, tuple(self.members), tuple(self.problems))

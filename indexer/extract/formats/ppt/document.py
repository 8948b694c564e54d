"""Which slides a presentation has, and where they are stored: each save appends the changes ([MS-PPT] 2.1.2)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.extract.formats.content import PasswordNeededError, UnreadableError
from indexer.extract.formats.office_art import Record, records
from indexer.extract.ole import Entry, Ole
from indexer.extract.reasons import problem

_STREAM, _USER, _BESIDE_95 = "PowerPoint Document", "Current User", "PP97_DUALSTORAGE"
_EDIT, _DIRECTORY = 0x0FF5, 0x1772
_LIST, _PLACE, _SLIDE, _SLIDE_ATOM = 0x0FF0, 0x03F3, 0x03EE, 0x03EF
_HEAD = 8
"""Bytes of a record before its content."""
_ENCRYPTED = 0xF3D1C4DF
_LONG_EDIT = 32
"""Bytes of an edit that states how the presentation is encrypted."""
_MOST_EDITS = 10_000
_SLIDES, _MASTERS, _NOTES = 0, 1, 2


@dataclass(slots=True)
class Listed:
    """A slide, a master or notes, as stored in the list of the document."""

    number: int
    """The number by which others refer to it."""
    place: int
    """Where it is stored (a number in the directory)."""
    texts: list[Record] = field(default_factory=list)
    """The headers of its texts in the list, and what follows them."""


class Presentation:
    """The records of a presentation. Raises ValueError if it is damaged or too old, and PasswordNeededError."""

    def __init__(self, ole: Ole) -> None:
        entry, user = _streams(ole)
        self.content = ole.read(entry)
        self._directory: dict[int, int] = {}
        lists: dict[int, list[Listed]] = {}
        self.document = self._document(ole.read(user) if user else b"")
        for one in self.inside(self.document) if self.document else ():
            if one.kind == _LIST:
                lists.setdefault(one.instance, []).extend(self._listed(one))
        self.slides = lists.get(_SLIDES) or [*self._found()]
        self.masters = {one.number: one for one in lists.get(_MASTERS, [])}
        self.notes = {one.number: one for one in lists.get(_NOTES, [])}
        if self.document is None and not self.slides:
            raise ValueError("the presentation is damaged")
        self.problems = () if self.document else (problem("list_damaged"),)

    def _document(self, user: bytes) -> Record | None:
        """Return the record that lists all others, None if the edits that lead to it are damaged."""
        root = None
        if len(user) >= 20:
            token, edit = struct.unpack_from("<II", user, 12)
            if token == _ENCRYPTED:
                raise PasswordNeededError("the presentation is encrypted")
            root = self._read_edits(edit)
        if root is None and not any(one.kind == _EDIT for one in records(self.content, 0, len(self.content))):
            raise UnreadableError("old_powerpoint")
        return None if root is None else self.kept(root)

    def _found(self) -> Iterator[Listed]:
        """Yield the slides that are in no list, wherever they are stored."""
        for one in records(self.content, 0, len(self.content)):
            if one.kind == _SLIDE:
                self._directory[-one.start] = one.start - _HEAD
                yield Listed(0, -one.start)

    def kept(self, place: int) -> Record | None:
        """Return the record stored under a number of the directory."""
        at = self._directory.get(place)
        return None if at is None else next(records(self.content, at, len(self.content)), None)

    def inside(self, record: Record) -> Iterator[Record]:
        """Yield the records within another."""
        return records(self.content, record.start, record.end)

    def refers_to(self, slide: Record) -> tuple[int, int]:
        """Return the numbers of the master and the notes of a slide, 0 if it has none."""
        for one in self.inside(slide):
            if one.kind == _SLIDE_ATOM and one.end - one.start >= 20:
                master, notes = struct.unpack_from("<II", self.content, one.start + 12)
                return master, notes
        return 0, 0

    def _read_edits(self, at: int) -> int | None:
        """Fill the directory from the last edit to the first; return where the document is stored."""
        root: int | None = None
        seen: set[int] = set()
        directories: set[int] = set()
        while at not in seen and len(seen) < _MOST_EDITS:
            seen.add(at)
            edit = next(records(self.content, at, len(self.content)), None)
            if edit is None or edit.kind != _EDIT or edit.end - edit.start < 20:
                break
            at, directory, document = struct.unpack_from("<III", self.content, edit.start + 8)
            if edit.end - edit.start >= _LONG_EDIT:
                raise PasswordNeededError("the presentation is encrypted")
            root = document if root is None else root
            if directory not in directories:
                directories.add(directory)
                self._read_directory(directory)
            if not at:
                break
        return root

    def _read_directory(self, at: int) -> None:
        directory = next(records(self.content, at, len(self.content)), None)
        if directory is None or directory.kind != _DIRECTORY:
            return
        at = directory.start
        while at + 4 <= directory.end:
            head = struct.unpack_from("<I", self.content, at)[0]
            first, count = head & 0xFFFFF, head >> 20
            at += 4
            for number in range(first, first + min(count, (directory.end - at) // 4)):
                # The latest save wins.
                self._directory.setdefault(number, struct.unpack_from("<I", self.content, at)[0])
                at += 4

    def _listed(self, list_: Record) -> Iterator[Listed]:
        now: Listed | None = None
        for one in self.inside(list_):
            if one.kind == _PLACE and one.end - one.start >= 16:
                if now is not None:
                    yield now
                place, number = struct.unpack_from("<I8xI", self.content, one.start)
                now = Listed(number, place)
            elif now is not None:
                now.texts.append(one)
        if now is not None:
            yield now


def _streams(ole: Ole) -> tuple[Entry, Entry | None]:
    """Return the stream of the presentation, the newer one if two programs share a file, and the stream of its user."""
    for folder in ((_BESIDE_95,), ()):
        if entry := ole.find(*folder, _STREAM):
            return entry, ole.find(*folder, _USER)
    raise UnreadableError("old_powerpoint")

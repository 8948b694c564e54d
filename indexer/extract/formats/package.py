"""The parts of a document that is a ZIP of XML, each within limits. If a part is damaged, only that part is lost."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple, Self
from urllib.parse import unquote

from indexer.extract.formats.content import PasswordNeededError
from indexer.extract.formats.xml import Element, each, parse_xml
from indexer.extract.reasons import problem
from indexer.model import Problem

LARGEST_PART = 100_000_000
"""The most bytes of one part once unpacked: the largest law of the gazette has 8 million."""
MOST_BYTES = 3 * LARGEST_PART
"""The most bytes kept of all parts of a document."""
MOST_STREAMED = 200_000_000
"""The most bytes of all parts read as streams: cells with three times as many characters as are kept of any file, in 35 s."""
_BLOCK = 1 << 20
_SMALL = 1 << 18
"""Size in bytes up to which a part is unpacked in one step: nearly all parts."""
_LOCAL_MAGIC = b"PK\x03\x04"
_LOCAL_HEAD = struct.Struct("<4s22xHH")
"""The header before a member: magic, lengths of its name and of what follows the name (APPNOTE 4.3.7)."""
_ENCRYPTED = 0x1
"""The flag of a member that opens only with a password."""
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, struct.error, IndexError,
)  # fmt: skip
"""Errors raised by reading a damaged part."""


class _TooLargeError(Exception):
    """There is more to read than the limit in bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit


class Relation(NamedTuple):
    """A reference from one part to another."""

    kind: str
    """The last segment of its type, which is the same in all dialects of Open XML: ``footnotes``."""
    target: str
    """The name of the other part."""


class Package:
    """A document's parts by name, ignoring case, and the problems found in them.

    Raises ValueError if the file is not a ZIP.
    """

    def __init__(self, file: Path | BinaryIO) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
            raise ValueError(f"its ZIP container is damaged: {error}") from error
        self._members = {part_key(one.filename): one for one in reversed(self._zip.infolist())}
        self._relations: dict[str, dict[str, Relation]] = {}
        self._bytes = self._streamed = 0
        self._too_large: set[str] = set()
        self.problems: list[Problem] = []

    def __contains__(self, name: str) -> bool:
        return part_key(name) in self._members

    def names(self) -> tuple[str, ...]:
        """The names of all parts as they are written."""
        return tuple(one.filename for one in self._members.values())

    def read(self, name: str) -> bytes:
        """Return the bytes of a part, as many as can be read; empty if there is no such part.

        Of a part that is too large only the beginning is read, as of the one with which the total becomes too large; this is
        recorded. Raises PasswordNeededError.
        """
        member = self._members.get(part_key(name))
        if member is None:
            return b""
        if member.flag_bits & _ENCRYPTED:
            raise PasswordNeededError(f"{name} is encrypted")
        content = self._at_once(member)
        if content is not None and self._bytes + len(content) <= MOST_BYTES:
            self._bytes += len(content)
            return content
        blocks: list[bytes] = []
        left = min(LARGEST_PART, MOST_BYTES - self._bytes)
        with self.noting(name), self._zip.open(member) as file:
            while block := file.read(_BLOCK):
                blocks.append(block[:left])
                left -= len(blocks[-1])
                if len(blocks[-1]) < len(block):
                    raise _TooLargeError(LARGEST_PART)
        content = b"".join(blocks)
        self._bytes += len(content)
        return content

    def _at_once(self, member: zipfile.ZipInfo) -> bytes | None:
        """Return the bytes of a small, valid member, in a third of the time that ``zipfile`` takes."""
        if max(member.file_size, member.compress_size) > _SMALL or self._zip.fp is None:
            return None
        self._zip.fp.seek(member.header_offset)
        head = self._zip.fp.read(_LOCAL_HEAD.size)
        if len(head) < _LOCAL_HEAD.size:
            return None
        magic, name, extra = _LOCAL_HEAD.unpack(head)
        packed = self._zip.fp.read(name + extra + member.compress_size)[name + extra :]
        try:
            if member.compress_type == zipfile.ZIP_DEFLATED:
                packed = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, member.file_size + 1)
            elif member.compress_type != zipfile.ZIP_STORED:
                return None
        except zlib.error:
            return None
        good = magic == _LOCAL_MAGIC and len(packed) == member.file_size and zlib.crc32(packed) == member.CRC
        return packed if good else None

    def size(self, name: str) -> int:
        """Return the size in bytes that a part states; 0 if there is no such part."""
        member = self._members.get(part_key(name))
        return 0 if member is None else member.file_size

    def open(self, name: str) -> Stream:
        """Open a part to be read as a stream and not kept; use :meth:`noting` to handle errors while reading it.

        Raises PasswordNeededError, and ValueError if it cannot be opened or does not exist.
        """
        member = self._members.get(part_key(name))
        if member is None:
            raise ValueError(f"there is no {name}")
        if member.flag_bits & _ENCRYPTED:
            raise PasswordNeededError(f"{name} is encrypted")
        try:
            return Stream(self, self._zip.open(member))
        except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
            raise ValueError(f"{name} is damaged") from error

    @contextmanager
    def noting(self, name: str) -> Iterator[None]:
        """Record that a part is damaged or too large if reading it in this block raises such an error, which ends the block."""
        try:
            yield
        except PasswordNeededError:
            raise
        except _TooLargeError as error:
            self._too_large.add(name)
            self._note(problem("part_large", limit=error.limit))
        except _DAMAGES:
            self.damaged(name)

    def streamed(self, size: int) -> None:
        """Count bytes of parts read as streams, and stop reading at the limit."""
        self._streamed += size
        if self._streamed > MOST_STREAMED:
            raise _TooLargeError(MOST_STREAMED)

    def damaged(self, name: str) -> None:
        """Record that a part is damaged."""
        self._note(problem("part_damaged", part=name))

    def _note(self, damage: Problem) -> None:
        if damage not in self.problems:
            self.problems.append(damage)

    def xml(self, name: str, cut: Callable[[bytes], bytes] = bytes) -> Element | None:
        """Return the root of a part; None if there is no such part, or nothing in it can be read.

        ``cut`` removes from its bytes what need not be parsed.
        """
        content = cut(self.read(name))
        if not content:
            return None
        root, whole = parse_xml(content)
        if not whole and name not in self._too_large:
            self.damaged(name)
        return root

    def relations(self, part: str = "") -> dict[str, Relation]:
        """Return the parts that ``part``, or the package, refers to, by the ids it uses for them."""
        if part not in self._relations:
            root = self.xml(relations_part(part))
            self._relations[part] = relations_in(() if root is None else each(root, "Relationship"), part)
        return dict(self._relations[part])

    def main(self, kind: str, usual: str) -> str:
        """Return the name of the part that the package refers to as ``kind``, which need not be the ``usual`` one."""
        named = (one.target for one in self.relations().values() if one.kind == kind)
        return next((name for name in named if name in self), usual)


class Stream:
    """A part of ``package`` that is read block by block, and counted."""

    def __init__(self, package: Package, file: IO[bytes]) -> None:
        self._package, self._file = package, file

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, size: int) -> bytes:
        """Return the next bytes, ``size`` at most."""
        block = self._file.read(size)
        self._package.streamed(len(block))
        return block


def relations_part(part: str) -> str:
    """Return the name of the part with the relations of ``part``, or of the package."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations_in(elements: Iterable[Element], part: str) -> dict[str, Relation]:
    """Return the parts in its package that ``part`` refers to according to ``elements``, by the ids it uses for them."""
    found = {}
    for one in elements:
        target, kind = one.get("Target"), one.get("Type")
        if target and kind and one.get("TargetMode") != "External":
            path = part_beside(part, target)
            found[one.get("Id") or path] = Relation(kind.rpartition("/")[2], path)
    return found


def part_beside(part: str, target: str) -> str:
    """Return the name of the part that ``part`` refers to as ``target``."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), unquote(target))).lstrip("/")


def part_key(name: str) -> str:
    """Return a key that is the same for all spellings of a part's name: case and direction of slashes do not matter."""
    return name.replace("\\", "/").lstrip("/").lower()

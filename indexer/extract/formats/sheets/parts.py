"""The parts of a workbook: where each leads, and its XML as a stream, within bounds."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from indexer.extract.formats.content import UnreadableError
from indexer.extract.formats.package import Relation, part_key, relations_in, relations_part
from indexer.extract.formats.xml import Element, local, streamed
from indexer.extract.reasons import problem
from indexer.model import Problem

_MOST_BYTES = 1_000_000_000
"""Bytes of all parts once unpacked: a sheet's are read as a stream, and not kept."""


class Parts:
    """The parts of the workbook at a path; raises ValueError where it is no ZIP."""

    def __init__(self, path: Path) -> None:
        try:
            self.zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
            raise ValueError("its ZIP container is damaged") from error
        self._names = {part_key(name): name for name in reversed(self.zip.namelist())}
        self._left = _MOST_BYTES
        self.problems: dict[Problem, None] = {}

    def open(self, name: str) -> IO[bytes] | None:
        """Open a part, None where there is none."""
        real = self._names.get(part_key(name))
        return None if real is None else _Bounded(self.zip.open(real), self)  # type: ignore[return-value]

    def take(self, size: int) -> None:
        """Note that ``size`` bytes were unpacked; raises ValueError where they are too many."""
        self._left -= size
        if self._left < 0:
            raise UnreadableError("part_large", limit=_MOST_BYTES)

    def each(self, name: str, *tags: str) -> Iterator[Element]:
        """Yield the elements of a part with these local names, whole, and let go of each; a damaged part ends early."""
        try:
            file = self.open(name)
            if file is None:
                return
            with file:
                yield from streamed(file, *tags)
        except UnreadableError as error:
            self.problems[error.problem] = None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
            self.problems[problem("part_damaged", part=name)] = None

    def leads(self, part: str) -> dict[str, Relation]:
        """Return where ``part`` leads to, by the names that it has for them."""
        return relations_in(self.each(relations_part(part), "Relationship"), part)


class _Bounded:
    def __init__(self, file: IO[bytes], parts: Parts) -> None:
        self._file, self._parts = file, parts

    def __enter__(self) -> _Bounded:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size if size > 0 else _MOST_BYTES)
        self._parts.take(len(block))
        return block


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def words_of(element: Element) -> str:
    """Return the words of a rich text: runs of one word stay one; how it is spoken is left out."""
    text = "".join(
        one.text or ""
        for one in element.iter("{*}t")
        if one.getparent() is None or local(one.getparent()) != "rPh"
    )
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text


def is_on(value: str | None) -> bool:
    """Whether a flag is set."""
    return value in ("1", "true", "on")

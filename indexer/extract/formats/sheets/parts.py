"""The parts of a workbook: small ones as trees, large ones as streams."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from indexer.extract.formats.content import UnreadableError
from indexer.extract.formats.package import Package
from indexer.extract.formats.xml import Element, each, local, streamed

_SMALL = 1 << 19
"""Bytes of a part whose tree may stand in memory: some 20 times as many."""
_MOST_BYTES = 1_000_000_000
"""Bytes of one part that is read as a stream."""
DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
"""What reading a damaged part raises."""


class Parts(Package):
    """Raises ValueError where the file is no ZIP."""

    def each(self, name: str, *tags: str) -> Iterator[Element]:
        """Yield the elements of a part with these local names, whole; none of them may hold another.

        A damaged part ends early.
        """
        if self.size(name) <= _SMALL:
            root = self.xml(name)
            if root is not None:
                yield from each(root, *tags)
            return
        try:
            with self.open(name) as file:
                yield from streamed(Bounded(file), *tags)  # type: ignore[arg-type]
        except UnreadableError as error:
            self.problems.append(error.problem)
        except DAMAGES:
            self.damaged(name)


class Bounded:
    """A file that ends with ValueError where it is longer than a part may be."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._left = file, _MOST_BYTES

    def read(self, size: int) -> bytes:
        """Return the next bytes, ``size`` at most."""
        block = self._file.read(size)
        self._left -= len(block)
        if self._left < 0:
            raise UnreadableError("part_large", limit=_MOST_BYTES)
        return block


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def words_of(element: Element) -> str:
    """Return the words of a rich text: runs of one word stay one; how it is spoken is left out."""
    if len(element) == 1 and not len(element[0]):
        text = element[0].text or ""
    else:
        text = "".join(
            one.text or ""
            for one in element.iter("{*}t")
            if one.getparent() is None or local(one.getparent()) != "rPh"
        )
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text


def is_on(value: str | None) -> bool:
    """Whether a flag is set."""
    return value in ("1", "true", "on")

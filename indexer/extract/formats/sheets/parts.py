"""The parts of a workbook: small ones as trees, large ones as streams."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.extract.formats.package import Package
from indexer.extract.formats.xml import Element, each, local, streamed

_SMALL = 1 << 19
"""The most bytes of a part parsed into a tree, which takes some 20 times as much memory."""


class Parts(Package):
    """Raises ValueError if the file is not a ZIP."""

    def each(self, name: str, *tags: str) -> Iterator[Element]:
        """Yield the elements of a part with these local names, each complete; they must not be nested.

        A damaged part ends early.
        """
        if self.size(name) <= _SMALL:
            root = self.xml(name)
            if root is not None:
                yield from each(root, *tags)
            return
        with self.noting(name), self.open(name) as file:
            yield from streamed(file, *tags)


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def words_of(element: Element) -> str:
    """Return the words of a rich text: runs of one word are joined, phonetic readings are left out."""
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

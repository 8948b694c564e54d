"""Reads a fixed-page document: numbered pages, with their glyphs in lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from indexer.extract.formats.about import said_of_itself
from indexer.extract.formats.content import Content, UnreadableError, in_unicode, numbered
from indexer.extract.formats.package import Package, part_beside
from indexer.extract.formats.xml import Element, attribute, each, parse_xml
from indexer.extract.formats.xps.fonts import Fonts
from indexer.extract.formats.xps.glyphs import glyph_runs
from indexer.extract.formats.xps.lines import text_of_runs
from indexer.extract.reasons import problem

_MOST_PAGES = 20_000


def xps(path: Path, _media_type: str) -> Content:
    """Return the pages of the document at ``path``; raises ValueError if it has none."""
    return _Document(Package(path)).content()


class _Document:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._fonts = Fonts(self._font)

    def content(self) -> Content:
        texts: list[str] = []
        pictures = 0
        for name in dict.fromkeys(self._pages()):  # a page is read once
            if len(texts) == _MOST_PAGES:
                break
            page = self._xml(name)
            runs = [] if page is None else [*glyph_runs(page, name, self._fonts)]
            texts.append(text_of_runs(runs))
            pictures += not runs and page is not None and any(True for _ in each(page, "ImageBrush"))
        if not texts:
            raise UnreadableError("no_pages")
        about = self._package.xml(self._package.main("core-properties", "docProps/core.xml"))
        texts[0] = "\n".join([texts[0], *said_of_itself(about, "\n".join(texts))])
        problems = list(self._package.problems)
        if pictures:
            problems.append(problem("pictures_unread", count=pictures, all=len(texts)))
        return replace(in_unicode(numbered(enumerate(texts, 1))), problems=tuple(problems))

    def _pages(self) -> Iterator[str]:
        """Yield the names of the pages of all documents, in their order."""
        sequence = self._package.main("fixedrepresentation", "FixedDocumentSequence.fdseq")
        for document in dict.fromkeys(self._sources(sequence, "DocumentReference")):
            yield from self._sources(document, "PageContent")

    def _sources(self, name: str, kind: str) -> Iterator[str]:
        """Yield the names of the parts that the elements of a ``kind`` in a part refer to."""
        root = self._xml(name)
        for one in () if root is None else each(root, kind):
            if source := attribute(one, "Source"):
                yield part_beside(name, source)

    def _xml(self, name: str) -> Element | None:
        content = self._read(name)
        if not content:
            if name not in self._package:
                self._package.problems.append(problem("part_missing", part=name))
            return None
        root, whole = parse_xml(content)
        if not whole:
            self._package.problems.append(problem("part_damaged", part=name))
        return root

    def _font(self, name: str) -> bytes:
        """Return a font, which does not affect the letters themselves."""
        told = len(self._package.problems)
        content = self._read(name)
        del self._package.problems[told:]
        return content

    def _read(self, name: str) -> bytes:
        """Return a part, joined if a program for printing has stored it in pieces."""
        if name in self._package:
            return self._package.read(name)
        pieces: list[bytes] = []
        while True:
            piece = f"{name}/[{len(pieces)}]"
            if f"{piece}.piece" in self._package:
                pieces.append(self._package.read(f"{piece}.piece"))
                continue
            return b"".join([*pieces, self._package.read(f"{piece}.last.piece")])

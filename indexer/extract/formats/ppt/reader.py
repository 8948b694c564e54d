"""A presentation of PowerPoint 97 to 2003: a page for each slide, with its notes and comments."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from indexer.extract.formats.about import of_persons
from indexer.extract.formats.content import Content, in_unicode, numbered
from indexer.extract.formats.office_art import Record
from indexer.extract.formats.ole_properties import said_in_ole
from indexer.extract.formats.ppt.document import Listed, Presentation
from indexer.extract.formats.ppt.texts import Texts
from indexer.extract.ole import OLE_MAGIC, Ole


def ppt(path: Path, _media_type: str) -> Content:
    """Return the slides of the presentation at ``path``."""
    try:
        return _slides(path.read_bytes())
    except struct.error as error:
        raise ValueError("the presentation is damaged") from error


def _slides(content: bytes) -> Content:
    if not content.startswith(OLE_MAGIC):
        raise ValueError("it does not start like a PowerPoint presentation")
    ole = Ole(content)
    presentation = Presentation(ole)
    found = [*_Slides(presentation).texts()] or [""]
    found[0] = "\n".join([found[0], *of_persons(said_in_ole(ole), "\n".join(found))])
    return in_unicode(numbered(enumerate(found, 1)), presentation.problems)


class _Slides:
    def __init__(self, presentation: Presentation) -> None:
        self._presentation = presentation
        self._texts = Texts(presentation.content)
        self._told: set[str] = set()
        """What stands on many slides, and was told."""
        self._read: set[int] = set()
        """Where the slides, masters and notes begin that were read."""

    def texts(self) -> Iterator[str]:
        listed: set[int] = set()
        for slide in self._presentation.slides:
            kept = self._presentation.kept(slide.place)
            if slide.place in listed or not self._is_first(kept):
                continue
            listed.add(slide.place)
            yield "\n".join(self._slide(slide, kept))

    def _is_first(self, kept: Record | None) -> bool:
        """Whether what stands at its place was not read yet: many numbers of the directory may lead there."""
        if kept is None or kept.start in self._read:
            return kept is None
        self._read.add(kept.start)
        return True

    def _slide(self, listed: Listed, slide: Record | None) -> Iterator[str]:
        texts, presentation = self._texts, self._presentation
        of_list = texts.listed(listed.texts)
        if slide is None:
            yield from of_list
            return
        yield from texts.drawn(slide, of_list)
        master, notes = presentation.refers_to(slide)
        yield from self._once([*texts.margins(slide)] or self._below_all)
        yield from self._once(self._of_master(master))
        noted = presentation.notes.pop(notes, None)
        kept = presentation.kept(noted.place) if noted else None
        if noted is not None and kept is not None and self._is_first(kept):
            yield from texts.drawn(kept, texts.listed(noted.texts))
        yield from texts.comments(slide)

    @cached_property
    def _below_all(self) -> list[str]:
        document = self._presentation.document
        return [] if document is None else [*self._texts.margins(document)]

    def _of_master(self, number: int) -> list[str]:
        master = self._presentation.masters.pop(number, None)
        kept = self._presentation.kept(master.place) if master else None
        if kept is None or not self._is_first(kept):
            return []
        return [*self._texts.drawn(kept, placeholders=False)]

    def _once(self, texts: list[str]) -> Iterator[str]:
        for text in texts:
            if text not in self._told:
                self._told.add(text)
                yield text

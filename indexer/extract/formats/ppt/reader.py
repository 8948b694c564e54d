"""A presentation of PowerPoint 97 to 2003: a page for each slide, with its notes and comments."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from indexer.extract.formats.about import of_persons
from indexer.extract.formats.content import Content, PasswordNeededError, in_unicode, numbered
from indexer.extract.formats.library import by_library
from indexer.extract.formats.ole_properties import said_in_ole
from indexer.extract.formats.ppt.document import Listed, Presentation
from indexer.extract.formats.ppt.texts import Texts
from indexer.extract.ole import Ole


def ppt(path: Path, media_type: str) -> Content:
    """Return the slides of the presentation at ``path``; the library reads those whose structure is damaged."""
    try:
        return in_unicode(numbered(enumerate(slides(path.read_bytes()), 1)))
    except PasswordNeededError:
        raise
    except (ValueError, struct.error) as error:
        reason = str(error) if type(error) is ValueError else "the presentation is damaged"
        try:
            found = by_library(path, media_type)
        except PasswordNeededError:
            raise
        except ValueError:
            raise ValueError(reason) from error
        if not any(page.text for page in found.pages):
            raise ValueError(reason) from error
        return found


def slides(content: bytes) -> list[str]:
    """Return the text of each slide; raises ValueError and struct.error where the presentation is damaged."""
    ole = Ole(content)
    found = [*_Slides(Presentation(ole)).texts()] or [""]
    return ["\n".join([found[0], *of_persons(said_in_ole(ole), "\n".join(found))]), *found[1:]]


class _Slides:
    def __init__(self, presentation: Presentation) -> None:
        self._presentation = presentation
        self._texts = Texts(presentation.content)
        self._told: set[str] = set()
        """What stands on many slides, and was told."""

    def texts(self) -> Iterator[str]:
        for slide in self._presentation.slides:
            yield "\n".join(self._slide(slide))

    def _slide(self, listed: Listed) -> Iterator[str]:
        texts, presentation = self._texts, self._presentation
        of_list = texts.listed(listed.texts)
        slide = presentation.kept(listed.place)
        if slide is None:
            yield from of_list
            return
        yield from texts.drawn(slide, of_list)
        master, notes = presentation.refers_to(slide)
        below = [*texts.margins(slide)]
        if not below and presentation.document is not None:
            below += texts.margins(presentation.document)
        master_at = presentation.masters.get(master)
        kept = presentation.kept(master_at.place) if master_at else None
        if kept is not None:
            below += texts.drawn(kept, placeholders=False)
        yield from self._once(below)
        noted = presentation.notes.get(notes)
        kept = presentation.kept(noted.place) if noted else None
        if noted is not None and kept is not None:
            yield from texts.drawn(kept, texts.listed(noted.texts))
        yield from texts.comments(slide)

    def _once(self, texts: list[str]) -> Iterator[str]:
        for text in texts:
            if text not in self._told:
                self._told.add(text)
                yield text

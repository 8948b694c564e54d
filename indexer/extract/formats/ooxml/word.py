"""Reads a document of Word (DOCX, DOCM, DOTX): its body, then notes, comments, headers and footers, each once."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection
from functools import cached_property
from pathlib import Path

from indexer.extract.formats.about import said_of_itself, without_page_numbers
from indexer.extract.formats.content import Content, in_pieces, in_unicode
from indexer.extract.formats.html import html_text
from indexer.extract.formats.ooxml.drawn import drawn
from indexer.extract.formats.ooxml.margins import shown_margins
from indexer.extract.formats.ooxml.numbering import Numbering
from indexer.extract.formats.ooxml.pruning import is_on, prune
from indexer.extract.formats.ooxml.story import story
from indexer.extract.formats.ooxml.styles import Style, Styles, of_paragraph, without_tables
from indexer.extract.formats.package import Package, Relation
from indexer.extract.formats.pieces import HEADING
from indexer.extract.formats.rtf.reader import rtf_text
from indexer.extract.formats.xml import Element, attribute, child, each, local
from indexer.extract.reasons import problem

_NOTES = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
"""Kinds of parts in which each element contains a story."""
_MARGINS = ("header", "footer")


_DEEPEST = 3
"""The deepest nesting of documents that is read."""


def word(path: Path, _media_type: str) -> Content:
    """Return the text of the document at ``path``, without deleted, moved or hidden text."""
    package = Package(path)
    text = word_text(package)
    return in_unicode(in_pieces(text), tuple(package.problems))


def word_text(package: Package, depth: int = 0) -> str:
    """Return the text of a document nested ``depth`` levels deep in others."""
    return _Document(package, depth).text()


class _Document:
    def __init__(self, package: Package, depth: int) -> None:
        self._package = package
        self._depth = depth
        self._main = package.main("officeDocument", "word/document.xml")
        self._relations = relations = package.relations(self._main)
        self._parts = list(dict.fromkeys((one.kind, one.target) for one in relations.values()))
        self._styles = Styles(self._only("styles", without_tables))
        self._gone: set[tuple[str, str | None]] = set()
        """Kind and number of notes on deleted or hidden text."""

    def text(self) -> str:
        body = self._package.xml(self._main)
        if body is None:
            raise ValueError("the document's text is missing or damaged")
        shown = self._shown_margins(body)
        before = _notes_of(body)
        stories = [self._story(body, self._main)]
        self._gone = before - _notes_of(body)
        stories += [text for kind in _NOTES for text in self._notes(kind)]
        margins = dict.fromkeys(text for kind in _MARGINS for text in self._margins(kind, shown))
        stories += margins
        written = "\n".join(stories)
        about = self._package.xml(self._package.main("core-properties", "docProps/core.xml"))
        return "\n".join([written, *said_of_itself(about, written)])

    @cached_property
    def _numbering(self) -> Numbering:
        return Numbering(self._only("numbering"), self._styles)

    def _only(self, kind: str, cut: Callable[[bytes], bytes] = bytes) -> Element | None:
        return next((self._package.xml(target, cut) for its, target in self._parts if its == kind), None)

    def _notes(self, kind: str) -> list[str]:
        found = []
        for its, target in self._parts:
            root = self._package.xml(target) if its == kind else None
            for note in () if root is None else [*each(root, _NOTES[kind])]:
                # The others are lines between text and notes.
                is_note = attribute(note, "type") in (None, "normal")
                if is_note and (_NOTES[kind], attribute(note, "id")) not in self._gone:
                    found.append(self._story(note, target))
        return found

    def _shown_margins(self, body: Element) -> set[str]:
        """Return the parts with visible headers and footers; all if the body that refers to them is damaged."""
        if self._package.problems:
            return {target for _, target in self._parts}
        names = shown_margins(body, self._only("settings"))
        return {one.target for name, one in self._relations.items() if name in names}

    def _margins(self, kind: str, shown: Collection[str]) -> list[str]:
        found = []
        for its, target in self._parts:
            root = self._package.xml(target) if its == kind and target in shown else None
            if root is not None:
                found.append(without_page_numbers(self._story(root, target)))
        return found

    def _story(self, root: Element, part: str) -> str:
        prune(root, self._styles.hidden)
        relations = self._package.relations(part)

        def elsewhere(name: str) -> str:
            relation = relations.pop(name, None)  # once, however often it is shown
            if relation is None:
                return ""
            return self._chunk(relation) if relation.kind == "aFChunk" else drawn(self._package, relation)

        return story(root, self._paragraph, elsewhere)

    def _chunk(self, relation: Relation) -> str:
        """Return the text of a complete document embedded in this one."""
        content = self._package.read(relation.target)
        if self._depth == _DEEPEST:
            return ""
        try:
            if content.startswith(b"PK"):
                return word_text(Package(io.BytesIO(content)), self._depth + 1)
            return rtf_text(content) if content.startswith(b"{\\rtf") else html_text(content)
        except ValueError as error:
            self._package.problems.append(problem("inner_document", detail=str(error)))
            return ""

    def _paragraph(self, element: Element, text: str) -> str:
        its = of_paragraph(child(element, "pPr"))
        styled = self._styles.get(its.style)
        number = styled.number if its.number is None else its.number
        if number is not None and (text or not self._is_hidden(element, its)):
            level = styled.level if its.level is None else its.level
            if level is None:
                level = self._numbering.level_of_style(its.style)
            text = f"{self._numbering.next(number, level or 0)} {text}".lstrip()
        is_heading = styled.heading if its.heading is None else its.heading
        return HEADING + text if is_heading and text else text

    def _is_hidden(self, paragraph: Element, its: Style) -> bool:
        """Whether the end of a paragraph is hidden: without text the paragraph is not shown, and not counted."""
        vanish = child(child(child(paragraph, "pPr"), "rPr"), "vanish")
        return its.style in self._styles.hidden if vanish is None else is_on(vanish)


def _notes_of(root: Element) -> set[tuple[str, str | None]]:
    """Return kind and number of the notes that ``root`` refers to."""
    marks = each(root, *(f"{note}Reference" for note in _NOTES.values()))
    return {(local(one).removesuffix("Reference"), attribute(one, "id")) for one in marks}

"""The text below an element of OpenDocument: one line per paragraph, cells separated by tabs, notes and comments at the end."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from indexer.extract.formats.about import words_for_picture
from indexer.extract.formats.odf.lists import OUTLINE, ListStyles
from indexer.extract.formats.pieces import HEADING
from indexer.extract.formats.xml import Element, attribute, local, steps

_BETWEEN = {"s": " ", "soft-page-break": " ", "tab": "\t", "line-break": "\n"}
_BLANKS = re.compile(r"[ \t\r\n]+")
_OF_BLOCKS = frozenset(
    "list list-item list-header note note-body section index-body index-title text-box annotation ruby table table-row"
    " table-cell table-rows table-header-rows frame g custom-shape".split()
)
"""Elements whose own text is only layout of the file."""
_BOXES = frozenset(
    "text-box custom-shape rect ellipse circle line connector polygon polyline path caption ruby-text".split()
)
"""Elements within a paragraph that are not part of its sentence."""
_PICTURES = _BOXES | {"frame", "g", "table", "area-rectangle", "area-circle", "area-polygon"}
_AT_THE_END = ("note-body", "annotation")


@dataclass(slots=True)
class _Open:
    """A paragraph being read, and what follows it."""

    line: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _List:
    style: str | None
    counts: dict[int, int]
    start: str | None = None
    counted: bool = True


def story(root: Element, styles: ListStyles, of_object: Callable[[Element], str]) -> str:
    """Return the text below ``root``; ``of_object`` returns that of a chart or formula."""
    return _Story(styles, of_object).read(root)


class _Story:
    def __init__(self, styles: ListStyles, of_object: Callable[[Element], str]) -> None:
        self._styles = styles
        self._of_object = of_object
        self._out: list[str] = []
        self._end: list[str] = []
        self._outer: list[list[str]] = []
        self._paragraphs: list[_Open] = []
        self._cells: list[int] = []
        self._lists: list[_List] = []
        self._known: dict[str | None, dict[int, int]] = {}
        self._headings: dict[int, int] = {}

    def read(self, root: Element) -> str:
        for event, element in steps(root):
            name = local(element)
            if event == "start":
                self._start(element, name)
            else:
                self._finish(element, name)
                if element is not root and element.tail and self._paragraphs:
                    self._add(element.tail, local(element.getparent()))
        return "".join(self._out + self._end)

    def _add(self, text: str, within: str) -> None:
        if within not in _OF_BLOCKS:
            plain = "\n" not in text and "\t" not in text and "  " not in text
            self._paragraphs[-1].line.append(text if plain else _BLANKS.sub(" ", text))

    def _start(self, element: Element, name: str) -> None:
        if name in ("title", "desc") and local(element.getparent()) in _PICTURES:
            self._behind(words_for_picture(element.text))
            return
        if name in ("p", "h"):
            self._paragraphs.append(_Open([self._number(element, name)]))
        elif name in _BETWEEN:
            if self._paragraphs:
                self._paragraphs[-1].line.append(_BETWEEN[name])
        elif name in _AT_THE_END:
            self._outer.append(self._out)
            self._out = self._end
        elif name in _BOXES:
            self._outer.append(self._out)
            self._out = []
        elif name == "table-cell":
            self._cells.append(len(self._out))
        elif name == "list":
            self._lists.append(self._list(element))
        elif name == "list-item" and self._lists:
            self._lists[-1].counted = False
            self._lists[-1].start = attribute(element, "start-value")
        elif name == "object":
            self._behind(self._of_object(element))
        if element.text and self._paragraphs and name != "ruby-text":
            self._add(element.text, name)

    def _finish(self, element: Element, name: str) -> None:
        if name in ("p", "h") and self._paragraphs:
            done = self._paragraphs.pop()
            text = "".join(done.line).strip()
            self._out += [f"{HEADING if name == 'h' and text else ''}{text}\n", *done.behind]
        elif name in _AT_THE_END:
            self._out = self._outer.pop()
        elif name in _BOXES:
            boxed, self._out = self._out, self._outer.pop()
            boxed += ["".join(element.itertext()), "\n"] if name == "ruby-text" else []
            self._behind("".join(boxed))
        elif name == "table-cell":
            start = self._cells.pop()
            self._out[start:] = ["".join(self._out[start:]).strip("\n"), "\t"]
        elif name == "table-row":
            if self._out and self._out[-1] == "\t":
                self._out.pop()
            self._out.append("\n")
        elif name == "list" and self._lists:
            self._lists.pop()

    def _behind(self, text: str) -> None:
        """Put ``text`` after the open paragraph."""
        where = self._paragraphs[-1].behind if self._paragraphs else self._out
        where.append(f"{text}\n")

    def _list(self, element: Element) -> _List:
        style = attribute(element, "style-name")
        if self._lists:
            outer = self._lists[-1]
            return _List(style or outer.style, outer.counts)
        before = attribute(element, "continue-list")
        if before is not None or attribute(element, "continue-numbering") == "true":
            counts = self._known.get(before or style, {})
        else:
            counts = {}
        self._known[style] = self._known[attribute(element, "id")] = counts
        return _List(style, counts)

    def _number(self, element: Element, name: str) -> str:
        number = ""
        if self._lists and not self._lists[-1].counted:
            its = self._lists[-1]
            its.counted = True
            number = self._styles.next(its.style, len(self._lists), its.counts, its.start)
        elif name == "h" and attribute(element, "is-list-header") != "true":
            level = attribute(element, "outline-level") or "1"
            if level.isdecimal() and len(level) < 3:
                start = attribute(element, "start-value")
                number = self._styles.next(OUTLINE, int(level), self._headings, start)
        return f"{number} " if number else ""

"""What a document's styles set for their paragraphs: numbering, level, hidden or not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from indexer.extract.formats.ooxml.pruning import is_on
from indexer.extract.formats.xml import Element, attribute, child, each, values

_DEEPEST = 20
"""The longest chain of styles based on one another; Word makes no longer ones."""


_STYLE = b"<w:style "
_OF_TABLES = b'w:type="table"'


def without_tables(content: bytes) -> bytes:
    """Return the styles part without table styles, which do not affect paragraphs and are most of its bytes."""
    head, *styles = content.split(_STYLE)
    kept = [one for one in styles[:-1] if not one.startswith(_OF_TABLES)]
    return _STYLE.join([head, *kept, *styles[-1:]])


@dataclass(frozen=True, slots=True)
class Style:
    """Settings of a style, or of a paragraph itself; None if what it is based on decides."""

    style: str | None = None
    """What it is based on."""
    number: str | None = None
    """The list of its paragraphs (``w:numId``)."""
    level: int | None = None
    """The level in that list, from 0."""
    heading: bool | None = None
    hidden: bool | None = None


_PLAIN = Style()


class Styles:
    """The styles of a document by name; each is read on demand, since few of dozens are used."""

    def __init__(self, root: Element | None) -> None:
        self._roots = {} if root is None else {attribute(one, "styleId"): one for one in each(root, "style")}
        self._known: dict[str | None, Style] = {None: _PLAIN}
        may_hide = root is not None and any(True for _ in each(root, "vanish"))
        self.hidden = frozenset(name for name in self._roots if name and may_hide and self.get(name).hidden)
        """The styles whose text is hidden."""

    def get(self, name: str | None) -> Style:
        """Return the settings of a style including those that it is based on; empty if there is no such style."""
        waiting: list[tuple[str | None, Style]] = []
        while name not in self._known and len(waiting) < _DEEPEST:
            root = self._roots.get(name)
            waiting.append((name, _PLAIN if root is None else _style(root)))
            name = waiting[-1][1].style
        found = self._known.get(name, _PLAIN)
        for name, style in reversed(waiting):
            found = self._known[name] = over(style, found)
        return found


def over(nearer: Style, further: Style) -> Style:
    """Return the combined settings if ``nearer`` is based on ``further``."""
    pairs = (
        (getattr(nearer, name), getattr(further, name)) for name in ("number", "level", "heading", "hidden")
    )
    return Style(nearer.style, *(its if its is not None else other for its, other in pairs))


def of_paragraph(properties: Element | None) -> Style:
    """Return the settings in the properties of a paragraph (``w:pPr``)."""
    if properties is None:
        return _PLAIN
    said = values(properties)
    listed = child(properties, "numPr")
    if listed is None and "outlineLvl" not in said:
        return _of_style(said.get("pStyle"))
    number = values(listed)
    outline = said.get("outlineLvl")
    return Style(
        said.get("pStyle"),
        number.get("numId"),
        level_of(number.get("ilvl")),
        None if outline is None else outline in tuple("012345678"),
    )


@lru_cache(256)
def _of_style(name: str | None) -> Style:
    return Style(name)


def level_of(text: str | None) -> int | None:
    """Return the level written as ``text``, from 0."""
    return int(text) if text and text.isdecimal() and len(text) < 3 else None


def _style(root: Element) -> Style:
    said = values(root)
    name = said.get("name", "").lower()
    its = of_paragraph(child(root, "pPr"))
    vanish = child(child(root, "rPr"), "vanish")
    return Style(
        said.get("basedOn"),
        its.number,
        its.level,
        True if name == "title" or name.startswith("heading ") else its.heading,
        None if vanish is None else is_on(vanish),
    )

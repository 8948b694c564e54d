"""The numbers that Word writes before paragraphs: "Điều 1.", "a)", "1.2.3" (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from indexer.extract.formats.list_counting import Level, next_number
from indexer.extract.formats.ooxml.pruning import is_on
from indexer.extract.formats.ooxml.styles import Styles
from indexer.extract.formats.xml import Element, attribute, child, each, values

_LEVELS = 9


class _List:
    """Paragraphs that are numbered together (``w:abstractNum``)."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self.counts: dict[int, int] = {}

    @cached_property
    def levels(self) -> dict[int, Level]:
        """The levels from 0, read on demand: documents have dozens of unused lists."""
        return {_whole(attribute(one, "ilvl"), 0): _level(one) for one in each(self._root, "lvl")}

    def style(self) -> str | None:
        """The numbering style that defines the levels instead."""
        return values(self._root).get("numStyleLink")


@dataclass(slots=True)
class _Use:
    """A use of a list (``w:num``), which may change its levels and restart numbering."""

    of: _List
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Numbers the paragraphs of a document, in their order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._uses: dict[str, _Use] = {}
        self._of_style: dict[str, int] = {}
        if root is not None:
            lists = {attribute(one, "abstractNumId"): _List(one) for one in each(root, "abstractNum")}
            for one in each(root, "num"):
                self._add(one, lists)
            for one in each(root, "pStyle"):
                level = one.getparent()
                self._of_style[attribute(one, "val") or ""] = _whole(attribute(level, "ilvl"), 0)
            for use in self._uses.values():
                linked = use.of.style()
                number = styles.get(linked).number if linked else None
                if number in self._uses:
                    use.of = self._uses[number].of

    def level_of_style(self, style: str | None) -> int | None:
        """Return the level of a paragraph style."""
        return self._of_style.get(style or "")

    def next(self, number: str, level: int) -> str:
        """Count a paragraph of list ``number`` and return the text before it, empty if that is not text.

        ``level`` counts from 0.
        """
        use = self._uses.get(number)
        if use is None or not 0 <= level < _LEVELS:
            return ""
        levels = use.of.levels | use.levels
        return next_number(levels, use.of.counts, level, use.starts.pop(level, None))

    def _add(self, root: Element, lists: dict[str | None, _List]) -> None:
        of = lists.get(values(root).get("abstractNumId"))
        number = attribute(root, "numId")
        if of is None or number is None:
            return
        use = self._uses[number] = _Use(of)
        for change in each(root, "lvlOverride"):
            at = _whole(attribute(change, "ilvl"), 0)
            level = child(change, "lvl")
            if level is not None:
                use.levels[at] = _level(level)
            if (start := values(change).get("startOverride")) is not None:
                use.starts[at] = _whole(start, 1)
                use.levels[at] = replace(
                    use.levels.get(at) or of.levels.get(at) or Level(), start=use.starts[at]
                )


def _level(root: Element) -> Level:
    said = values(root)
    after = said.get("lvlRestart")
    return Level(
        _whole(said.get("start"), 0),
        said.get("numFmt", "decimal"),
        said.get("lvlText", ""),
        None if after is None else _whole(after, 0),
        is_on(child(root, "isLgl")),
    )


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else otherwise

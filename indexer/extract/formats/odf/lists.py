"""The numbers that OpenDocument programs write before list items and headings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.extract.formats.counting import counted
from indexer.extract.formats.xml import Element, attribute, each, local

_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LEVELS = ("list-level-style-number", "outline-level-style")
OUTLINE = "outline"
"""The list of all numbered headings."""


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    before: str
    behind: str
    start: int
    shown: int
    """How many levels are shown: this one and so many less one above."""
    pattern: str
    """What replaces all of that, with %1% for the number of the first level; may be empty."""


class ListStyles:
    """The levels of lists by the name of their style and their number, from 1."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._roots = {
            OUTLINE if local(one) == "outline-style" else attribute(one, "name"): one
            for root in roots
            for one in each(root, "list-style", "outline-style")
        }
        self._known: dict[str | None, dict[int, _Level]] = {}

    def next(self, style: str | None, level: int, counts: dict[int, int], start: str | None = None) -> str:
        """Count an item in ``counts`` and return the text before it; empty if that is a bullet or nothing."""
        levels = self._levels(style)
        this = levels.get(level)
        if this is None:
            return ""
        counts[level] = _whole(start, counts.get(level, this.start - 1) + 1)
        for lower in [lower for lower in counts if lower > level]:
            del counts[lower]

        def shown(at: int) -> str:
            its = levels.get(at)
            return "" if its is None else counted(counts.setdefault(at, its.start), its.form)

        if this.pattern:
            return re.sub("%([0-9]{1,2})%", lambda place: shown(int(place[1])), this.pattern)
        if this.form == "none":
            return (this.before + this.behind).strip()
        numbers = (shown(at) for at in range(max(1, level - this.shown + 1), level + 1))
        return this.before + ".".join(filter(None, numbers)) + this.behind

    def _levels(self, style: str | None) -> dict[int, _Level]:
        """Return the numbered levels of a style, read on demand: few of dozens are used."""
        if style not in self._known:
            root = self._roots.get(style)
            found = () if root is None else each(root, *_LEVELS)
            self._known[style] = {_whole(attribute(one, "level"), 0): _level(one) for one in found}
        return self._known[style]


def _level(one: Element) -> _Level:
    return _Level(
        _FORMS.get(attribute(one, "num-format") or "", "none"),
        attribute(one, "num-prefix") or "",
        attribute(one, "num-suffix") or "",
        _whole(attribute(one, "start-value"), 1),
        _whole(attribute(one, "display-levels"), 1),
        attribute(one, "num-list-format") or "",
    )


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else otherwise

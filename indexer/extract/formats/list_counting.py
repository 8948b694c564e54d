"""Pure: the numbers that programs write before paragraphs, counted level by level: "Điều 1.", "a)", "1.2.3"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.extract.formats.counting import counted

_MARKS = frozenset("-–—+*")
"""List marks that are kept, since they are typed as often. Others are symbols from a font."""


_LONGEST = 100
"""The most letters before a paragraph: "Điều %1." has 8, and thousands of them would be an attack."""


@dataclass(frozen=True, slots=True)
class Level:
    """How the paragraphs of one list level are numbered."""

    start: int = 1
    form: str = "decimal"
    """The name in Open XML (``ST_NumberFormat``)."""
    text: str = ""
    """The text written, with ``%1`` for the number of the first level."""
    restarts_after: int | None = None
    """The level, from 1, after which numbering restarts; 0 never, None after any higher level."""
    all_decimal: bool = False


def next_number(
    levels: Mapping[int, Level], counts: dict[int, int], level: int, start: int | None = None
) -> str:
    """Count a paragraph of ``level``, from 0, in ``counts``; return the text before it, empty if it is not text.

    ``start`` is its number after a restart.
    """
    this = levels.get(level)
    if this is None:
        return ""
    counts[level] = counts.get(level, this.start - 1) + 1 if start is None else start
    for lower in [lower for lower in counts if lower > level]:
        after = levels[lower].restarts_after if lower in levels else None
        if after is None or level < after:
            del counts[lower]
    for upper in range(level):
        counts.setdefault(upper, levels[upper].start if upper in levels else 1)
    if this.form == "bullet":
        return this.text if this.text in _MARKS else ""

    def shown(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        form = levels[at].form if at in levels and not this.all_decimal else "decimal"
        return counted(counts.get(at, 1), form)

    return re.sub("%([1-9])", shown, this.text[:_LONGEST])

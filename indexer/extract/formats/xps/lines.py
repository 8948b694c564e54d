"""Runs of letters -> the lines of a page. Runs side by side form a line, in whatever order they are drawn. PURE."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from indexer.extract.formats.xps.glyphs import Run

_SAME_LINE = 0.35
"""How much higher or lower the runs of a line may be, in font heights: a little more than superscripts."""
_BLANK, _WIDE, _BESIDE = 0.15, 1.2, 1.5
"""In font heights: the gap that counts as a blank between runs, that counts as a tab, and that is too wide for one piece."""
_TWICE = 0.1
"""Some programs draw bold letters twice, this far apart in font heights."""
_COLUMNS = 3
"""How often a page may start again further up, as columns do, besides a tenth of its lines."""


@dataclass(slots=True)
class _Line:
    base: float
    size: float
    runs: list[Run] = field(default_factory=list)

    def add(self, run: Run) -> None:
        at = bisect_left(self.runs, run.left, key=lambda one: one.left)
        for other in self.runs[max(0, at - 1) : at + 1]:
            if other.text == run.text and abs(other.left - run.left) < _TWICE * run.size:
                return
        self.runs.insert(at, run)

    def is_beside(self, run: Run) -> bool:
        """Whether ``run`` is close to a part of the line."""
        at = bisect_left(self.runs, run.left, key=lambda one: one.left)
        near = _BESIDE * run.size
        return any(
            run.left - other.right < near and other.left - run.right < near
            for other in self.runs[max(0, at - 1) : at + 1]
        )

    def text(self) -> str:
        parts = [self.runs[0].text]
        for before, run in pairwise(self.runs):
            gap = (run.left - before.right) / min(before.size, run.size)
            if gap > _WIDE:
                parts.append("\t")
            elif gap > _BLANK:
                parts.append(" ")
            parts.append(run.text)
        return "".join(parts)


def text_of_runs(runs: Iterable[Run]) -> str:
    """Return the text of a page, line by line."""
    lines = [*_lines(runs)]
    up = sum(after.base < before.base - before.size for before, after in pairwise(lines))
    if up > _COLUMNS + len(lines) // 10:
        lines.sort(key=lambda line: line.base)
    return "\n".join(line.text() for line in lines)


def _lines(runs: Iterable[Run]) -> Iterator[_Line]:
    """Return lines in the order in which they begin."""
    known: dict[tuple[int, int], list[_Line]] = {}
    found: list[_Line] = []
    last: _Line | None = None
    direction = 0
    for run in runs:
        line = None
        if last is not None and run.direction == direction and _is_of(last, run):
            line = last
        else:
            row = round(run.base)
            near = (
                one for step in (0, 1, -1, 2, -2) for one in known.get((run.direction, row + step), ())[-20:]
            )
            line = next((one for one in near if _is_of(one, run) and one.is_beside(run)), None)
        if line is None:
            line = _Line(run.base, run.size)
            found.append(line)
            known.setdefault((run.direction, round(run.base)), []).append(line)
        line.add(run)
        last, direction = line, run.direction
    yield from found


def _is_of(line: _Line, run: Run) -> bool:
    return abs(line.base - run.base) <= _SAME_LINE * max(line.size, run.size)

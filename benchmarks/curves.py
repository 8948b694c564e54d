"""Line charts with two axes from zero as SVG, legible on light and dark backgrounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 640, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 110, 20, 50
_DASHES = ("", "6 3", "2 3", "8 3 2 3")
"""Lines differ by more than colour."""
_STYLE = """
:root { --ink: #1b1b1b; --faint: #c9c9c9; --a: #0b5fa5; --b: #b3400a; --c: #2c7a3f; --d: #6b3fa0; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececec; --faint: #555; --a: #7cb8f0; --b: #f2a074; --c: #86d19a; --d: #c4a5f0; }
}
text { fill: var(--ink); font: 13px sans-serif; }
.axis { stroke: var(--ink); } .grid { stroke: var(--faint); } .curve { fill: none; stroke-width: 2; }
"""


@dataclass(frozen=True, slots=True)
class Curve:
    """A line with its points in ascending order of ``x``."""

    name: str
    points: Sequence[tuple[float, float]]


def picture(across: str, up: str, curves: Sequence[Curve]) -> str:
    """Return the SVG of up to four ``curves``; ``across`` and ``up`` name the axes."""
    points = [point for curve in curves for point in curve.points]
    most_x, most_y = (_round_up(max((point[i] for point in points), default=1)) for i in (0, 1))

    def x(value: float) -> float:
        return _LEFT + value / most_x * (_WIDTH - _LEFT - _RIGHT)

    def y(value: float) -> float:
        return _HEIGHT - _BOTTOM - value / most_y * (_HEIGHT - _TOP - _BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">',
        f"<title>{escape(f'{up} by {across.lower()}')}</title><style>{_STYLE}</style>",
    ]
    for n in range(6):
        at_x, at_y = most_x * n / 5, most_y * n / 5
        parts += [
            f'<line class="{"grid" if n else "axis"}" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y(at_y):.1f}" y2="{y(at_y):.1f}"/>',
            f'<text x="{_LEFT - 6}" y="{y(at_y) + 4:.1f}" text-anchor="end">{at_y:,.0f}</text>',
            f'<text x="{x(at_x):.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{at_x:,.0f}</text>',
        ]
    parts.append(f'<line class="axis" x1="{_LEFT}" x2="{_LEFT}" y1="{_TOP}" y2="{_HEIGHT - _BOTTOM}"/>')
    for curve, colour, dashes in zip(curves, "abcd", _DASHES, strict=False):
        line = " ".join(f"{x(one):.1f},{y(other):.1f}" for one, other in curve.points)
        parts.append(
            f'<polyline class="curve" style="stroke: var(--{colour})" stroke-dasharray="{dashes}" points="{line}"/>'
        )
        parts += [
            f'<circle r="3" style="fill: var(--{colour})" cx="{x(one):.1f}" cy="{y(other):.1f}"/>'
            for one, other in curve.points
        ]
    # Names in the order of the lines' ends, each on its own line.
    ends = sorted(
        (y(curve.points[-1][1]), x(curve.points[-1][0]), curve.name) for curve in curves if curve.points
    )
    last = float("-inf")
    for end, across_end, name in ends:
        last = max(end, last + 16)
        parts.append(f'<text x="{across_end + 8:.1f}" y="{last + 4:.1f}">{escape(name)}</text>')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(f'<text x="{middle:.0f}" y="{_HEIGHT - 10}" text-anchor="middle">{escape(across)}</text>')
    parts.append(f'<text x="{_LEFT}" y="{_TOP - 6}" text-anchor="middle">{escape(up)}</text></svg>')
    return "\n".join(parts) + "\n"


def _round_up(value: float) -> float:
    """Return the next of 1, 2, 4, 5 … times a power of ten."""
    power = 1.0
    while power * 10 <= value:
        power *= 10
    return next(power * step for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if power * step >= value)

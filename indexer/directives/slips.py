"""Numbers that differ by one typing slip: a figure or letter that is wrong, missing, added or swapped with its neighbour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.directives.codes import LETTER
from indexer.vietnamese.edits import within_one_edit
from indexer.vietnamese.letters import fold

_FIGURES = "0123456789"
_LONGEST = 6
"""Maximum number of figures in a number."""
_YEARS = range(1945, 2050)


def slips_of(fields: Sequence[str]) -> Iterator[str]:
    """Yield the strict keys that differ from the one with these fields by one figure of the number or the year."""
    number, year, *rest = fields
    for other in _one_figure_off(number):
        if not other.startswith("0") and 0 < len(other) <= _LONGEST:
            yield "|".join((other, year, *rest))
    for other in _one_figure_off(year) if year else ():
        if len(other) == len("2024") and int(other) in _YEARS:
            yield "|".join((number, other, *rest))


def is_near(fields: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two keys with the same number differ by a letter of their codes, by type, or by a year that one of them lacks."""
    if len(other) != len(fields) or (fields[1] and other[1] and fields[1] != other[1]):
        return False
    if fields[3:] == other[3:] and fields[3]:
        return True
    return within_one_edit(_codes(fields), _codes(other))


def _codes(fields: Sequence[str]) -> str:
    return fold("-".join(code for code in fields[2:] if code and code != LETTER))


def _one_figure_off(figures: str) -> Iterator[str]:
    if not figures.isdigit():
        return
    for at in range(len(figures) + 1):
        before, after = figures[:at], figures[at:]
        yield from (f"{before}{figure}{after}" for figure in _FIGURES)
        if after:
            yield f"{before}{after[1:]}"
            yield from (f"{before}{figure}{after[1:]}" for figure in _FIGURES)
            yield f"{before}{after[1::-1]}{after[2:]}"

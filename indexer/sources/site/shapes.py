"""Traps: pages without end that lead to no article, known by the shape that their addresses have. PURE."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_PATIENCE = 25
"""Pages of one shape in a row that may lead to no new article: a calendar has a page for each month, for ever."""
_DIGITS = re.compile(r"\d+")
_SLUG = 20
"""Characters of a part of a path that is taken for the name of one page."""
_MOST_SHAPES = 20_000


def shape_of(address: str) -> str:
    """Return ``address`` with its numbers as ``#``, and names of single pages as ``*``: the same for all pages of a kind."""
    parts = urlsplit(address)
    steps = [
        "*" if len(step) > _SLUG or step.count("-") > 1 else _DIGITS.sub("#", step)
        for step in parts.path.split("/")
    ]
    query = sorted(
        f"{name}={_DIGITS.sub('#', value) if len(value) <= _SLUG else '*'}"
        for name, _, value in (part.partition("=") for part in parts.query.split("&") if part)
    )
    return f"{parts.netloc}{'/'.join(steps)}{'?' if query else ''}{'&'.join(query)}"


class Shapes:
    """Counts for each shape how many pages were fetched since one of them led to an article that was not known before."""

    def __init__(self) -> None:
        self._barren: dict[str, int] = {}

    def fetched(self, shape: str) -> None:
        """Count a page, before what it leads to is known."""
        if shape in self._barren or len(self._barren) < _MOST_SHAPES:
            self._barren[shape] = self._barren.get(shape, 0) + 1

    def led_to_article(self, *shapes: str) -> None:
        """Count an article for the shape of its own page and that of the page that linked to it."""
        for shape in shapes:
            self._barren[shape] = 0

    def is_barren(self, shape: str) -> bool:
        """Tell whether pages of this shape are to be left: too many in a row led to nothing."""
        return self._barren.get(shape, 0) >= _PATIENCE

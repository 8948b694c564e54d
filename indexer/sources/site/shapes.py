"""Traps: endless pages without articles, recognised by the shape of their addresses. PURE."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_PATIENCE = 25
"""Maximum number of consecutive pages of one shape without a new article: calendars have a page for every month, for ever."""
_DIGITS = re.compile(r"\d+")
_SLUG = 20
"""Minimum length, in characters, of a path segment to be taken for the name of a single page."""
_MOST_SHAPES = 20_000


def shape_of(address: str) -> str:
    """Return ``address`` with numbers as ``#`` and names of single pages as ``*``: the same for all pages of a kind."""
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
    """Counts, for each shape, the pages fetched since the last one that led to a new article."""

    def __init__(self) -> None:
        self._barren: dict[str, int] = {}

    def fetched(self, shape: str) -> None:
        """Count a page, before its results are known."""
        if shape in self._barren or len(self._barren) < _MOST_SHAPES:
            self._barren[shape] = self._barren.get(shape, 0) + 1

    def led_to_article(self, *shapes: str) -> None:
        """Count an article for the shape of its own page and that of the page that linked to it."""
        for shape in shapes:
            self._barren[shape] = 0

    def is_barren(self, shape: str) -> bool:
        """Tell whether pages of this shape should be skipped: too many in a row led to nothing."""
        return self._barren.get(shape, 0) >= _PATIENCE

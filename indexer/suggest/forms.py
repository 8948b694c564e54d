"""A syllable to look for, with given accents or any."""

from __future__ import annotations

from typing import NamedTuple


class Form(NamedTuple):
    """A syllable to look for; with any accents if ``toned`` is None."""

    folded: str
    toned: str | None = None

"""A syllable to look for, in given accents or in any."""

from __future__ import annotations

from typing import NamedTuple


class Form(NamedTuple):
    """A syllable to look for; in any accents where ``toned`` is None."""

    folded: str
    toned: str | None = None

"""PURE: the lines by which two texts differ."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import NamedTuple

_MOST = 2_000
"""Maximum number of lines compared."""


class Line(NamedTuple):
    """A line that was added or removed."""

    added: bool
    text: str


def line_changes(before: str, after: str) -> Sequence[Line]:
    """Return the differing lines in order, ignoring empty ones."""
    old, new = before.splitlines()[:_MOST], after.splitlines()[:_MOST]
    found = []
    for kind, old_start, old_end, new_start, new_end in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            found += [Line(False, line) for line in old[old_start:old_end]]
            found += [Line(True, line) for line in new[new_start:new_end]]
    return [line for line in found if line.text.strip()]

"""Pure: takes the prompts of masters out of old presentations: "Click to edit Master title style" is no text of anyone."""

from __future__ import annotations

import re

_MASTER = re.compile(
    r"^[ \t]*(?:"
    r"Click to edit (?:Master )?(?:title|text|subtitle|notes)s?(?: text)?(?: styles?| formats?)"
    r"|Click to edit the (?:title|outline|notes) text format|Click to edit the notes format"
    r"|(?:Bấm|Nhấp|Bấm chuột|Nhấp chuột)(?: &| và| để)? (?:sửa|chỉnh sửa|hiệu chỉnh) kiểu (?:tiêu đề|phụ đề|văn bản)[^\n.;:]{0,30}"
    r")[ \t]*$"
    r"(?:\n[ \t]*(?:(?:Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth)(?: Outline)? level|Mức (?:hai|ba|bốn|năm)|\*)[ \t]*$)*"
    r"\n?",
    re.IGNORECASE | re.MULTILINE,
)
"""A prompt is a line of its own; the levels below it count only right behind it."""


def without_prompts(text: str) -> str:
    """Return ``text`` without the lines that a master has in place of text."""
    return _MASTER.sub("", text)

"""Titles after or below the number of a provision, and the name of a document above its first heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.provisions.headings import Heading
from indexer.provisions.lines import Line

_LONGEST = 250
"""Maximum length of a title in characters."""
_LONGEST_OF_ARTICLE = 400
"""Anything longer is the text of the article itself: the longest title in the laws at hand has 330 characters."""
_MOST_LINES = 4
_NUMBERED = re.compile(r"\d{1,3}[a-zđ]?[.)/]|[a-zđ]\)|[-–+•*(\[]|Điều \d|(?:Chương|Mục|Phần) ")
_NAMES = re.compile(
    r"(?:BỘ LUẬT|LUẬT|PHÁP LỆNH|NGHỊ ĐỊNH|NGHỊ QUYẾT|THÔNG TƯ|QUYẾT ĐỊNH|QUY CHẾ|QUY ĐỊNH(?! CHUNG)|QUY TRÌNH|ĐIỀU LỆ|NỘI QUY|HỢP ĐỒNG"
    r"|QUY ƯỚC|HƯƠNG ƯỚC|HIỆP ĐỊNH|PHỤ LỤC|CHỈ THỊ|Quy chế|Điều lệ|Nội quy|Hợp đồng)\b"
)
_FARTHEST = 14
"""Number of lines above the first heading of a document among which its name may be."""


def title_of(lines: Sequence[Line], heading: Heading, behind: int) -> tuple[str, int]:
    """Return the title of ``heading`` on one line, and the index of its last line.

    ``behind`` is the line of the next heading. The title of a chapter is below it in capitals, often on several lines; that of
    an article follows its number and may continue on the next line.
    """
    if heading.kind == "article":
        return _of_article(lines, heading, behind)
    parts = [heading.rest] if heading.rest else []
    at = heading.line
    for i in range(at + 1, min(behind, at + 1 + _MOST_LINES)):
        text = lines[i].text
        first = not parts and _is_title(text)
        if not (text.isupper() or first) or lines[i].quoted or sum(map(len, parts)) + len(text) > _LONGEST:
            break
        parts.append(text)
        at = i
        if first and not text.isupper():
            break
    return _one_line(parts), at


def _of_article(lines: Sequence[Line], heading: Heading, behind: int) -> tuple[str, int]:
    at = heading.line
    if not heading.rest:
        below = lines[at + 1] if at + 1 < behind else None
        if below and not below.quoted and len(below.text) <= _LONGEST // 2 and _is_title(below.text):
            return _one_line([below.text]), at + 1
        return "", at
    parts = [heading.rest]
    while at + 1 < behind and len(parts) < _MOST_LINES and parts[-1][-1] not in ".;:":
        below = lines[at + 1]
        if below.apart or below.quoted or not below.text[0].islower() or _NUMBERED.match(below.text):
            break
        parts.append(below.text)
        at += 1
    title = _one_line(parts)
    return (title, at) if len(title) <= _LONGEST_OF_ARTICLE else ("", heading.line)


def _is_title(text: str) -> bool:
    return (
        text[0].isupper() and text[-1] not in ".;:,”" and not _NUMBERED.match(text) and len(text) <= _LONGEST
    )


def _one_line(parts: Sequence[str]) -> str:
    return " ".join(" ".join(parts).split()).strip(" .:-–")


def name_above(lines: Sequence[Line], first: int) -> tuple[str, int]:
    """Return the name of the document whose first heading is line ``first``, and how many lines above it is.

    An example is ``QUY CHẾ``, issued by a decision; empty and 0 if none is found.
    """
    for up in range(1, min(first, _FARTHEST) + 1):
        text = lines[first - up].text
        if (
            not lines[first - up].quoted
            and len(text) <= 100
            and _NAMES.match(text)
            and text[-1] not in ".;,:"
        ):
            below = lines[first - up + 1].text if up > 1 else ""
            name = f"{text} {below}" if text.isupper() and below.isupper() and len(text) < 40 else text
            return _one_line([name]), up
    return "", 0

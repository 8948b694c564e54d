"""What a document is about ("trích yếu"), by its source or by the title of the article that it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from indexer.directives.number import parse_number
from indexer.vietnamese.letters import fold

_LAWS = ("bo luat ", "luat ", "phap lenh ", "hien phap")
_WORD = re.compile(r"\S+")
_FIRST = 12
"""Words of a title in which the document's own number stands: "Thông tư liên tịch số …"."""
_BETWEEN = re.compile(
    r"^[\s,:.–-]*(?:ngày \d{1,2}[-/.]\d{1,2}[-/.]\d{4}|ngày \d{1,2} tháng \d{1,2} năm \d{4})?"
    r"(?:\s*của (?:Quốc hội|Chính phủ|Thủ tướng Chính phủ|Bộ Chính trị|Ban Bí thư)(?=\s))?[\s,:.–-]*",
    re.IGNORECASE,
)
"""What may stand between the number of a document and what it is about."""


def subject_of(title: str, said: str, numbers: Sequence[str], types: Sequence[str]) -> str | None:
    """Return what the document is about that an article with ``title`` is; None where that is not told.

    ``said`` is what its source gives as subject. A title tells it where it is the document's own: where it begins with
    its type or its number. Of an article that bears several numbers nothing is told: its title is of none of them alone.
    """
    if len(numbers) != 1:
        return None
    shown = said or _of_title(title, numbers[0], types) or ""
    shown = " ".join(shown.split()).rstrip(" .;,")
    return shown[:1].upper() + shown[1:] or None


def _of_title(title: str, number: str, types: Sequence[str]) -> str | None:
    written = _written(title, number)
    head = fold(title[: written[0]] if written else title)
    kinds = [fold(kind) for kind in types]
    if written is None:
        return title if head.startswith((*kinds, *_LAWS)) else None
    if re.sub(r"\b(?:so|hieu|ky)\b|[\s:,.]", "", _without(head, kinds)):
        return None
    rest = title[written[1] :]
    return rest[_end(rest) :] or None


def _written(title: str, number: str) -> tuple[int, int] | None:
    """Return where ``title`` begins with ``number``, in any spelling, behind some words: ``05/2024/TT-BTC`` is ``5/2024/tt-btc``."""
    wanted = parse_number(number)
    for word in islice(_WORD.finditer(title), _FIRST):
        text = word[0].rstrip(",.:;)")
        found = parse_number(text) if wanted and text[:1].isdigit() else None
        if text == number or (found and wanted and found.key == wanted.key):
            return word.start(), word.start() + len(text)
    return None


def _without(head: str, kinds: Sequence[str]) -> str:
    return next((head[len(kind) :] for kind in kinds if head.startswith(kind)), head)


def _end(rest: str) -> int:
    found = _BETWEEN.match(rest)
    return found.end() if found else 0

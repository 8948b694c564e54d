"""What a document is about ("trích yếu"), by its source or by the title of the article that it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.vietnamese.letters import fold

_LAWS = ("bo luat ", "luat ", "phap lenh ", "hien phap")
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
    written = _written(number).search(title)
    head = fold(title[: written.start()] if written else title)
    kinds = [fold(kind) for kind in types]
    if written is None:
        return title if head.startswith((*kinds, *_LAWS)) else None
    if re.sub(r"\b(?:so|hieu|ky)\b|[\s:,.]", "", _without(head, kinds)):
        return None
    rest = title[written.end() :]
    return rest[_end(rest) :] or None


def _written(number: str) -> re.Pattern[str]:
    """Return what matches ``number`` in other spellings: ``05/2024/TT-BTC`` is ``5/2024/tt-btc``."""
    parts = (re.escape(part) for part in re.split(r"[/-]", number.lstrip("0")))
    return re.compile(r"(?<!\d)0*" + r"\s?[/–-]\s?".join(parts) + r"(?!\w)", re.IGNORECASE)


def _without(head: str, kinds: Sequence[str]) -> str:
    return next((head[len(kind) :] for kind in kinds if head.startswith(kind)), head)


def _end(rest: str) -> int:
    found = _BETWEEN.match(rest)
    return found.end() if found else 0

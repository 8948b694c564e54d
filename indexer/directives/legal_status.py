"""Whether a document still holds, as far as a sentence says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

CHANGING = frozenset(["replaces", "repeals", "suspends"])
"""Relations after which a document, or part of it, holds no longer."""

UNKNOWN = "Chưa rõ"
STATUSES = (
    "Hết hiệu lực toàn bộ",
    "Ngưng hiệu lực",
    "Hết hiệu lực một phần",
    "Chưa có hiệu lực",
    "Còn hiệu lực",
)
"""What a sentence may say, the gravest first."""
_HEDGED = re.compile(
    r"(?<!\w)(?:đề nghị|đề xuất|kiến nghị|dự thảo|dự kiến|xem xét|sẽ|nếu|không|chưa|cần|nên|muốn|có thể|tiến tới|nghiên cứu)(?!\w)",
    re.IGNORECASE,
)
"""What is asked for, planned or denied is no statement."""
_FORCE = re.compile(
    r"(?:này|số \S+) có hiệu lực(?: thi hành)?(?: kể)? từ ngày\s+"
    r"(?:(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})|(\d{1,2}) tháng (\d{1,2}) năm (\d{4})|(?P<signed>ký))[^.\n]{0,60}",
    re.IGNORECASE,
)

Source = TypeVar("Source")


@dataclass(frozen=True, slots=True)
class LegalStatus(Generic[Source]):
    """What is known of a document's validity. ``status`` is None for kinds that have none (plans, letters)."""

    status: str | None
    sentence: str | None = None
    source: Source | None = None
    """Where the sentence stands."""


def legal_status(
    changes: Iterable[tuple[str, bool, str, Source]], own: Iterable[tuple[str, Source]], today: date
) -> LegalStatus[Source]:
    """Return the legal status that the sentences give, the gravest first; :data:`UNKNOWN` without one.

    ``changes`` are relation, whether in part, sentence and source of what was said of the document;
    ``own`` the texts of the document itself.
    """
    found = [
        LegalStatus(_status(relation, part), sentence, source)
        for relation, part, sentence, source in changes
        if relation in CHANGING and not _HEDGED.search(sentence)
    ]
    for text, source in own:
        if (match := _FORCE.search(text)) and (status := _in_force(match, today)):
            sentence = text[_sentence_start(text, match.start()) : match.end()]
            found.append(LegalStatus(status, " ".join(sentence.split()), source))
    return min(found, key=lambda one: STATUSES.index(one.status or ""), default=LegalStatus(UNKNOWN))


def _sentence_start(text: str, at: int) -> int:
    """Return where the sentence that goes on at ``at`` begins, 80 characters back at most."""
    earliest = max(0, at - 80)
    return max(earliest, text.rfind(".", earliest, at) + 1, text.rfind("\n", earliest, at) + 1)


def _status(relation: str, part: bool) -> str:
    if relation == "suspends":
        return "Ngưng hiệu lực"
    return "Hết hiệu lực một phần" if part else "Hết hiệu lực toàn bộ"


def _in_force(match: re.Match[str], today: date) -> str | None:
    if match["signed"]:
        return "Còn hiệu lực"
    day, month, year = (int(group) for group in match.groups()[:6] if group)
    try:
        return "Còn hiệu lực" if date(year, month, day) <= today else "Chưa có hiệu lực"
    except ValueError:
        return None

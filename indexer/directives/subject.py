"""The subject of a document ("trích yếu"), given by its source or by the title of its article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from indexer.directives.number import parse_number
from indexer.vietnamese.letters import fold

_LAWS = ("bo luat ", "luat ", "phap lenh ", "hien phap")
_WORD = re.compile(r"\S+")
_FIRST = 12
"""Number of words in a title within which the document's own number must begin: "Thông tư liên tịch số …"."""
_BETWEEN = re.compile(
    r"^[\s,:.–-]*(?:ngày \d{1,2}[-/.]\d{1,2}[-/.]\d{4}|ngày \d{1,2} tháng \d{1,2} năm \d{4})?"
    r"(?:\s*của (?:Quốc hội|Chính phủ|Thủ tướng Chính phủ|Bộ Chính trị|Ban Bí thư)(?=\s))?[\s,:.–-]*",
    re.IGNORECASE,
)
"""Words between the number of a document and its subject."""


def subject_of(title: str, said: str, numbers: Sequence[str], types: Sequence[str]) -> str | None:
    """Return the subject of the document that an article with ``title`` is; None if it is not stated.

    ``said`` is the subject given by the source. A title states it if it is the title of the document, which begins with type or
    number. An article with several numbers gives none, since its title does not belong to any one of them.
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
    """Return the position at which ``title`` begins with ``number``, in any spelling and after some words: ``05/2024/TT-BTC``
    for ``5/2024/tt-btc``.
    """
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

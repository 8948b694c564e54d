"""Lists whose first line applies to all items: "bãi bỏ các quyết định sau đây:", followed by one item per line."""

from __future__ import annotations

import re

from indexer.directives.citations.mention import EXPIRED

_BULLET = re.compile(r"\s*(?:(?P<letter>[a-zđ])[.)]|(?P<digit>\d{1,3})[.)]|(?P<dash>[-+•*–]))\s")
_LEAD = re.compile(
    r"(?<!\w)(?:(?P<replaces>thay thế)|(?P<repeals>bãi bỏ|huỷ bỏ|hủy bỏ|hết hiệu lực)|(?P<amends>sửa đổi))(?!\w)"
    r"[^.;:]{0,120}:$",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"(?<!\w)(?:công bố|danh mục)(?!\w)", re.IGNORECASE)
"""Words that open a list reporting an end rather than causing it."""
_DOCUMENTS = re.compile(
    r"(?<!\w)(?:văn bản|luật|pháp lệnh|nghị định|nghị quyết|quyết định|thông tư|chỉ thị|quy định)(?!\w)[^.;:]{0,60}(?<!\w)sau(?!\w)",
    re.IGNORECASE,
)
_PIECES = re.compile(
    r"(?<!\w)(?:điều|khoản|điểm|nội dung|cụm từ)(?!\w)[^.;:]{0,40}(?<!\w)sau(?!\w)", re.IGNORECASE
)
_LINES, _REACH = 40, 4_000
"""Maximum number of items, and of characters, to go back for the line that opens the list."""


class Lists:
    """The lists of one text, to be asked about its sentences in order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = -1
        self._kind: str | None = None
        self._relation: tuple[str, bool] | None = None

    def relation_of(self, start: int) -> tuple[str, bool] | None:
        """Return the relation to the document of the item at ``start``, and whether it is partial; None if it is not an item."""
        line = self._text.rfind("\n", 0, start) + 1
        if _BULLET.fullmatch(self._text, line, start):
            start = line  # "1. Quyết định": the full stop ends no sentence
        bullet = _BULLET.match(self._text, start)
        kind = bullet.lastgroup if bullet else None
        if bullet is None:
            return None
        goes_on = kind == self._kind and self._at >= 0 and self._only_items(self._at, start, kind)
        if not goes_on:
            self._relation = self._opened(start, kind)
        self._at, self._kind = start, kind
        return self._relation

    def _only_items(self, start: int, end: int, kind: str | None) -> bool:
        lines = self._text[start:end].split("\n")[1:]
        return all(_kind(line) == kind for line in lines if line.strip())

    def _opened(self, start: int, kind: str | None) -> tuple[str, bool] | None:
        """Return the relation stated by the line before the first item of the list."""
        lines = self._text[max(0, start - _REACH) : start].split("\n")[-_LINES:]
        for line in reversed(lines):
            if not line.strip() or (_kind(line) == kind and not line.rstrip().endswith(":")):
                continue
            lead = _LEAD.search(line.strip())
            if lead and _DOCUMENTS.search(line) and not _PIECES.search(line):
                told = lead.lastgroup == "repeals" and _PUBLISHED.search(line)
                return (EXPIRED if told else str(lead.lastgroup)), "một phần" in line.lower()
            return None
        return None


def _kind(line: str) -> str | None:
    bullet = _BULLET.match(line)
    return bullet.lastgroup if bullet else None

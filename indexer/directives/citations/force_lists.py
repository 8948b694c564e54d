"""Published lists of documents that are in force or no longer in force; their headings apply to all rows.

A false "in force" or "ended" is worse than no statement. Therefore only rows count that begin with a single document, below a
heading that states exactly one thing. Such lists have parts ("A. … hết hiệu lực toàn bộ", "B. … một phần") and continue over
several pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.directives.citations.mention import AFFIRMS, EXPIRED, Citation
from indexer.directives.citations.passive import names_piece
from indexer.directives.codes import WORDS

_TYPE = "|".join(sorted(WORDS, key=len, reverse=True))
_NUMBERED = r"(?:(?:phụ lục|biểu|mẫu|phần)[^\n]{0,20}\n?\W*|(?:[IVX]{1,4}|[A-D]|\d{1,2})[.)]\s*)"
_OPENS = re.compile(
    rf"^[^\w\n]*(?:{_NUMBERED}?(?:danh mục|phụ lục)(?!\w)|{_NUMBERED}?(?:các )?văn bản(?! hợp nhất)(?!\w)"
    r"(?=[^.;:\n]{0,200}hiệu lực))"
    r"[^.;:]{0,400}?(?=\n[^\w\n]*\d{1,4}[.)]?[\s|]|\n[^\w\n]*(?:stt|tt)\b|\n\s*\n\s*\n|[.;:]|\Z"
    r"|\n[^\w\n]*(?:[IVX]{1,4}|[A-D])[.)]\s)",
    re.IGNORECASE | re.MULTILINE,
)
_HOLDS = re.compile(
    r"văn bản.{0,200}(?<!không )(?:còn|đang có)\s+hiệu lực(?! một phần)", re.IGNORECASE | re.DOTALL
)
_ENDED = re.compile(r"văn bản.{0,200}?(?:hết|không còn|chấm dứt)\s+hiệu lực", re.IGNORECASE | re.DOTALL)
_OTHERWISE = re.compile(
    r"hết hiệu lực|ng[ưừ]ng hiệu lực|không còn|một phần|đình chỉ|bãi bỏ|thay thế|sửa đổi|hủy bỏ|huỷ bỏ",
    re.IGNORECASE,
)
_SUSPENDED = re.compile(
    r"ng[ưừ]ng hiệu lực|còn hiệu lực(?<!không còn hiệu lực)|sửa đổi|ban hành mới", re.IGNORECASE
)
_IN_PART, _WHOLLY = re.compile(r"một phần", re.IGNORECASE), re.compile(r"toàn bộ", re.IGNORECASE)
_ROW = re.compile(
    rf"[^\w\n]*(?:(?P<row>\d{{1,4}})[.)]?[\s|]+|(?P<dash>[-–+•*])\s+)(?:(?:{_TYPE})[\s|]+)?(?:số[\s:|]*)?",
    re.IGNORECASE,
)
_ROW_ENDS = re.compile(r"hết hiệu lực|ng[ưừ]ng hiệu lực|một phần", re.IGNORECASE)
_ROW_SAYS = re.compile(r"hết hiệu lực|bãi bỏ|thay thế", re.IGNORECASE)
_ROW_IN_PART = re.compile(r"một phần|(?<!\w)(?:điều|khoản|điểm) \d", re.IGNORECASE)
_LONGEST_ROW = 600
_LONGEST_HEADING = 160
_PLAIN = frozenset(["according_to", "issues"])
"""Relations with which the statement of a heading may be combined."""
_WORDS = ("anh mục", "ANH MỤC", "ăn bản", "ĂN BẢN")
"""One of these is in every opening of a list; plain text is fast to search for."""


class ForceLists:
    """The lists of one file, read page by page in order, since a list may continue on the next page."""

    def __init__(self) -> None:
        self._heading = ""
        self._relation: str | None = None
        self._part: bool | None = False
        self._row = 0

    def read(self, text: str, citations: Sequence[Citation]) -> Iterator[Citation]:
        """Yield ``citations`` in the NFC ``text`` of a page; the first document of each list row gets the relation of the heading."""
        speaks = self._relation or (
            ("hiệu lực" in text or "HIỆU LỰC" in text) and any(w in text for w in _WORDS)
        )
        headings = list(_OPENS.finditer(text)) if citations and speaks else []
        for citation in citations:
            while headings and headings[0].end() <= citation.start:
                self._open(headings.pop(0)[0])
            stop = headings[0].start() if headings else len(text)
            yield self._of_row(text, citation, stop) if self._relation else citation

    def _open(self, heading: str) -> None:
        words = " ".join(heading.split())
        self._heading, self._relation, self._row, self._part = words[:_LONGEST_HEADING], None, 0, False
        if _HOLDS.search(words) and not _OTHERWISE.search(words):
            self._relation = AFFIRMS
        elif _ENDED.search(words) and not re.search(r"(?<!không )còn hiệu lực", words, re.IGNORECASE):
            self._relation = EXPIRED
            part, whole = _IN_PART.search(words), _WHOLLY.search(words)
            # "hết hiệu lực, ngưng hiệu lực toàn bộ hoặc một phần": each row must say which.
            self._part = None if (part and whole) or _SUSPENDED.search(words) else part is not None

    def _of_row(self, text: str, citation: Citation, stop: int) -> Citation:
        line = text.rfind("\n", 0, citation.start) + 1
        row = _ROW.fullmatch(text, line, citation.start)
        # Lines within a cell may begin with a number, too, so rows are counted.
        if row is None or (row["row"] and int(row["row"]) not in (1, self._row + 1)):
            return citation
        self._row = int(row["row"]) if row["row"] else self._row
        opens = rf"\n[^\w\n]*{self._row + 1}[.)]?[\s|]" if row["row"] else r"\n"
        following = re.compile(opens).search(text, citation.end, stop)
        end = min(following.start() if following else stop, citation.end + _LONGEST_ROW)
        if citation.relation not in _PLAIN:
            return citation
        if self._relation == AFFIRMS:
            holds = not _ROW_ENDS.search(text, citation.end, end)
            return replace(citation, relation=AFFIRMS, heading=self._heading) if holds else citation
        part = self._part or names_piece(citation, text[line : citation.start])
        if self._part is None:
            says = _ROW_SAYS.search(text, citation.end, end)
            if says is None or _SUSPENDED.search(text, citation.end, end):
                return citation
            part = _ROW_IN_PART.search(text, citation.end, end) is not None
        elif not part and _IN_PART.search(text, citation.end, end):
            part = True
        return replace(citation, relation=EXPIRED, part=bool(part), heading=self._heading)

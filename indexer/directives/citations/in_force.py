"""Statements that a document is in force: "Luật A hiện còn hiệu lực".

A false "in force" is worse than no statement. Therefore only plain statements count: about a whole document at the start of its
clause, in a sentence that expresses no doubt, question, condition, time limit or exception.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.directives.citations import wording
from indexer.directives.citations.mention import AFFIRMS, Citation
from indexer.directives.citations.passive import names_piece, undesignated
from indexer.directives.citations.sentences import sentence_end, sentence_start
from indexer.directives.codes import ISSUERS, WORDS
from indexer.vietnamese.letters import CAPITALS

_TYPE = "|".join(sorted(WORDS, key=len, reverse=True))
_NAMED = re.compile(
    rf"(?<!\w)(?:(?:{_TYPE})(?: số)?|(?:bộ luật|luật|pháp lệnh)"
    r"(?: (?!này|theo|cấp|hướng|quy|sửa|bổ|thay|về|của|do|có|còn|số)[^\W\d_]+){1,20} số)[\s:“\"]*$",
    re.IGNORECASE,
)
"""Type, or name of a law, before a number."""
_DAY = r"(?:\(?(?:ban hành )?ngày \d{1,2}(?:[/.-]\d{1,2}[/.-]\d{4}| tháng \d{1,2} năm \d{4})\)?)?"
_PLACE = rf"(?: (?:tỉnh|thành phố|huyện|quận|xã|phường|thị xã)(?: [{CAPITALS}][\w'-]*){{1,4}})?"
_ISSUER = rf"(?:(?:của |do )?(?:{'|'.join(sorted(map(re.escape, set(ISSUERS.values())), key=len, reverse=True))}){_PLACE})?"
_ADVERB = r"(?:hiện(?: nay| tại| giờ)?|(?:cho |tính )?(?:đến|tới) nay|vẫn|đang|đều|cũng)"
_DETAILS = rf"[\s,]*{_DAY}[\s,]*{_ISSUER}[\s,]*"
_STATES = re.compile(rf"{_DETAILS}(?:(?:{_ADVERB}[\s,]+)*còn|(?:{_ADVERB}[\s,]+)+có)\s+", re.IGNORECASE)
_ENDS = re.compile(
    r"hiệu lực(?: thi hành| pháp lý| pháp luật)?(?=\s*(?:[.;)”\"]|,(?! (?:trừ|ngoại|riêng|đến|tới))|\n|$)| (?:và|nhưng|nên) )"
)
_OPENS = re.compile(
    r"(?:[,:–][\s“\"]*|(?<!\w)(?:rằng|khẳng định|xác nhận|nêu rõ|hiện|hiện nay|hiện tại|đến nay|tuy nhiên|như vậy)[\s,:“\"]*)$",
    re.IGNORECASE,
)
_DOUBTED = re.compile(
    r"\?|(?<!\w)(?:nếu|giả sử|trừ|liệu|hay không|phải chăng|không còn|chưa|khi|lúc|trong thời gian|thời điểm|bấy giờ|trước đây"
    r"|trước kia|trước ngày|sau khi|một phần|sẽ|tạm|hết hiệu lực|ng[ưừ]ng hiệu lực|bãi bỏ|thay thế|hủy bỏ|huỷ bỏ|đình chỉ"
    r"|đề nghị|đề xuất|kiến nghị|dự thảo|dự kiến|nhầm|tưởng|tin đồn|tin giả|cho rằng|đến hết|đến ngày|cho đến|tới khi)(?!\w)(?! nay)",
    re.IGNORECASE,
)
_THEN = re.compile(r"(?<!\w)(?:năm|giai đoạn|thời kỳ) \d{4}", re.IGNORECASE)
"""A year before the document refers to another time."""
_PLAIN = frozenset(["according_to", "issues"])
"""Relations with which a statement may be combined."""


def with_statements(text: str, citations: Sequence[Citation]) -> list[Citation]:
    """Return ``citations`` of NFC ``text``, in order; those stated to be in force get the relation ``affirms``."""
    found = list(citations)
    ends = {citation.end: n for n, citation in enumerate(citations)}
    at = text.find("hiệu lực")
    n = -1
    while at != -1:
        if _ENDS.match(text, at):
            while n + 1 < len(found) and found[n + 1].end <= at:
                n += 1
            if n >= 0 and ends.get(found[n].end) == n and _STATES.fullmatch(text, found[n].end, at):
                for one in _stated(text, citations, n, at):
                    found[one] = replace(found[one], relation=AFFIRMS)
        at = text.find("hiệu lực", at + 1)
    return found


def _stated(text: str, citations: Sequence[Citation], last: int, at: int) -> Sequence[int]:
    """Return those of ``citations``, up to ``last``, that the statement at ``at`` says to be in force."""
    start, end = sentence_start(text, citations[last].start), sentence_end(text, at)
    first = last
    while first and citations[first - 1].start >= start and _joined(text, citations, first):
        first -= 1
    head = text[start : citations[first].start]
    clause = _NAMED.sub("", head) if text[citations[first].start].isdigit() else head
    members = range(first, last + 1)
    plain = (
        (wording.BULLET.fullmatch(clause) or _OPENS.search(clause))
        and not _DOUBTED.search(text[start:end])
        and not _THEN.search(clause)
        and all(citations[n].relation in _PLAIN and citations[n].subject is None for n in members)
        and not any(names_piece(citations[n], text[start : citations[n].start]) for n in members)
    )
    return members if plain else ()


def _joined(text: str, citations: Sequence[Citation], n: int) -> bool:
    gap = text[citations[n - 1].end : citations[n].start]
    return wording.DETAILS.fullmatch(undesignated(citations[n], gap)) is not None

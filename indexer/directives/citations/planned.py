"""Changes that are requested, planned or discussed: they change nothing yet."""

from __future__ import annotations

import re

from indexer.directives.citations.wording import CHANGING

_ASKED = re.compile(
    r"(?<!\w)(?:đề nghị|đề xuất|kiến nghị|dự thảo|dự án|góp ý|(?:lấy|cho|xin) ý kiến|hội thảo|tọa đàm|toạ đàm|thảo luận"
    r"|nghiên cứu|xem xét|tham mưu|soạn thảo|dự kiến|tiến tới|chỉ đạo|chuẩn bị|cần thiết|sắp tới|tới đây|mong|khi có"
    r"|(?:trong|đang) quá trình|đang xây dựng|xây dựng để|(?<!\w)(?:yêu cầu|giao) (?:Bộ|Sở|UBND|Ủy ban|Uỷ ban)"
    r"|xin(?: phép)?|trình(?= (?:Quốc hội|QH|Chính phủ|Thủ tướng|HĐND|UBND|Ủy ban|Uỷ ban|ban hành|cấp có)))(?!\w)[^,;.]{0,60}$"
    r"|(?<!\w)(?:sẽ|đang|cần phải|cần|phải|nên|(?:không|chưa)(?: có| được| thể| hề)?)\s*$"
    r"|(?<!\w)(?:cần sớm|giải pháp)(?!\w)[^,;.]{0,60}$|(?<!\w)chờ(?!\w)[^;.]{0,40}$",
    re.IGNORECASE,
)
"""Words for a request, plan or discussion."""
_TOPIC = re.compile(
    r"(?<!về )(?<!hoàn tất )(?<!xong )(?<!\w)(?:việc|(?<!văn )bản|quá trình|chủ trương|phương án|phạm vi)\s*$"
    r"|(?<!\w)(?:bàn|trao đổi|thông tin|phản hồi|tranh luận|ý kiến|hỏi) về(?: việc)?\s*$",
    re.IGNORECASE,
)
"""A topic of discussion: "việc sửa đổi Luật … là cần thiết"."""
_INHERITS = re.compile(r"(?<!\w)(?:trên cơ sở|kế thừa và)(?!\w)[^,;.]{0,40}$", re.IGNORECASE)
"""A later document that builds on another does not amend it: "kế thừa và sửa đổi, bổ sung Quyết định A"."""
_SUED = re.compile(r"(?<!\w)(?:yêu cầu|khởi kiện)(?!\w)[^.;]{0,60}$", re.IGNORECASE)
"""Claims in court against a decision."""
_WISHED = re.compile(
    r"(?<!\w)(?:định hướng|tham vấn|trình (?:dự thảo|chính sách)[^,;.]{0,40})\s*$|(?<!\w)theo tôi, (?:cần|nên)(?!\w)[^.;]{0,150}$"
    r"|(?<!\w)cần (?:sớm |phải )?(?:sửa đổi|ban hành|xây dựng|thay thế)(?!\w)[^.;]{0,80}$",
    re.IGNORECASE,
)
"""Opinions about what should be done."""
_TASK = re.compile(r"(?<!đã )(?<!\w)(?:rà soát|nghiên cứu)(?:, [^,;.]{1,20}){0,2}[,\s]*$", re.IGNORECASE)
"""Tasks to examine something."""
_COMMITTEE = re.compile(
    r"(?<!\w)Ban (?:Chỉ đạo|soạn thảo)[^,;.\n]{0,80} (?:về|để)(?!\w)[^,;.\n]{0,80}$", re.IGNORECASE
)
"""The purpose of a committee changes nothing yet."""
_PROPOSALS = re.compile(
    r"(?<!\w)(?:kiến nghị|đề xuất|đề nghị)(?!\w)[^.;:\n]{0,60}:[^.\n]{0,400}$", re.IGNORECASE
)
"""Words that open a list of requests."""
_CHANGE_LISTED = re.compile(rf"(?<=\w),? (?:và |hoặc )?{CHANGING}(?!\w)", re.IGNORECASE)


def is_planned(relation: str, words: str) -> bool:
    """Return whether a change after ``words`` is requested, discussed or somebody's task."""
    words = _CHANGE_LISTED.sub(" ", words)  # its comma divides nothing
    if relation == "amends" and (_TOPIC.search(words) or _INHERITS.search(words)):
        return True
    if (relation == "repeals" and _SUED.search(words)) or _WISHED.search(words):
        return True
    return _ASKED.search(words) is not None or _TASK.search(words) is not None


def is_asked(opening: str, before: str) -> bool:
    """Return whether the ``opening`` of a sentence states the purpose of a committee, or ``before`` opens a list of proposals."""
    return _COMMITTEE.search(opening) is not None or _PROPOSALS.search(before) is not None

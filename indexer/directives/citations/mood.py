"""Sentences that do not report a change as done: they deny, ask, suppose or announce it.

Of several such words, the last one before the change decides: "đã đề nghị bãi bỏ" is a request, while "dự kiến trước đây nay đã
bãi bỏ" is done.
"""

from __future__ import annotations

import re

from indexer.directives.citations.wording import CHANGING
from indexer.directives.codes import WORDS

_TYPE = "|".join(sorted((*WORDS, "luật", "bộ luật", "pháp lệnh", "văn bản"), key=len, reverse=True))
_CHANGING = (
    r"(?:[Nn]ghị định|[Nn]ghị quyết|[Tt]hông tư(?: liên tịch)?|Quyết định|quyết định mới"
    r"|[Cc]hỉ thị|(?:[Bb]ộ )?[Ll]uật|[Pp]háp lệnh|văn bản)"
)
_REACH, _SENTENCE = 160, 400
"""Number of characters before a change in which such words count, within its clause and within its sentence."""
_LISTED = re.compile(rf"(?<=\w),? (?:và |hoặc )?{CHANGING}(?!\w)", re.IGNORECASE)
"""A change before the last one in a list; its comma separates nothing."""
_JOINS = re.compile(rf"(?P<change>{CHANGING}),?\s(?:và |hoặc )?$", re.IGNORECASE)
_DIVIDES = re.compile(r"[;:.]\s|,\s(?!(?:trong đó|đồng thời|theo hướng|nhằm|để|cụ thể là|và)(?!\w))")
_DONE = r"(?P<done>đã|vừa|chính thức)"
_WANTED = (
    r"sẽ|sắp|tới đây|dự kiến|khẩn trương|mục tiêu|hồ sơ|tờ trình|dự luật|dự thảo|sự cần thiết|biên tập|soạn thảo|chưa kịp thời"
    r"|(?<!theo )(?:đề xuất|đề nghị|kiến nghị)|phản đối|không (?:đồng ý|nhất trí|tán thành)|chính sách mới"
    r"|đang (?:xây dựng|hoàn thiện|nghiên cứu|lấy ý kiến|(?:được )?giao)|(?:giao|yêu cầu) (?:cho )?(?:Chủ tịch|các|cơ quan)"
    r"|(?<!chương )(?<!quy )(?<!quá )(?<!công )(?<!lộ )(?<!lịch )trình(?! tự| độ| diễn)|(?:yêu cầu|nhu cầu) (?:cấp bách|cấp thiết)"
    r"|(?:cần|phải) (?:sớm|khẩn trương|ban hành|có)|(?:kế hoạch|lộ trình)(?=(?: để)?\s*$)|(?:sớm|khi|hoàn thành(?: việc)?)(?=\s*$)"
)
_CLAUSE = re.compile(rf"(?<!\w)(?:{_DONE}|{_WANTED})(?!\w)", re.IGNORECASE)
_WHOLE = re.compile(
    rf"(?<!\w)(?:{_DONE}|{_WANTED}|cần|phải|nên|giao (?:Bộ|Sở|UBND|Ủy ban|Uỷ ban)|hội thảo|tọa đàm|toạ đàm|góp ý|cho ý kiến|thảo luận"
    r"|xem xét|kỳ vọng|việc ban hành|(?<!Bộ )(?<!Sở )xây dựng (?:các văn bản|nghị định|luật|thông tư)|chương trình công tác|đề án"
    r"|trọng tâm|hoàn thành)(?!\w)",
    re.IGNORECASE,
)
"""Words that affect the rest of the sentence if a change has no named author."""
_ITSELF = re.compile(rf"(?<!\w)(?:{_TYPE}) này(?!\w)", re.IGNORECASE)
_SUPPOSED = re.compile(
    r"(?:^\W*|[,;:]\s)(?:nếu|giả sử|liệu|phải chăng|(?:trong )?trường hợp)(?!\w)[^,;:]*$", re.IGNORECASE
)
_EXPECTED = re.compile(r"^\W*dự kiến(?!\w)", re.IGNORECASE)
_WHEN = re.compile(r"(?:^\W*|[,;:]\s)khi(?!\w)[^,;:]*$", re.IGNORECASE)
_ASKS, _ASKED = re.compile(r"(?<!\w)có\s*$", re.IGNORECASE), re.compile(r"[^.;]*(?<!\w)(?:không|chưa)\s*\?")
_TOPIC = re.compile(r"(?<!về )(?<!\w)(?:việc|phạm vi|trọng tâm)\s*$", re.IGNORECASE)
_JUDGED = re.compile(
    r"[^.;]{0,160}(?<!\w)(?:là|còn) (?:rất |hết sức |hoàn toàn )?(?:cần thiết|chưa|không|phù hợp|hợp lý|tất yếu|yêu cầu)(?!\w)"
    r"| lần này(?!\w)",
    re.IGNORECASE,
)
"""Judgements about a change under discussion: "việc bãi bỏ … là chưa phù hợp"."""
_TO_COME = re.compile(
    r"(?:\s(?:sẽ|cần|dự kiến|đang)(?!\w)|[^.;,]{0,60} sẽ được(?!\w)|[^.;,]{0,60} theo hướng(?!\w))",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    rf"(?P<before>.*?)(?<!\w)(?:một |các |những )?{_CHANGING}(?: mới)?(?: (?:để|nhằm))?\s*$", re.DOTALL
)
"""A document without a number that makes the change: "Nghị định mới thay thế …"."""
_OPENS = re.compile(r"(?:^\W*|[,;:]\W*|\d[.)]\s*)$")
_EXISTS = re.compile(
    r"(?<!\w)(?:đã|vừa|ký|ra|có|ban hành|thông qua|công bố|hợp nhất|đính chính|bãi bỏ|sửa đổi|hướng dẫn|thực hiện|triển khai|thi hành"
    r"|theo|tại|căn cứ|phổ biến|tuyên truyền|quán triệt)(?!\w)",
    re.IGNORECASE,
)
"""Words that at least show that a document without a number was issued."""
_NOT_ENDED = re.compile(
    r"(?<!\w)(?:(?:chưa|không(?! còn)|nên|có thể|(?:được )?(?:đề nghị|đề xuất|kiến nghị)|dự kiến|cần|phải)(?: \w+){0,2}"
    r"|sẽ(?= (?:bị|được)))\s(?:hết hiệu lực|(?:bị|được) \w+ bỏ|chấm dứt hiệu lực)$",
    re.IGNORECASE,
)
_TO_SAY = re.compile(
    r"(?<!\w)(?:phải|cần|nên|đề nghị|yêu cầu|kiến nghị|sẽ) (?:sớm )?(?:tuyên bố|công bố|coi|xem)(?: \w+){0,2}\s*$",
    re.IGNORECASE,
)


def is_open(opening: str, head: str, after: str, named: bool) -> bool:
    """Return whether a change is not reported as done: ``head`` precedes its words, ``after`` follows the document.

    ``opening`` is the part of the sentence before ``head``. ``named``: a document with a number or name makes the change; what
    is said about that document then matters less.
    """
    words = _LISTED.sub(" ", _JOINS.sub(r"\g<change>", head[-_REACH:]))
    if _SUPPOSED.search(words) or (_ASKS.search(words) and _ASKED.match(after)):
        return True
    if _TOPIC.search(words) and _JUDGED.match(after):
        return True
    if named:
        return False
    clause = _DIVIDES.split(words)[-1]
    if (_is_last(_CLAUSE, clause) and not _ITSELF.search(clause)) or _WHEN.search(words):
        return True
    whole = (opening + head)[-_SENTENCE:]
    unnamed = _UNNAMED.fullmatch(words)
    if (unnamed or not clause.strip(' \n\t–-“"(')) and _is_last(_WHOLE, whole) and not _ITSELF.search(whole):
        return True
    if "đã" not in clause and (_TO_COME.match(after) or _EXPECTED.match(opening + head)):
        return not _ITSELF.search(clause)
    if unnamed is None or _OPENS.search(unnamed["before"]):
        return False
    return _EXISTS.search(unnamed["before"]) is None


def _is_last(words: re.Pattern[str], text: str) -> bool:
    """Return whether the last of ``words`` in ``text`` is not followed by words for something done."""
    said = list(words.finditer(text))
    return bool(said) and said[-1]["done"] is None


def is_not_ended(said: str, before: str) -> bool:
    """Return whether words after a document, up to those of its end, deny the end, or words ``before`` it only suppose it."""
    if _NOT_ENDED.search(said):
        return True
    return any(pattern.search(before) for pattern in (_SUPPOSED, _WHEN, _TO_SAY))

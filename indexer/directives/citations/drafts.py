"""Draft laws: "dự thảo Luật …", and lists opened by "các dự án luật gồm:"."""

from __future__ import annotations

import re

_DRAFT = re.compile(
    r"(?:dự thảo(?: về)?|dự án(?: về)?|dự luật|(?<!\w)dự|đề nghị xây dựng|hồ sơ|xây dựng(?: dự án)?)"
    r"(?: (?:các|sửa đổi|bổ sung))*[\s“\"]*$"
    r"|đổi tên dự án [^.;:\n]{1,50} thành[\s“\"]*$"
    r"|(?<!\w)(?:sẽ|dự kiến|sắp)(?: [^\W\d_]+){0,3} (?:thông qua|xem xét|thảo luận|cho ý kiến|bàn|ban hành)(?: [^\W\d_]+){0,3}"
    r"[\s“\"]*$",
    re.IGNORECASE,
)
_DRAFTS = re.compile(
    r"(?:(?:đã |vừa )[^.;:\n]{0,60})?(?:(?:các|những|\d+) )?(?:dự án|dự thảo|dự luật)"
    r"(?! (?:đầu tư|xây dựng|đường|khu|nhà))(?!\w)[^.;:\n]{0,120}$"
    r"|(?<!đã )(?<!vừa )(?<!\w)trình Quốc hội (?:xem xét, )?(?:thông qua|cho ý kiến)[^.;:\n]{0,40}$",
    re.IGNORECASE,
)
_SUCH_AS = re.compile(
    r"(?:các|những|một số|nhiều|\d+) (?:(?:dự án|dự thảo) luật|dự luật)(?!\w)[^.;:\n]{0,120}$", re.IGNORECASE
)
_PASSED = re.compile(r"(?<!\w)(?:đã|vừa)(?!\w)[^:]{0,60}thông qua", re.IGNORECASE)
_LIST_ENDS = re.compile(
    r"[.!?…]\s|\n(?!\s*(?:[-–•*+]|\d|Luật|Bộ luật|Pháp lệnh))|(?<!\w)(?:theo|tại|của Nghị) "
)
_LIST = 800
"""Number of characters in which to look for the start of a list of drafts, and the words that end it."""
_WORDS = ("ự án", "ự thảo", "ự luật", "rình Quốc hội")
"""One of these is in every opening of a list; plain text is fast to search for."""
_PLURAL = re.compile(
    r"(?<!\w)(?:các|những|\d+) (?:dự án|dự thảo) (?:(?:Bộ l|bộ l|L|l)uật (?:(?!uật|được|theo)[^.;:,()\n]){2,70}"
    r"(?: \([^()\n]{2,30}\))?(?:[,;] | và ))+$"
)
"""What precedes the second and later drafts in "các dự án Luật A, Luật B"."""
_BEFORE = 160
"""Number of characters before a list in which the words that open it must be."""


def is_draft(text: str, start: int) -> bool:
    """Return whether the law named at ``start`` is a draft, by the words before it or those that open its list."""
    if _DRAFT.search(text, max(0, start - 70), start):
        return True
    window = max(0, start - _LIST - _BEFORE)
    if all(text.find(word, window, start) == -1 for word in _WORDS):
        return False
    if _PLURAL.search(text, max(0, start - _BEFORE), start):
        return True
    opening = max(text.rfind(words, max(0, start - _LIST), start) for words in (":", " gồm ", " đó là "))
    such_as = text.rfind(" như ", max(0, start - _LIST), start)
    if such_as > opening and _SUCH_AS.search(text, max(0, such_as - _BEFORE), such_as):
        opening = such_as
    if opening == -1 or _LIST_ENDS.search(text, opening, start):
        return False
    drafts = _DRAFTS.search(text, max(0, opening - _BEFORE), opening)
    return drafts is not None and not _PASSED.search(drafts[0])

"""Words after a document that state its end, and whether they concern all of it."""

from __future__ import annotations

import re

from indexer.directives.citations import wording
from indexer.directives.citations.mood import is_not_ended

_ENDS = wording.AFTER[0][1]
_OF_ANOTHER = re.compile(
    r"(?<!\w)(?:danh mục|đề mục|các văn bản|văn bản quy phạm|văn bản (?:có|được|này|đó)"
    r"|về việc (?:lệnh|giấy phép|hợp đồng)|(?:các )?quy định (?:này|đó|trên)|thì)(?!\w)|[“:]",
    re.IGNORECASE,
)
"""Words that attribute a following end to something else: "… thì quy định này đã được bãi bỏ"."""
_FOLLOWS = re.compile(
    r"(?<!\w)(?:theo(?: đúng)?|căn cứ(?: vào| theo)?|thuộc)(?: quy định)?(?: (?:tại|của))?\s*$", re.IGNORECASE
)
"""Words before a document by which something else ends."""
_ITSELF = re.compile(r"[\s,(]*(?:vốn |nay |hiện |nhưng |mà )*(?:đã|không còn)(?!\w)", re.IGNORECASE)
"""Words right after a document that refer to the document itself: "căn cứ theo Luật A vốn đã hết hiệu lực"."""
_IN_PART = re.compile(r"[^.;]{0,250}?\bhết hiệu lực(?: thi hành)? một phần\b", re.IGNORECASE)
_STAYS = re.compile(
    r"(?<!\w)trừ\s[^;.]{3,300}?(?:tiếp tục|vẫn|còn) (?:còn )?có hiệu lực(?![^;.]{0,30}\sđến\s+(?:hết\s+)?ngày)"
)
"""Parts that remain in force although the rest ends, without an end date."""


def ends(after: str, before: str = "") -> bool:
    """Return whether the words ``after`` a document state its end; ``before`` may say that something else ends by it."""
    said = _ENDS.match(after)
    if said is None or _OF_ANOTHER.search(said[0]) or is_not_ended(said[0], before):
        return False
    return _ITSELF.match(said[0]) is not None or not _FOLLOWS.search(before)


def ends_in_part(text: str, start: int, end: int) -> bool:
    """Return whether ``text[start:end]``, after a document that ends, says that only a part ends or that a part remains."""
    return (_IN_PART.match(text, start, end) or _STAYS.search(text, start, end)) is not None

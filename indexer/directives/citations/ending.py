"""Words behind a document that say that it ends, and whether all of it does."""

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
"""What stands before words of an end that are of something else: "… thì quy định này đã được bãi bỏ"."""
_FOLLOWS = re.compile(
    r"(?<!\w)(?:theo(?: đúng)?|căn cứ(?: vào| theo)?|thuộc)(?: quy định)?(?: (?:tại|của))?\s*$", re.IGNORECASE
)
"""What stands before a document by which something else ends."""
_ITSELF = re.compile(r"[\s,(]*(?:vốn |nay |hiện |nhưng |mà )*(?:đã|không còn)(?!\w)", re.IGNORECASE)
"""What is said right behind a document is of it: "căn cứ theo Luật A vốn đã hết hiệu lực"."""
_IN_PART = re.compile(r"[^.;]{0,250}?\bhết hiệu lực(?: thi hành)? một phần\b", re.IGNORECASE)
_STAYS = re.compile(
    r"(?<!\w)trừ\s[^;.]{3,300}?(?:tiếp tục|vẫn|còn) (?:còn )?có hiệu lực(?![^;.]{0,30}\sđến\s+(?:hết\s+)?ngày)"
)
"""Of what ends otherwise: pieces that go on, without a day on which they end."""


def ends(after: str, before: str = "") -> bool:
    """Whether the words ``after`` a document say that it ends; ``before`` may say that something else does, by it."""
    said = _ENDS.match(after)
    if said is None or _OF_ANOTHER.search(said[0]) or is_not_ended(said[0], before):
        return False
    return _ITSELF.match(said[0]) is not None or not _FOLLOWS.search(before)


def ends_in_part(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]``, behind a document that ends, says that only a part of it does, or that a part stays."""
    return (_IN_PART.match(text, start, end) or _STAYS.search(text, start, end)) is not None

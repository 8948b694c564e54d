"""Words of a relation that do not state it: denied, looked up, meant in general, or not adopted yet."""

from __future__ import annotations

import re

_FOUND_IN = re.compile(
    r"(?:hướng dẫn|quy định (?:cụ thể|chi tiết))(?: (?:cụ thể|chi tiết))?(?: của [^,;.]{1,40})? (?:tại|trong|ở)\s*",
    re.IGNORECASE,
)
"""Where something is regulated: "được quy định cụ thể tại Thông tư A"."""
_NOUN = re.compile(r"(?:các |theo |căn cứ (?:vào )?)hướng dẫn của\s*$", re.IGNORECASE)
_WISHED = re.compile(
    r"(?<!\w)(?:(?:cần|phải|sớm|chậm)(?: \w+){0,3}|(?:yêu cầu|kiến nghị|đề nghị)(?: [^,;.]{1,40})?)\s*$",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"(?<!hoặc )(?<!\w)(?:chưa|không|chậm)(?: được)?(?: (?:tổ chức|nghiêm túc|kịp thời))?\s*$", re.IGNORECASE
)
_LAW_AT_LARGE = re.compile(r"(?:,| và) (?:các )?(?:pháp luật|luật)(?!\w)", re.IGNORECASE)
"""Words after the constitution if the law in general is meant: "chấp hành Hiến pháp và pháp luật"."""
_EXTENDED_BY = re.compile(r"(?:kéo dài|gia hạn)[^,;.]{0,40} (?:tại|theo)\s*$", re.IGNORECASE)
_SUPPOSED = re.compile(r"(?<!\w)nếu\s*$", re.IGNORECASE)
_ADOPTED_WHEN = re.compile(
    r"\s(?:sau khi|khi) [^.;,]{0,60}?(?:ban hành|thông qua),? (?:sẽ|thì)(?!\w)"
    r"|\s(?:chỉ )?được [^.;,]{0,40}?(?:ban hành|thông qua) khi(?!\w)",
    re.IGNORECASE,
)
"""Words that tell when a law will or would be adopted."""


def is_mere(relation: str, key: str, words: str, head: str, after: str) -> bool:
    """Return whether ``words`` of a relation, after ``head``, do not concern the document with this ``key``."""
    if key == "law:hien_phap" and relation in ("carries_out", "guides"):
        return _LAW_AT_LARGE.match(after) is not None
    if relation == "guides":
        wished = _WISHED.search(head)
        return bool(wished or _FOUND_IN.fullmatch(words) or _NOUN.search(head + words))
    if relation == "carries_out":
        return _DENIED.search(head) is not None
    return relation == "extends" and _EXTENDED_BY.search(words) is not None


def is_unadopted(head: str, after: str) -> bool:
    """Return whether the words ``after`` a document say that it will or would be adopted: "nếu Luật A được thông qua"."""
    return _SUPPOSED.search(head) is not None or _ADOPTED_WHEN.match(after) is not None

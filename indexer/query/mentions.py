"""Document numbers among the words of a query: their extent, the documents they may mean, and which of the other words are
their subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from indexer.directives.number import number_of_key
from indexer.directives.pattern import NumberPattern
from indexer.directives.typed import read_file_name, read_typed
from indexer.directives.typed_names import may_begin
from indexer.query import tree
from indexer.query.laws import is_law_name
from indexer.vietnamese.terms import syllables

_LONGEST = 24
"""Maximum length of a number in words: "Quyết định số 5 ngày 19 tháng 5 năm 2026 của Ủy ban nhân dân tỉnh …" has 17."""
_LAW_NUMBER = re.compile(r"(?:1[3-9]|[2-9][0-9]|1[0-9]{2})/20[0-9]{2}")
"""A number after the name of a law: "luật đất đai 31/2024". Up to 12 it may be a month."""
_MONTH = re.compile(r"(?:0?[1-9]|1[0-2])/20[0-9]{2}")
"""After the full name of a law, it may be a number as well: "bộ luật lao động 10/2012"."""
_LISTED = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,2}|[a-z])?(?:/(?:19|20)[0-9]{2})?[,;]?")
_COUNTS = frozenset("2 3 4 5 02 03 04 05 hai ba bon nam cac nhung ca".split())
"""Words for the length of a list."""
_LONGEST_LAW = 12
"""Maximum number of words between "luật" and the number of the law."""
_NO_TYPE = {
    "luat": frozenset(("ky", "phap", "quy", "trat", "am")),
    "da": frozenset(("toi", "lan", "cay", "tran", "bong", "nha", "ban")),
    "pa": frozenset(("sa",)),
    "lenh": frozenset(("hieu", "menh", "khau")),
    "chi": frozenset(("dia", "tap", "bao")),
}
"""First syllables of document types -> preceding syllables that form another word with them: "kỷ luật", "tối đa", "Sa Pa"."""
_MOST_DOCUMENTS = 32
"""Maximum number of documents that type and number may mean: in half a gazette, "thông tư 1" means 25."""
_SUBJECT = (
    "ve",
    "cua",
    "ngay",
    "quy dinh",
    "qui dinh",
    "huong dan",
    "ban hanh",
    "phe duyet",
    "sua doi bo sung",
    "do",
    "v v",
    "trich yeu",
)
"""Words after the number in a pasted citation that a text need not contain."""


_ASKING = {
    one.toned: one.folded
    for one in syllables(
        "còn hiệu lực không có khi nào từ ngày hết chưa đã nội dung quy qui định gì là về toàn văn tải file word pdf doc docx"
        " download xem tìm mới nhất thay thế sửa đổi bổ sung bởi bằng bị được ở đâu như thế thi hành ban hành chi tiết cho tôi"
        " hỏi muốn biết cần và những các của này tài liệu bản đầy đủ nghị quyết thông luật theo mục điều khoản điểm"
    )
}
"""Syllables of questions about documents, with and without accents."""
_ASKING_FOLDED = frozenset(_ASKING.values())


def mention_at(
    words: Sequence[tree.Word], folded: Sequence[str], at: int
) -> tuple[NumberPattern, int] | None:
    """Return the pattern of the number that begins at ``at`` and the position of the first word after it; None if there is none.

    ``folded`` has the folded syllables of each word.
    """
    text = words[at].text
    if _MONTH.fullmatch(text) and is_law_name(folded[_law_start(folded, at) : at]):
        named = read_typed(["luật", text])
        return (named[0], at + 1) if named else None
    if _LAW_NUMBER.fullmatch(text) and "luat" in folded[max(0, at - _LONGEST_LAW) : at]:
        named = read_typed(["luật", text])
        return (named[0], at + 1) if named else None
    if at and folded[at - 1] in _NO_TYPE.get(folded[at], ()):
        return None
    if not may_begin(folded[at].split(" ", 1)[0]) and not ("_" in text and any(map(str.isdigit, text))):
        return None
    near = words[at : at + _LONGEST]
    if not any(letter.isdigit() for word in near for letter in word.text):
        return None
    if read := read_typed([word.text for word in near], [word.number for word in near]):
        return read[0], at + read[1]
    of_file = read_file_name(text) if "_" in text else None
    return (of_file, at + 1) if of_file else None


def carried_on(
    words: Sequence[tree.Word], at: int, before: NumberPattern
) -> tuple[NumberPattern, int] | None:
    """Return the number at ``at`` in a list whose first number, ``before``, states the type: "nghị định 68, 69 và 70"."""
    label = words[at].text.lower() == "số" and at + 1 < len(words)
    if before.type_word is None or not _LISTED.fullmatch(words[at + label].text):
        return None
    kind = before.type_word.split()
    read = read_typed([*kind, *(word.text for word in words[at : at + _LONGEST])])
    return (read[0], at + read[1] - len(kind)) if read and read[1] > len(kind) else None


def told_by_next(pattern: NumberPattern, following: NumberPattern) -> NumberPattern:
    """Return ``pattern`` completed by what only the last number of a list states: "nghị định 68, 69/2010", "thông tư 34,
    35/2010/TT-BYT".
    """
    if pattern.strict or pattern.year or pattern.day or pattern.issuers or pattern.may_be_year:
        return pattern
    if following.type_name != pattern.type_name:
        return pattern
    return replace(pattern, year=following.year, issuers=following.issuers)


def counts_list(folded: Sequence[str], at: int) -> bool:
    """Tell whether the word at ``at`` is the length of the list after it: "3 nghị định 68, 69, 70"."""
    return folded[at] in _COUNTS


def _law_start(folded: Sequence[str], at: int) -> int:
    """Return the start of the law name that ends before ``at``."""
    start = next((n for n in range(at - 1, max(-1, at - _LONGEST_LAW - 1), -1) if folded[n] == "luat"), at)
    return start - 1 if start and folded[start - 1] == "bo" else start


def only_asks(words: Sequence[tree.Word]) -> bool:
    """Tell whether the words beside a number only ask about the document: "còn hiệu lực không", "toàn văn file word".

    Typed accents distinguish other words with the same letters: "chợ nổi" does not contain "cho" and "nội".
    """
    return all(
        one.toned in _ASKING if one.is_accented else one.folded in _ASKING_FOLDED
        for word in words
        for one in word.syllables
    )


def document_of(pattern: NumberPattern, keys: Sequence[str], sure: bool) -> tree.Document | None:
    """Return the meaning of ``pattern``: the documents with ``keys``, otherwise the likeliest one, if the pattern names one."""
    likeliest = pattern.number_of() if pattern.precise else None
    if not keys and likeliest is None:
        return None
    shown = (number_of_key(keys[0]) if keys else None) or likeliest
    return tree.Document(
        shown.number if shown else keys[0],
        tuple(keys[:_MOST_DOCUMENTS]) or (likeliest.key if likeliest else "",),
        sure,
        _issued(pattern),
        pattern.type_name,
    )


def names_of(pattern: NumberPattern) -> tuple[tree.Reading, ...]:
    """Return the ways in which texts write a type with a number alone: "nghị quyết 57", "nghị quyết số 57"."""
    name = pattern.type_name
    if name is None or pattern.precise:
        return ()
    number = pattern.number.lower()
    return tuple(tree.Reading(f"{name.lower()} {label}{number}", "same") for label in ("", "số "))


def subject_after(folded: Sequence[str], end: int, dated: bool) -> int:
    """Return how many words from ``end`` on are the subject of the document in a citation.

    ``dated`` tells that the date of the document was typed, as it only is in citations.
    """
    if dated:
        return len(folded) - end
    following = " ".join(folded[end : end + 4]) + " "
    return len(folded) - end if following.startswith(tuple(f"{cue} " for cue in _SUBJECT)) else 0


def _issued(pattern: NumberPattern) -> tuple[date, date] | None:
    if pattern.day:
        return pattern.day, pattern.day
    return (date(pattern.year, 1, 1), date(pattern.year, 12, 31)) if pattern.year else None

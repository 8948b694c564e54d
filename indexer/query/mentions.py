"""Document numbers among the words of a query: how far one goes, which documents it may mean, what of the rest is its subject."""

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
"""Words of a number: "Quyết định số 5 ngày 19 tháng 5 năm 2026 của Ủy ban nhân dân tỉnh …" has 17."""
_LAW_NUMBER = re.compile(r"(?:1[3-9]|[2-9][0-9]|1[0-9]{2})/20[0-9]{2}")
"""Behind the name of a law: "luật đất đai 31/2024". Up to 12 it is a month."""
_MONTH = re.compile(r"(?:0?[1-9]|1[0-2])/20[0-9]{2}")
"""Behind the whole name of a law it may be a number as well: "bộ luật lao động 10/2012"."""
_LISTED = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,2}|[a-z])?(?:/(?:19|20)[0-9]{2})?[,;]?")
_COUNTS = frozenset("2 3 4 5 02 03 04 05 hai ba bon nam cac nhung ca".split())
"""How many, before a list."""
_LONGEST_LAW = 12
"""Words of a law's name between "luật" and its number."""
_NO_TYPE = {
    "luat": frozenset(("ky", "phap", "quy", "trat", "am")),
    "da": frozenset(("toi", "lan", "cay", "tran", "bong", "nha", "ban")),
    "pa": frozenset(("sa",)),
    "lenh": frozenset(("hieu", "menh", "khau")),
    "chi": frozenset(("dia", "tap", "bao")),
}
"""Syllables that a type may begin with -> those before them that make another word of both: "kỷ luật", "tối đa", "Sa Pa"."""
_MOST_DOCUMENTS = 32
"""Documents that a type and a number may mean: "thông tư 1" is of 25 in half a gazette."""
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
"""What a pasted citation goes on with behind its number: nothing that a text has to hold."""


_ASKING = {
    one.toned: one.folded
    for one in syllables(
        "còn hiệu lực không có khi nào từ ngày hết chưa đã nội dung quy qui định gì là về toàn văn tải file word pdf doc docx"
        " download xem tìm mới nhất thay thế sửa đổi bổ sung bởi bằng bị được ở đâu như thế thi hành ban hành chi tiết cho tôi"
        " hỏi muốn biết cần và những các của này tài liệu bản đầy đủ nghị quyết thông luật theo mục điều khoản điểm"
    )
}
"""Syllables of what people ask about a document, with accents and without."""
_ASKING_FOLDED = frozenset(_ASKING.values())


def mention_at(
    words: Sequence[tree.Word], folded: Sequence[str], at: int
) -> tuple[NumberPattern, int] | None:
    """Return the number that begins at ``at`` as a pattern, and the place of the first word after it; None if none does.

    ``folded`` holds the folded syllables of each word.
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
    """Return the number at ``at`` of a list whose first, ``before``, has the type of all: "nghị định 68, 69 và 70"."""
    label = words[at].text.lower() == "số" and at + 1 < len(words)
    if before.type_word is None or not _LISTED.fullmatch(words[at + label].text):
        return None
    kind = before.type_word.split()
    read = read_typed([*kind, *(word.text for word in words[at : at + _LONGEST])])
    return (read[0], at + read[1] - len(kind)) if read and read[1] > len(kind) else None


def told_by_next(pattern: NumberPattern, following: NumberPattern) -> NumberPattern:
    """Return ``pattern`` with what only the last of a list gives: "nghị định 68, 69/2010", "thông tư 34, 35/2010/TT-BYT"."""
    if pattern.strict or pattern.year or pattern.day or pattern.issuers or pattern.may_be_year:
        return pattern
    if following.type_name != pattern.type_name:
        return pattern
    return replace(pattern, year=following.year, issuers=following.issuers)


def counts_list(folded: Sequence[str], at: int) -> bool:
    """Tell whether the word at ``at`` says how many documents are listed behind it: "3 nghị định 68, 69, 70"."""
    return folded[at] in _COUNTS


def _law_start(folded: Sequence[str], at: int) -> int:
    """Return where the name of a law begins whose words end before ``at``."""
    start = next((n for n in range(at - 1, max(-1, at - _LONGEST_LAW - 1), -1) if folded[n] == "luat"), at)
    return start - 1 if start and folded[start - 1] == "bo" else start


def only_asks(words: Sequence[tree.Word]) -> bool:
    """Tell whether words beside a number only ask about its document: "còn hiệu lực không", "toàn văn file word".

    Accents that were typed tell other words of the same letters: "chợ nổi" asks for no "cho" and "nội".
    """
    return all(
        one.toned in _ASKING if one.is_accented else one.folded in _ASKING_FOLDED
        for word in words
        for one in word.syllables
    )


def document_of(pattern: NumberPattern, keys: Sequence[str], sure: bool) -> tree.Document | None:
    """Return what ``pattern`` means: the documents with ``keys``, or where there are none the likeliest, if it names one."""
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
    """Return how texts name what was typed of a type and a number alone: "nghị quyết 57", "nghị quyết số 57"."""
    name = pattern.type_name
    if name is None or pattern.precise:
        return ()
    number = pattern.number.lower()
    return tuple(tree.Reading(f"{name.lower()} {label}{number}", "same") for label in ("", "số "))


def subject_after(folded: Sequence[str], end: int, dated: bool) -> int:
    """Return how many of the words from ``end`` on are what a citation says of its document.

    ``dated``: the day of the document was typed, as only citations have it.
    """
    if dated:
        return len(folded) - end
    following = " ".join(folded[end : end + 4]) + " "
    return len(folded) - end if following.startswith(tuple(f"{cue} " for cue in _SUBJECT)) else 0


def _issued(pattern: NumberPattern) -> tuple[date, date] | None:
    if pattern.day:
        return pattern.day, pattern.day
    return (date(pattern.year, 1, 1), date(pattern.year, 12, 31)) if pattern.year else None

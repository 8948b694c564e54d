"""The province or district that issued a cited document: each of them has its own ``01/QĐ-UBND``."""

from __future__ import annotations

import re

from indexer.directives.codes import ISSUERS, WORDS
from indexer.vietnamese.letters import CAPITALS

_NAME = (
    rf"(?!(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})(?!\w))"
    rf"[{CAPITALS}][\w-]*(?: (?:[{CAPITALS}][\w-]*|\d{{1,2}}(?!\w)|-)){{0,4}}"
)
_DEPARTMENTS = "|".join(
    sorted({re.escape(name) for name in ISSUERS.values() if name.startswith("Sở ")}, key=len, reverse=True)
)
_PLACE = re.compile(
    rf"(?<!\w)(?:UBND|HĐND|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN"
    rf"|[UỦ][ỷỶỦủyY]? ?[Bb]an [Nn]hân [Dd]ân|Hội đồng nhân dân|[TtHhQq]ỉ?nh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ"
    rf"|Huyện ủy|Quận ủy|{_DEPARTMENTS})"
    rf"(?: (?P<level>TỈNH|THÀNH PHỐ|[Tt]ỉnh|[Tt]hành phố|TP\.?|Tp\.?|huyện|quận|thị xã|TX\.?|xã|phường|thị trấn))? (?P<name>{_NAME})"
)
_AFTER = 160
"""Number of characters after a document number in which its issuer may be named."""


def issuing_place(text: str, sentence: int, start: int, end: int) -> str | None:
    """Return the name of the place whose body issued the document cited at ``text[start:end]``.

    It is stated right after the citation ("… của UBND tỉnh Lâm Đồng") or before it in the sentence that begins at ``sentence``;
    otherwise None.
    """
    after = _PLACE.search(text, end, min(len(text), end + _AFTER))
    if after and not re.search(r"[;\n]|\. [A-ZĐ]", text[end : after.start()]):
        return _name(after)
    before = list(_PLACE.finditer(text, sentence, start))
    return _name(before[-1]) if before else None


def place_of(text: str) -> str:
    """Return the place of the first body named in ``text``, which for documents is the one in the letterhead; empty if there is
    none.
    """
    found = _PLACE.search(text)
    return _name(found) if found else ""


def _name(match: re.Match[str]) -> str:
    level = {
        "Thành phố": "thành phố",
        "Tỉnh": "tỉnh",
        "TỈNH": "tỉnh",
        "THÀNH PHỐ": "thành phố",
        "TP": "thành phố",
        "TP.": "thành phố",
        "Tp": "thành phố",
        "Tp.": "thành phố",
    }.get(match["level"] or "", match["level"])
    name = match["name"].strip(" -")
    return f"{level} {name}" if level and level not in ("tỉnh", "thành phố") else name

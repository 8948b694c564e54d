"""Citations by type and number without codes: ``Nghị định 67``, ``Thông tư số 09``, ``Nghị quyết Trung ương 4``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.directives.citations.days import day_after
from indexer.directives.citations.mention import Citation
from indexer.directives.citations.subtypes import LABEL, SUBTYPE
from indexer.directives.codes import LETTER, TYPES

_STRONG = {
    "nghị định": "NĐ", "nghị quyết": "NQ", "thông tư liên tịch": "TTLT", "thông tư": "TT", "chỉ thị": "CT",
    "kết luận": "KL", "công điện": "CĐ", "quyết định": "QĐ", "pháp lệnh": "PL",
    "NĐ": "NĐ", "NQ": "NQ", "QĐ": "QĐ",
}  # fmt: skip
_LABELLED = {
    "công văn": LETTER, "văn bản": LETTER, "thông báo": "TB", "hướng dẫn": "HD", "quy định": "QyĐ",
    "kế hoạch": "KH", "chương trình": "CTr", "tờ trình": "TTr", "báo cáo": "BC", "lệnh": "L",
    "luật": "LCT", "sắc lệnh": "SL", "TT": "TT", "CT": "CT", "KL": "KL", "KH": "KH", "CV": LETTER, "TB": "TB", "CĐ": "CĐ",
}  # fmt: skip
"""Types for which a bare number is not a citation ("kế hoạch 5 năm"): they require ``số``."""
_NEVER_COMMON = frozenset(["nghị định", "thông tư", "chỉ thị"])
"""Types that even in small letters are no other word before a two-digit number."""
_SHORT = frozenset(["NĐ", "NQ", "QĐ", "TT", "CT", "KL", "KH", "CV", "TB", "CĐ"])
"""Abbreviations; in small letters, they mean something else."""
_CODES = {**_STRONG, **_LABELLED}
_NAMES = {code: TYPES[code] for code in _CODES.values()}
# The digit stands first so that the search can skip to digits; then what must precede it.
_LAST = tuple(f"{word} " for word in "định quyết tịch tư thị luận điện số số: lệnh NĐ NQ QĐ )".split())
_NUMBER = re.compile(
    r"[0-9](?:(?<![\w./-][0-9])(?:"
    + "|".join(f"(?<={re.escape(word)}[0-9])" for word in _LAST)
    + r")|(?<=[\s(][NQ][ĐQ][0-9]))"
    r"[0-9]{0,4}(?:\.[0-9]{1,2}(?=/20[0-9]{2}(?![0-9])))?[a-z]?(?![\w.,]*[0-9])(?![\w&])"
)
_YEARED = re.compile(r"\s?[/-]\s?((?:19[4-9]|20[0-4])\d)(?![\w/-]*[\w])")
_CODE_FOLLOWS = re.compile(r"\s?[/-]\s?[\wĐ]|%|\s?[°º]")
_BY = (
    r"\s(?:của\s)?(?:HĐND|UBND|Hội đồng nhân dân|(?:Ủy|Uỷ) ban nhân dân"
    r"|Chính phủ|Thủ tướng|Bộ (?:trưởng )?[A-ZĐ])[^.,;:()\d\n]{0,36}?\s"
)
"""The issuer between type and number: ``Nghị quyết HĐND tỉnh số 170``."""
_BEFORE = re.compile(
    rf"(?<!\w)(?P<word>{'|'.join(sorted(_CODES, key=len, reverse=True))})"
    rf"(?:(?P<subtype>{SUBTYPE})?\s(?P<label>{LABEL}\s)|{_BY}(?P<by>{LABEL}\s)|\s(?:\([A-ZĐ]{{2,4}}\)\s)?|(?<=NĐ)|(?<=[NQ]Q))$",
    re.IGNORECASE,
)
_REACH = 60
"""Number of characters in which to look for the type of a number."""
_TOLD = re.compile(r"\s?(?:\(|,?\s?ngày|của|do|về|đối với|gửi)(?!\w)")
"""What follows the number of a document whose type is named by a subtype in small letters."""
_IN_LIST = re.compile(
    r",\s(?:điều|khoản|điểm)\s\d|\s(?:và|hoặc|cùng)\s(?:đặc biệt là\s)?(?:nghị (?:quyết|định)|quyết định|kết luận)(?!\w)"
)
_LIKELY_YEAR = re.compile(r"(?:19|20)\d\d")
_PLATE = re.compile(r"(?<!\w)(?:số hiệu|biển số|BKS|tàu|ghe)\s$", re.IGNORECASE)
"""Words before the registration of a ship or a car."""
_UNITED_NATIONS, _NEAR = re.compile(r"Hội đồng Bảo an|Liên [Hh](?:ợp|iệp) [Qq]uốc|LHQ"), 70
"""The United Nations, whose resolutions are not Vietnamese documents, and the number of characters to examine around a citation."""
_MEASURES = re.compile(
    r"\s(?:ngày(?!\s\d)|năm(?!\s\d{4})|tháng|tuần|giờ|phút|tỷ|tỉ|triệu|nghìn|ngàn|đồng(?! loạt| thời| ý)|%)(?!\w)"
)
_UNITS = re.compile(
    r"\s(?:ngày(?!\s\d)|năm(?!\s\d{4})|tháng|tuần|giờ|phút|tỷ|tỉ|triệu|nghìn|ngàn|đồng|người|trường hợp|điểm|khoản|điều"
    r"|trang|chương|dự án|bị can|cán bộ|nội dung|nhóm|đơn vị|cá nhân|doanh nghiệp|tổ chức|lần|loại|quận|huyện|xã|tỉnh"
    r"|cơ quan|mức|hộ|công ty|vụ|cơ sở|đối tượng|thành viên|m2|ha|km|%)\b"
)
_YEAR_AFTER = re.compile(r",? năm ((?:19[4-9]|20[0-4])\d)\b")
_MORE = re.compile(r"(?:\s*,\s*|\s+và\s+)(?:số\s)?(\d{1,4}[a-z]?)(?![\w.,/-]*\d|[\w/%-]|\s?[/-]\s?[A-ZĐ])")
_PLURAL = re.compile(r"(?:các|những|hai|ba|bốn|năm|\d)\s\w+\s\w+(?:\s\w+\s\w+)?\s(?:số\s)?$", re.IGNORECASE)
_TERM = r"(?:[,\s]{0,2}\(?\s?[Kk]h(?:óa|oá) \(?(?P<term>[IVX]{1,5}|\d{1,2})(?!\w)\)?)?"
_CENTRAL = r"(?:[Tt]rung ương|TƯ|TW|T\.Ư|T\.W)"
_SESSION = re.compile(
    rf"ghị quyết (?<=[Nn]ghị quyết )(?:của )?(?:Hội nghị |hội nghị )?{_CENTRAL} (?:lần thứ )?(?P<session>\d{{1,2}}|[IVX]{{1,5}}"
    rf"|tư|năm|sáu|bảy|tám)(?!\w|/| (?:khóa|khoá)(?! ))(?:,? Ban Chấp hành Trung ương(?: Đảng)?)?{_TERM}"
)
_COMMITTEE = re.compile(
    rf"ghị quyết (?<=[Nn]ghị quyết )(?:của )?(?:Hội nghị|hội nghị) (?:lần thứ )?"
    rf"(?P<session>\d{{1,2}}|[IVX]{{1,5}}|\w+(?: một)?),? (?:của )?"
    rf"(?:Ban [Cc]hấp hành|BCH)(?: Đảng)? {_CENTRAL}(?: Đảng)?(?: Cộng sản Việt Nam)?{_TERM}"
    r"(?![^.;\n]{0,200}\((?:Nghị quyết )?số)"  # its number follows, and is the citation
)
_ROMAN = {"I": 1, "V": 5, "X": 10}
_SPELLED = {
    "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11,
}  # fmt: skip


def find_uncoded(text: str) -> Iterator[Citation]:
    """Yield mentions such as ``Nghị định 67`` and ``Nghị quyết Trung ương 4 (khóa XII)`` in NFC ``text``."""
    yield from map(_session, _SESSION.finditer(text))
    for match in _COMMITTEE.finditer(text):
        if match["session"] in _SPELLED or match["session"].isdigit() or match["session"].isupper():
            yield _session(match)
    for match in _NUMBER.finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - _REACH), match.start())
        if before is None or (
            _CODE_FOLLOWS.match(text, match.end()) and not _YEARED.match(text, match.end())
        ):
            continue
        if not _is_citation(text, match, before):
            continue
        yield from _citations(text, match, before)


def _is_citation(text: str, match: re.Match[str], before: re.Match[str]) -> bool:
    word = before["word"]
    start = before.start()
    if word in _SHORT and _PLATE.search(text, max(0, start - 12), start):
        return False
    if word.lower() == "nghị quyết" and _UNITED_NATIONS.search(
        text, max(0, start - _NEAR), match.end() + _NEAR
    ):
        return False
    if before["by"]:
        return word[0].isupper() and _code(word) in _STRONG.values()
    if word.upper() in _SHORT and not word.isupper():
        return False
    if before["label"]:
        return not before["subtype"] or word[0].isupper() or _TOLD.match(text, match.end()) is not None
    if _code(word) not in _STRONG.values() or word in _LABELLED:
        return False
    if (_MEASURES if word.lower() in _NEVER_COMMON else _UNITS).match(text, match.end()):
        return False
    if word in _SHORT:
        return True
    if word in _NEVER_COMMON and len(match[0]) > 1:
        return True
    if (
        word[0].islower()
        and len(match[0]) > 1
        and (_TOLD.match(text, match.end()) or _IN_LIST.match(text, match.end()))
    ):
        return not _LIKELY_YEAR.fullmatch(match[0])
    # "quyết định 3 nội dung": within a sentence, only proper names are capitalised.
    return word[0].isupper() and not (
        word.lower() in {"quyết định", "kết luận", "pháp lệnh"} and len(match[0]) < 2
    )


def _code(word: str) -> str:
    return _CODES.get(word) or _CODES[word.lower()]


def _citations(text: str, match: re.Match[str], before: re.Match[str]) -> Iterator[Citation]:
    code = _code(before["word"])
    yeared = _YEARED.match(text, match.end())
    end = yeared.end() if yeared else match.end()
    spelled = _YEAR_AFTER.match(text, end)
    if spelled:
        end = spelled.end()
    day = day_after(text, end)
    year = yeared[1] if yeared else spelled[1] if spelled else day[:4] if day else None
    yield _citation(text, before.start(), end, code, match[0], year, day)
    if _PLURAL.search(text, max(0, before.start() - 12), match.start()):
        while (more := _MORE.match(text, end)) and not _UNITS.match(text, more.end()):
            end = more.end()
            day = day_after(text, end)
            yield _citation(text, more.start(1), end, code, more[1], day[:4] if day else None, day)


def _citation(
    text: str, start: int, end: int, code: str, number: str, year: str | None, day: str | None
) -> Citation:
    return Citation(
        text=text[start:end],
        start=start,
        end=end,
        number=f"{_NAMES[code]} {number}" + (f" năm {year}" if year else ""),
        key=uncoded_key(code, number, year),
        type=_NAMES[code],
        issuer=None,
        date=day,
    )


def uncoded_key(code: str, number: str, year: str | int | None) -> str:
    """Return the key of a number without codes: ``NĐ:67``, or with its year ``NĐ:67@2014``."""
    return f"{code}:{number.lstrip('0').upper()}" + (f"@{year}" if year else "")


def _session(match: re.Match[str]) -> Citation:
    session = _numeral(match["session"])
    term = _numeral(match["term"]) if match["term"] else None
    start, end = match.start() - 1, match.end()  # the pattern begins after the letter that may be capital
    return Citation(
        text=match.string[start:end],
        start=start,
        end=end,
        number=f"Nghị quyết Trung ương {session}" + (f" khóa {match['term']}" if term else ""),
        key=f"NQ:TW{session}" + (f"@{term}" if term else ""),
        type="Nghị quyết",
        issuer="Trung ương Đảng",
        date=None,
    )


def _numeral(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text in _SPELLED:
        return _SPELLED[text]
    values = [_ROMAN[letter] for letter in text]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))

"""Corrections of the query text before it is parsed: quotes, field names and operators."""

from __future__ import annotations

import re

from indexer.directives.number import parse_number
from indexer.directives.typed import read_typed
from indexer.query.addresses import without_addresses
from indexer.vietnamese.letters import fold, nfc

FIELDS = {
    "title": ("title", "tiêu đề", "trích yếu"),
    "source": ("source", "nguồn", "nguồn tin"),
    "category": ("category", "chuyên mục"),
    "type": ("type", "loại", "loại văn bản"),
    "issuer": ("issuer", "cơ quan", "cơ quan ban hành"),
    "number": ("number", "số", "số hiệu", "ký hiệu", "số ký hiệu", "số, ký hiệu"),
    "cites": ("cites", "dẫn", "viện dẫn"),
    "file": ("file", "tệp", "tệp đính kèm"),
    "date": ("date", "ngày", "ngày đăng"),
    "from": ("from", "từ", "từ ngày"),
    "to": ("to", "đến", "đến ngày"),
}
"""Query fields -> the names that users type for them, with or without accents and blanks."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"'))
_QUOTED = re.compile(r'(?<![^\s(])"([^"]{5,120})"(?=[\s.,;:?!)]|$)')
_WORD = re.compile(r"\S+")
_CODE = "[A-ZĐƯa-zđư][A-ZĐƯa-zđư0-9&]*"
_SIGN = r"(?!\s-[a-zđư])\s*[/–-]\s*"
"""A sign that divides a number; in "57-NQ/TW -khoa", the second hyphen excludes a word."""
_SPACED_NUMBER = re.compile(
    rf"(?<![\w/.-])[0-9]{{1,6}}(?:\s*/\s*[0-9]{{4}})?{_SIGN}{_CODE}(?:{_SIGN}{_CODE}){{0,3}}(?!\w)"
)
"""A number that may contain blanks, as in letterheads: "Số: 74 /KH - UBND"."""
_HEADED = re.compile(
    r"(?<![^\s(])(?:số|so)(?:,? (?:ký )?(?:hiệu|hieu))?\s*:\s*"
    r"(?=\d\S*[/-]\S+\s+(?:[^,\d]{2,40},\s+)?(?:ngày|ngay|của|cua|về|ve|v/v|quy|ban|do)\b)",
    re.IGNORECASE,
)
"""The label of a number in a pasted letterhead that continues: "Số: 68/2010/NĐ-CP ngày …"."""
_LISTED = re.compile(
    r"(?:(?:ngh[iị]|quy[eế]t) [dđ][iị]nh|th[oô]ng t[uư]|ch[iỉ] th[iị]|ngh[iị] quy[eế]t|k[eế] ho[aạ]ch|c[oô]ng v[aă]n)"
    r"(?: s[oố])? [0-9]{1,5}(?:\.[0-9]{1,2})?(?:/[0-9]{4})?(?:[,;+&][0-9]{1,5}(?:\.[0-9]{1,2})?(?:/[0-9]{4})?){1,8}(?![\w,.;/-])",
    re.IGNORECASE,
)
"""Numbers of one type without blanks between them: "nghị định 68,69,70"."""
_MINUS = re.compile(r"(?<![^\s(])-(?=[^\s-])")
_YEARS = re.compile(r"(?<=\b(?:19|20)[0-9]{2}) -(?=(?:19|20)[0-9]{2}\b)")
"""A range of years: "giai đoạn 2011 -2015"."""
_DATED_NUMBER = re.compile(r"/\S{2,40} ngày [0-9]{1,2}(?:/| tháng )", re.IGNORECASE)
"""A pasted citation, in which a hyphen before a word is a dash and excludes nothing: "giai đoạn 2011 -2015"."""
_SUBJECT = re.compile(r"(?<!\S)v/v\s*:?\s+", re.IGNORECASE)


def _field_names() -> dict[str, str]:
    names = {}
    for field, aliases in FIELDS.items():
        for alias in aliases:
            names[fold(alias)] = field
            names[fold(alias).replace(" ", "")] = field
    return names


_NAMES = _field_names()
_FIELD = re.compile(
    r"(?<![^\s(\-])("
    + "|".join(re.escape(name) for name in sorted(_NAMES, key=len, reverse=True))
    + r")\s*:\s*(?=\S)"
)


def mend(text: str) -> str:
    """Return ``text`` in NFC with straight quotes, canonical field names and English operators.

    >>> mend("“đất đai” HOẶC nhà")
    '"đất đai" OR nhà'
    """
    text = without_addresses(nfc(text).translate(_QUOTES))
    text = _QUOTED.sub(_without_quotes, text)
    text = _SUBJECT.sub("", " ".join(text.split()))
    text = _HEADED.sub("số ", _SPACED_NUMBER.sub(_without_blanks, text))
    text = _YEARS.sub(" - ", _LISTED.sub(lambda found: re.sub("[,;+&]", ", ", found[0]), text))
    if _DATED_NUMBER.search(text):
        text = text.replace(" -", " - ")
    return _minus(_operators(_fields(text)))


def _without_quotes(match: re.Match[str]) -> str:
    """Remove the quotes around a number with its type, since texts have the number without them: “Thông tư số 34/2010/TT-BYT”."""
    words = match[1].split()
    read = read_typed(words)
    whole = read is not None and read[1] == len(words) > 1 and read[0].strict is not None
    return match[1] if whole else match[0]


def _without_blanks(match: re.Match[str]) -> str:
    """Remove the blanks in a number with a slash; "2 - UBND" may be a dash in a sentence."""
    closed = "".join(match[0].split())
    return closed if closed != match[0] and "/" in closed and parse_number(closed) else match[0]


def _fields(text: str) -> str:
    folded = fold(text)
    if len(folded) != len(text):  # letters that fold to none or two: names can't be located
        return text
    parts, at = [], 0
    for match in _FIELD.finditer(folded):
        if text.count('"', 0, match.start()) % 2:  # inside a quoted phrase
            continue
        parts += [text[at : match.start()], _NAMES[match[1]], ":"]
        at = match.end()
    return "".join(parts) + text[at:]


def _operators(text: str) -> str:
    """Turn ``VÀ``, ``HOẶC`` and ``KHÔNG`` into operators, unless they may be words.

    ``VÀ`` and ``HOẶC`` must be between operands and ``KHÔNG`` before one, in a query that also has a small letter. ``KHÔNG``
    must also be beside a word that is not in capitals, so that ``KHÔNG GIAN MẠNG là gì`` asks for three words.
    """
    if not any(letter.islower() for letter in text):
        return text
    words = list(_WORD.finditer(text))
    parts, at = [], 0
    for i, match in enumerate(words):
        word, inside = match[0], text.count('"', 0, match.start()) % 2
        before = words[i - 1][0] if i else None
        after = words[i + 1][0] if i + 1 < len(words) else None
        operator = None
        if not inside and after is not None:
            if word in ("VÀ", "HOẶC") and before is not None:
                operator = "AND" if word == "VÀ" else "OR"
            elif word == "KHÔNG" and not all(w is None or w.isupper() for w in (before, after)):
                operator = "NOT"
        parts += [text[at : match.start()], operator or word]
        at = match.end()
    return "".join(parts) + text[at:]


def _minus(text: str) -> str:
    """Write ``-`` before a word, phrase or group as ``NOT``, which keeps its place among its neighbours."""
    return _MINUS.sub(lambda found: "-" if text.count('"', 0, found.start()) % 2 else "NOT ", text)

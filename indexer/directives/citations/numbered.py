"""Citations by number with codes: ``38-CT/TW``, ``các Nghị định số 01/2020/NĐ-CP, 02/2020/NĐ-CP``."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.directives.citations.days import day_after
from indexer.directives.citations.mention import Citation
from indexer.directives.citations.subtypes import LABEL, SUBTYPE
from indexer.directives.cleaning import DASHES, clean
from indexer.directives.codes import LETTER, TYPES, WORDS, is_assembly, issuer_code, type_code
from indexer.directives.number import DocumentNumber, leaves_type_open, parse_letter, parse_number

_DASH = f"[-{DASHES}]"
_UPPER = "A-ZĐÐƉƯ"
_SPACE = "[ \u00a0]"
_SIGN = rf"{_SPACE}?(?:/|{_DASH}){_SPACE}?\n?"
"""A sign within a number; a line of a page may end after it: ``2207/QĐ-\\nUBND``."""
_FIGURE = "[0-9OlI]"
"""Digits, and the letters that scanners confuse with them."""
# Atomic: a code never gives letters back. (Python before 3.11.5 matches a possessive group wrongly.) A small letter
# counts as part of a code (TTg, QyĐ) only where no small letter follows it.
_CODE = (
    rf"(?:T\.[ƯW]|[{_UPPER}](?>(?:[{_UPPER}0-9&]|[a-z](?![a-z\u00e0-\u010f\u0111-\u01ae\u01b0-\u1ef9])){{0,23}}))"
    # A code ends with its token, or where the next word is glued to it ("NĐ-CPngày").
    rf"(?:(?![^\W_])|(?<=[{_UPPER}]{{2}})(?=[a-z\u00e0-\u1ef9]{{2}}))"
)
_CANDIDATE = re.compile(
    # The digit stands first so that the search can skip to digits; then what may not precede it:
    # a longer token, and the colon of a standard (QCVN 05:2013/BTNMT).
    r"[0-9](?:(?<![\w./-][0-9])|(?<=[ốOlI][0-9])(?<=số[0-9]|[\s(][OlI][0-9]))(?<![A-Z0-9]:[0-9])"
    rf"{_FIGURE}{{0,5}}+(?:\.[0-9]{{1,3}}+)?[a-zA-Z]?"
    rf"(?:{_SIGN}(?:19[4-9]|2[0O]{_FIGURE}){_FIGURE})?"
    rf"(?P<mark>{_SIGN}|(?<=[/-]20[0-9][0-9])(?=(?:NĐ|QĐ|TT|TTLT|NQ)[/-])|(?<=[/-]20[0-9][0-9]){_SPACE}(?=(?:QĐ|NĐ|TT|TTLT|NQ|CT)-[{_UPPER}])"
    rf"|{_SPACE}(?=(?:CT|NQ|KL|QĐ|CĐ|TB|HD|KH|NĐ|TT|BC)/[{_UPPER}]))"
    rf"(?P<first>{_CODE}(?:(?<=/QH){_SPACE}1?[0-9](?![\w./-]))?)"
    rf"(?P<second>{_SIGN}(?P<second_code>{_CODE}))?"
    rf"(?:(?:/|{_DASH}){_CODE}){{0,13}}(?:(?<=[A-ZĐ]{{2}}){_DASH}{_SPACE}[{_UPPER}]{{2,6}}(?![\w]))?(?:\.[IVX]{{1,4}}(?![\w.]))?"
)
_REST_OF_CODE = re.compile(rf"{_SPACE}({_CODE})(?!{_DASH}|/)")
_FILE = re.compile(r"\.[A-Za-z]{3}")
_TYPE_WORDS = {word.casefold(): word for word in WORDS}
_TYPE_WORD = re.compile(r"\b(?:" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")\b", re.IGNORECASE)
_DIRECTLY = re.compile(r"\s*(?:số)?\s*:?\s*", re.IGNORECASE)
_LABELLED = re.compile(r"\bsố\s*:?\s*$", re.IGNORECASE)
_LETTER_LABEL = re.compile(
    rf"(?:(?:văn bản|công văn)(?:{SUBTYPE})?\s(?:{LABEL}\s*)?"
    rf"|(?:hướng dẫn|thông báo|kế hoạch|báo cáo|tờ trình|quyết định|kết luận|công điện|phiếu chuyển|(?<!\w)điện)"
    rf"(?:{SUBTYPE})?\s{LABEL}\s*)$",
    re.IGNORECASE,
)
_LETTER_LABEL_END = re.compile(r"(?:số\s?:?|văn|bản|tốc|khẩn)\s*$", re.IGNORECASE)
"""Its last characters: few numbers are preceded by them."""
_CONTRACT = re.compile(r"hợp đồng(?:\s(?!theo|tại|của)\w+){0,4}?\s(?:số\s*:?\s*)?$", re.IGNORECASE)
_SHARED = re.compile(r"(?<![\w./-])((?:\d{1,5}[a-z]?(?:\s*,\s*|\s+và\s+))+)$")
"""Numbers before the one that has the codes for all: ``số 01, 02 và 03/2020/TT-BTC``."""
_NOTES = frozenset(["PV", "BBT", "NV", "TTXVN", "BTV", "TP", "TPHCM"])
"""Words after a dash that are not an issuer: authors of notes, and places."""
_REST_OF_SENTENCE = re.compile(r"[,.;)]|\s(?:ngày|về|của|đối với|khởi tố|do|cho)(?!\w)")
_PARTY_TYPES = {"Quy định": "Quy định", "Quyết định": "Quyết định"}
_BEFORE = 80
"""Number of characters in which to look for the type word of a number: "Luật" and the title of the law."""


def find_numbered(text: str) -> Iterator[Citation]:
    """Yield the document numbers in NFC ``text``, in order; file names do not count."""
    for match in _CANDIDATE.finditer(text):
        if citation := _citation(text, match):
            yield from _sharing(text, citation)
            yield citation


def _citation(text: str, match: re.Match[str]) -> Citation | None:
    start, end = match.start(), match.end()
    if start and text[start - 1] in "OlI":
        start -= 1  # the figure that it was taken for: "l2/KH-UBND"
    second = match["second"]
    known = second and _is_type(match["first"]) and _is_issuer(match["second_code"])
    if second and second[0].isspace() and not (known or _goes_on(text, match)):
        # "100/NĐ - CP" is one number, "100/TTg - PV" ends before the blank.
        end, second = match.end("first"), None
    if second and "\n" in second and not _is_issuer(match["second_code"]):
        end, second = (
            match.end("first"),
            None,
        )  # a dash at the end of a line, and what the next one begins with
    if second and end == match.end() and not _is_issuer(match["second_code"]):
        rest = _REST_OF_CODE.match(text, end)
        if rest and _is_issuer(match["second_code"] + rest[1]):
            end = rest.end()  # "23/QĐ-TT HĐND"
    cited = text[start:end]
    blank = match["mark"].isspace()
    number = _read(_divided(match, cited))
    if number is None:
        number = _as_called(text[max(0, start - _BEFORE) : start], cited, match)
    label = None
    if number is None and _LETTER_LABEL_END.search(text, max(0, start - 8), start):
        label = _LETTER_LABEL.search(text, max(0, start - _BEFORE), start)
    if label:
        number = parse_letter(cited)
    if number is None or (_FILE.match(text, end) and "/" not in cited):
        return None
    if "/" not in cited and second and not _is_type(match["first"]):
        return None  # "74-UBND-KH" is how files are named, not how texts cite
    if "/" not in match["mark"] and match["mark"].strip() != match["mark"]:
        # "05 - CT/TW" is one number, "2026 - TT/…" a dash in a sentence.
        announced = blank or _LABELLED.search(text, max(0, start - 8), start)
        slashed = second is not None and "/" in second and (announced or _is_issuer(match["second_code"]))
        yeared = blank and known and text[match.start("mark") - 5] in "/-"  # "10/2016 QĐ-UBND"
        if not (slashed and _is_type(match["first"])) and not yeared:
            return None
    if blank and not _announced(text[max(0, start - _BEFORE) : start]):
        return None  # "gồm 15 CT/…"
    annex = (
        number.type == "PL" and issuer_code(number.issuer or "") is None
    )  # "phụ lục" rather than "pháp lệnh"
    if (number.type is None or annex) and _CONTRACT.search(text, max(0, start - 40), start):
        return None
    assembly = number.issuer is not None and is_assembly(number.issuer)
    kind = number.type_name
    if second is None or number.type in (None, LETTER):
        # A line may end between type and number.
        before = re.split(r"[.;\n]", text[max(0, start - _BEFORE) : start].rstrip("\n"))[-1]
        word = (
            _type_before(label[0], adjacent=False) if label else _type_before(before, adjacent=not assembly)
        )
        if second is None and not (assembly or word or label or _LABELLED.search(before)):
            return None  # one code is too little by itself: "24/TB", "28-CP"
        if number.type in (None, LETTER):
            kind = word or kind
    elif leaves_type_open(number.key):
        before = re.split(r"[.;\n]", text[max(0, start - _BEFORE) : start])[-1]
        kind = _PARTY_TYPES.get(_type_before(before, adjacent=True) or "", kind)
    return _of(number, cited, start, end, kind, day_after(text, end))


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Return whether a code after a blank and a dash is an unknown issuer: ``133/QĐ - CSĐT``."""
    code = match["second_code"]
    spaced = (
        _is_type(match["first"]) and "/" in match["mark"] and re.fullmatch("[A-ZĐ]{2,10}", code) is not None
    )
    return spaced and code not in _NOTES and _REST_OF_SENTENCE.match(text, match.end("second")) is not None


def _divided(match: re.Match[str], cited: str) -> str:
    """Return ``cited`` with the sign that a blank or nothing replaced: ``05 CT/TW``, ``63/2013NĐ-CP``."""
    mark, at = match["mark"], match.start("mark") - match.start()
    return cited if mark.strip() else f"{cited[:at]}{'-' if mark else '/'}{cited[at + len(mark) :]}"


def _as_called(before: str, cited: str, match: re.Match[str]) -> DocumentNumber | None:
    """Read a number with a misspelled type code as the type named by the words ``before`` it: ``99/2013/Đ-CP``."""
    if not match["second"] or not _is_issuer(match["second_code"]):
        return None
    word = _type_before(before, adjacent=True)
    code = next((code for code, name in TYPES.items() if name == word), None)
    if code is None:
        return None
    at = match.start("first") - match.start()
    return _read(cited[:at] + code + cited[at + len(match["first"]) :])


def _of(
    number: DocumentNumber, cited: str, start: int, end: int, kind: str | None, day: str | None
) -> Citation:
    return Citation(
        text=cited,
        start=start,
        end=end,
        number=number.number,
        key=number.key,
        type=kind,
        issuer=number.issuer_name or number.issuer,
        date=day,
    )


def _sharing(text: str, last: Citation) -> Iterator[Citation]:
    """Yield the numbers before ``last`` that share its codes."""
    window = max(0, last.start - _BEFORE)
    before = _SHARED.search(text, window, last.start)
    if before is None or not _announced(text[window : before.start()]):
        return
    codes = re.sub(r"^\d+[a-z]?", "", last.text)
    for number in re.finditer(r"\d+[a-z]?", before[1]):
        if whole := _read(number[0] + codes):
            start = before.start() + number.start()
            yield replace(
                _of(whole, number[0], start, start + len(number[0]), last.type, None), issuer=last.issuer
            )


def _announced(before: str) -> bool:
    """Return whether the preceding words announce a number: ``các Thông tư số``, ``Chỉ thị``."""
    return _LABELLED.search(before) is not None or _type_before(before, adjacent=True) is not None


_read = functools.lru_cache(maxsize=8192)(parse_number)  # texts cite the same number again and again


def _is_type(code: str) -> bool:
    return type_code(clean(code)) is not None


def _is_issuer(code: str) -> bool:
    return issuer_code(clean(code)) is not None


def _type_before(before: str, *, adjacent: bool) -> str | None:
    """Return the last type named in ``before``; if ``adjacent``, only right at its end."""
    named = list(_TYPE_WORD.finditer(before))
    if not named or (adjacent and not _DIRECTLY.fullmatch(before, named[-1].end())):
        return None
    return _TYPE_WORDS[named[-1][0].casefold()]

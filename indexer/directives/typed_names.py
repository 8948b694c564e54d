"""Types and issuers as people type them: full names without accents, codes in any case, ``bộ GTVT``."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from itertools import chain

from indexer.directives.codes import ISSUERS, LETTER, TYPES, WORDS, issuer_code, type_code
from indexer.vietnamese.edits import within_one_edit
from indexer.vietnamese.letters import fold
from indexer.vietnamese.tones import is_syllable

TOKEN = re.compile(
    r"[0-9]+(?:\.[0-9]{1,3}(?=[/-])|\.[0-9]{1,2}$|[^\W\d_](?![^\W_]))?(?![^\W_])|[^\W_]+(?:&[^\W_]+)*"
)
"""A number with a letter ("30a") or part ("66.11/"), or a run of letters and digits ("kh74", "BGD&ĐT")."""
_GLUED = re.compile(r"([^\W\d_]{2,})([0-9]{1,6}[^\W\d_]?)|([0-9]{1,6})([^\W\d_]{2,})")
_PLAIN = str.maketrans("ĐƯ", "DU")
"""Accented letters that codes have; others belong to words: HU is an issuer, "hủ" is not."""
_RUN = re.compile(r"[^\W\d_]+|[0-9]+")
_LONGEST_RUNS = 24
"""Maximum number of letters and figures in a number typed as one word."""
_LONGEST_GLUED = 12
"""Maximum number of letters in a type and an issuer typed as one word."""
_OF_GOVERNMENT = frozenset(("NĐ", "NQ"))
_OWN_LETTERS = {"bo": "B", "so": "S", "phong": "P", "tong cuc": "TC"}
"""First letters of codes whose first word was written out: "bộ GTVT"."""


def _spelled(names: Iterable[tuple[str, str]]) -> dict[tuple[str, ...], frozenset[str]]:
    """Return codes by the syllables of their names, with and without "và": "Sở Tài nguyên Môi trường"."""
    found: dict[tuple[str, ...], set[str]] = {}
    for name, code in names:
        words = TOKEN.findall(fold(name))
        for spelled in (words, [word for word in words if word != "va"]):
            found.setdefault(tuple(spelled), set()).add(code)
    return {words: frozenset(codes) for words, codes in found.items()}


_FURTHER_TYPES = {"Thông tri": "TT", "Sao lục": "SL"}
"""Additional meanings of codes for some issuers."""
_TYPE_WORDS = {tuple(fold(word).split()): word for word in (*WORDS, *_FURTHER_TYPES)}
_LAST_SYLLABLES = frozenset(words[-1] for words in _TYPE_WORDS) | {"so"}
"""Syllables that a number may be attached to: "kế hoạch74", "số118"."""
_FIRST_SYLLABLES = frozenset(words[0] for words in _TYPE_WORDS if len(words) > 1)
_TYPE_WORDS |= {("".join(words),): name for words, name in _TYPE_WORDS.items() if len(words) > 1}
_SLIPPED = {"".join(words): name for words, name in _TYPE_WORDS.items() if len(words) > 1}
"""Names that are recognised by their letters despite a typing slip."""
_NO_OTHER_WORD = frozenset(("Nghị định", "Quyết định", "Nghị quyết", "Thông tư"))
"""Names that no slip turns into other words; "chi phí", however, is one letter from "chỉ thị", and "công dân" from "công văn"."""
_FURTHER_ISSUERS = {
        "Ban Bí thư": "TW", "Bộ Chính trị": "TW", "Trung ương": "TW", "Ban Chấp hành Trung ương": "TW", "Đảng": "TW",
        "Tỉnh ủy": "TU", "Thành ủy": "TU", "Huyện ủy": "HU", "Quận ủy": "QU", "Thủ tướng": "TTg", "Quốc hội": "QH",
        "Ủy ban nhân dân": "UBND", "Ủy ban": "UBND", "Bộ Lao động": "BLĐTBXH", "Bộ Giáo dục": "BGDĐT", "Bộ Nông nghiệp": "BNNPTNT",
        "Ngân hàng Nhà nước": "NHNN", "Ban Chỉ đạo": "BCĐ", "Chánh án Tòa án nhân dân tối cao": "CA",
}  # fmt: skip
_ISSUER_WORDS = _spelled(chain(((name, code) for code, name in ISSUERS.items()), _FURTHER_ISSUERS.items()))
LONGEST_TYPE, LONGEST_ISSUER = max(map(len, _TYPE_WORDS)), max(map(len, _ISSUER_WORDS))
"""Syllables of the longest names."""
_FURTHER_CODES = frozenset(("CA",))
"""Codes used for decisions only: elsewhere, "CA" is the police, or a shift."""
_WORDS = frozenset(("tu", "hu", "du", "cat", "ca"))
"""Folded codes of issuers that are also frequent words: TU and "tu bổ", CA and "ca làm việc"."""
_ISSUER_CODES = frozenset(fold(code.split("&")[0]) for code in ISSUERS) - _WORDS
_BEGINNINGS = frozenset(
    ("so", "ky", "van", *(words[0] for words in _TYPE_WORDS), *map(fold, TYPES), *_ISSUER_CODES)
)


def may_begin(folded: str) -> bool:
    """Tell whether a number may begin with a folded syllable: a figure, a type, its code, or "số"."""
    if folded in _BEGINNINGS or any(map(str.isdigit, folded)) or _slips_first(folded):
        return True
    return len(_codes_apart(folded)) > 1 or (
        folded.startswith("qh") and issuer_code(folded.upper()) is not None
    )


@functools.lru_cache(maxsize=4096)
def _slips_first(folded: str) -> bool:
    return any(within_one_edit(folded, one) for one in _FIRST_SYLLABLES)


def apart(token: str) -> list[str]:
    """Return the parts of what was typed as one word, type and number or type and issuer: ``kh74``, ``15ct``, ``nđcp``;
    otherwise ``token``.
    """
    if token.isalpha():
        return _codes_apart(token)
    match = _GLUED.fullmatch(token)
    if match is None or issuer_code(token.upper()):
        return [token] if match else _runs_apart(token)
    letters = match[1] or match[4]
    if match[1] and (fold(letters) in _LAST_SYLLABLES or (fold(letters),) in _TYPE_WORDS):
        return [match[1], match[2]]
    if len(codes := _codes_apart(letters)) > 1:
        return [match[3], *codes] if match[4] else [*codes, match[2]]
    if not (codes_of_type(letters) or (issuer_code(letters.upper()) and not is_word(letters))):
        return [token]
    return [match[1], match[2]] if match[1] else [match[3], match[4]]


def _runs_apart(token: str) -> list[str]:
    """Return alternating letters and figures if all letters are codes: ``nd188cp2026``, ``68ndcp2010``."""
    if len(token) > _LONGEST_RUNS:
        return [token]
    runs = _RUN.findall(token)
    if not 3 <= len(runs) <= 4 or not any(run.isdigit() for run in runs):
        return [token]
    found: list[str] = []
    for run in runs:
        codes = [run] if run.isdigit() else _codes_apart(run)
        if len(codes) == 1 and not run.isdigit() and not (codes_of_type(run) or issuer_code(run.upper())):
            codes = _unknown_apart(run)
        known = len(codes) > 1 or run.isdigit() or codes_of_type(run) or issuer_code(run.upper())
        if not known:
            return [token]
        found += codes
    return found


def _unknown_apart(letters: str) -> list[str]:
    """Return an issuer and its department, or a type and an issuer, of which the second is unknown: ``bttttkhtc``, ``qdubanhk``."""
    upper = letters.upper()
    for at in range(len(letters) - 1, len("CP") - 1, -1):
        if issuer_code(upper[:at]) and not is_word(letters[:at]):
            return [letters[:at], letters[at:]]
    for at in (2, 3, 4):
        if type_code(upper[:at]) and len(letters) > at + 1:
            return [letters[:at], letters[at:]]
    return [letters]


def _codes_apart(token: str) -> list[str]:
    upper = token.upper()
    if (
        not 4 <= len(token) <= _LONGEST_GLUED
        or type_code(upper)
        or issuer_code(upper)
        or is_syllable(token.lower())
    ):
        return [token]
    for at in (2, 3, 4):
        kind, issuer = type_code(upper[:at]), issuer_code(upper[at:])
        # "CTCP" is a joint-stock company.
        if kind and issuer and (issuer != "CP" or kind in _OF_GOVERNMENT):
            return [token[:at], token[at:]]
    return [token]


def type_named(words: tuple[str, ...]) -> tuple[str, frozenset[str]] | None:
    """Return the name of the type with the folded syllables ``words``, and its codes including those of subtypes."""
    name = _TYPE_WORDS.get(words)
    return (name, codes_named(name)) if name else None


def type_slipped(words: tuple[str, ...]) -> tuple[str, frozenset[str]] | None:
    """Return the result of :func:`type_named` for a name with one slip: "nghj dinh", "thog tu".

    A slip that leaves only syllables may be another word, so it is accepted in few names only.
    """
    if len(words) < 2 or not all(map(str.isalpha, words)):
        return None
    typed, words_only = "".join(words), all(map(is_syllable, words))
    for letters, name in _SLIPPED.items():
        if words_only and name not in _NO_OTHER_WORD:
            continue
        if len(name.split()) == len(words) and within_one_edit(typed, letters):
            return name, codes_named(name)
    return None


def codes_named(name: str) -> frozenset[str]:
    """Return the codes of the type with this Vietnamese name, including those of subtypes."""
    # A "thông tư" may be a "thông tư liên tịch", but not vice versa.
    codes = {code for code, meant in TYPES.items() if meant == name or meant.startswith(f"{name} ")}
    return frozenset(codes or filter(None, (_FURTHER_TYPES.get(name),)))


def codes_of_type(token: str) -> frozenset[str]:
    """Return the codes of the types that ``token`` may stand for: ``hd`` is both HD and HĐ."""
    upper, folded = token.upper(), fold(token)
    accented = not upper.isascii()
    codes = {code for code in TYPES if (code.upper() == upper if accented else fold(code) == folded)}
    if not codes and (known := type_code(upper)):
        codes = {known}
    return frozenset(codes) if folded != "l" else frozenset()


def is_word(token: str) -> bool:
    """Tell whether ``token`` may be a word rather than the code of an issuer."""
    return fold(token) in _WORDS


def issuers_named(words: tuple[str, ...]) -> frozenset[str]:
    """Return the codes of the issuers whose name consists of the folded syllables ``words``."""
    return _ISSUER_WORDS.get(words, frozenset())


def issuer_typed(token: str, following: str | None) -> tuple[str, int] | None:
    """Return the code formed by ``token`` alone or with the next one ("TT HĐND", "bộ GTVT"), and how many tokens it takes."""
    if following is not None and following.isalpha() and not token.upper().startswith("BCĐ"):
        begins = _OWN_LETTERS.get(fold(token))
        joined = f"{begins}{following.upper()}" if begins else f"{token}{following}".upper()
        if code := _issuer(joined):
            return code, 2
    code = _issuer(token.upper())
    return (code, 1) if code else None


def _issuer(upper: str) -> str | None:
    accented = fold(upper).upper() != upper.translate(_PLAIN)
    if len(upper) < len("CP") or accented:
        return None
    if upper in _FURTHER_CODES:
        return upper
    code = issuer_code(upper.replace("TƯ", "TW")) or issuer_code(upper.replace("&", ""))
    return code if code and code != LETTER else None

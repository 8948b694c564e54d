"""VIQR (RFC 1456): Vietnamese in ASCII, ``Vie^.t Nam``. Pure."""

from __future__ import annotations

import re
import unicodedata

from indexer.vietnamese.spelling import is_syllable

_SHAPES = {"(": "\u0306", "^": "\u0302", "+": "\u031b"}
_TONES = {"'": "\u0301", "`": "\u0300", "?": "\u0309", "~": "\u0303", ".": "\u0323"}
VIQR_TOKEN = re.compile(
    r"(?<![\w'`?~.^(+])[A-Za-z]*(?:[aAeEoOuU][(^+]|[aAeEiIoOuUyY]['`?~.](?=[a-z])|[dD][dD])[A-Za-z(^+'`?~.]*"
)
"""A word with a mark inside it: a mark at its end alone may be punctuation."""
_WORD = re.compile(r"[A-Za-z][A-Za-z(^+'`?~.\\]*")
_LETTER = re.compile(r"([aAeEiIoOuUyY])([(^+]?)(['`?~.]?)")
_ENDING = re.compile(r"['`?~.]+$")


def from_viqr(text: str) -> str:
    """Return ``text`` in Unicode; a mark at the end of a word counts only if it makes the word a syllable."""
    return _WORD.sub(lambda match: _word(match[0], text[match.end() : match.end() + 2]), text)


def _word(word: str, after: str) -> str:
    ends = not after or after[0] == "\n" or (after[0] == " " and after[1:].isupper())
    kept = ""
    if (match := _ENDING.search(word)) and (ends or len(match[0]) > 1):
        # The last mark ends the sentence rather than belonging to the syllable.
        word, kept = word[:-1], word[-1]
    found = unicodedata.normalize(
        "NFC", _LETTER.sub(_letter, word.replace("dd", "đ").replace("DD", "Đ").replace("Dd", "Đ"))
    )
    return (found if found == word or is_syllable(found) else word) + kept


def _letter(match: re.Match[str]) -> str:
    letter, shape, tone = match[1], match[2], match[3]
    return letter + _SHAPES.get(shape, "") + _TONES.get(tone, "")

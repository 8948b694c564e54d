"""Letters: Unicode form, look-alikes, case and diacritics."""

from __future__ import annotations

import functools
import re
import string
import unicodedata

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufe0e\ufe0f\ufeff"
)
"""Characters that show nothing; inside a syllable they don't divide it."""

DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Signs that turn the direction of reading, for a class of a regular expression: they make a name look like another."""

CAPITALS = "A-Z" + "".join(
    letter for letter in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))) if letter.isupper()
)
"""Capital letters of NFC text, for a class of a regular expression: a range over Vietnamese ones holds small ones, too."""

_DROP_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
_LOOK_ALIKES = str.maketrans({"ð": "đ", "ɖ": "đ", "Ð": "Đ", "Ɖ": "Đ", "п": "n"})
"""Letters that documents hold in place of Vietnamese ones (230 lines of the news write ``NÐ``)."""

_USUAL = re.compile(
    "[!-~"
    + "".join(
        letter
        for letter in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)))
        if unicodedata.normalize("NFD", letter)[0] in string.ascii_letters or letter in "đĐ"
    )
    + "]*+"
).fullmatch
"""Tells a word of Vietnamese letters and ASCII signs, of which nothing but its small letters is to be made."""


def nfc(text: str) -> str:
    """Return ``text`` in NFC; what is displayed, stored and counted in offsets."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def mend_look_alikes(text: str) -> str:
    """Return ``text`` with Vietnamese letters in place of those that only look like them.

    >>> mend_look_alikes("30/2020/N\u00d0-CP")
    '30/2020/NĐ-CP'
    """
    return text.translate(_LOOK_ALIKES)


def plain_letters(token: str) -> str:
    """Return ``token`` in NFC and lower case, look-alikes mended, invisible characters gone."""
    if not (token.isascii() or _USUAL(token)):
        token = nfc(token.translate(_DROP_INVISIBLE)).translate(_LOOK_ALIKES)
        # Compatibility forms may hold spaces ("ﷺ"); a term never does.
        token = "".join(unicodedata.normalize("NFKC", token).split())
        # "İ".lower() is two characters, the second a combining dot: compose once more.
        return nfc(token.lower()).translate(_LOOK_ALIKES)
    return token.lower()


@functools.lru_cache(maxsize=4096)
def fold_letter(letter: str) -> str:
    """Return one NFC letter without its diacritics, in lower case; may be empty for a lone mark."""
    decomposed = unicodedata.normalize("NFD", letter.lower().translate(_LOOK_ALIKES))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.replace("đ", "d")


def fold(text: str) -> str:
    """Return ``text`` in lower case without diacritics: ``"Đường"`` -> ``"duong"``.

    >>> fold("Đường Trần Hưng Đạo")
    'duong tran hung dao'
    """
    if text.isascii():
        return text.lower()
    return "".join(map(fold_letter, nfc(text)))

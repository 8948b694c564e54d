"""Letters: Unicode normalisation, look-alikes, case and diacritics."""

from __future__ import annotations

import functools
import re
import string
import unicodedata

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufe0e\ufe0f\ufeff"
)
"""Invisible characters, which do not divide a syllable."""

DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Characters that change the direction of writing, as part of a regular expression class; they can disguise a name."""

CAPITALS = "A-Z" + "".join(
    letter for letter in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))) if letter.isupper()
)
"""Capital letters of NFC text, as part of a regular expression class; a range over Vietnamese capitals would include small letters.
"""

_DROP_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
_LOOK_ALIKES = str.maketrans({"ð": "đ", "ɖ": "đ", "Ð": "Đ", "Ɖ": "Đ", "п": "n"})
"""Letters used by mistake for Vietnamese ones (230 lines of the news write ``NÐ``)."""

_USUAL = re.compile(
    "[!-~"
    + "".join(
        letter
        for letter in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)))
        if unicodedata.normalize("NFD", letter)[0] in string.ascii_letters or letter in "đĐ"
    )
    + "]*+"
).fullmatch
"""Matches words of Vietnamese letters and ASCII signs, which need nothing but lower-casing."""


def nfc(text: str) -> str:
    """Return ``text`` in NFC, the form in which texts are displayed, stored and measured."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def mend_look_alikes(text: str) -> str:
    """Return ``text`` with look-alikes replaced by the Vietnamese letters they stand for.

    >>> mend_look_alikes("30/2020/N\u00d0-CP")
    '30/2020/NĐ-CP'
    """
    return text.translate(_LOOK_ALIKES)


def plain_letters(token: str) -> str:
    """Return ``token`` in NFC and lower case, without look-alikes and invisible characters."""
    if not (token.isascii() or _USUAL(token)):
        token = nfc(token.translate(_DROP_INVISIBLE)).translate(_LOOK_ALIKES)
        # Compatibility forms may contain spaces ("ﷺ"); terms never do.
        token = "".join(unicodedata.normalize("NFKC", token).split())
        # "İ".lower() gives two characters, the second a combining dot: compose again.
        return nfc(token.lower()).translate(_LOOK_ALIKES)
    return token.lower()


@functools.lru_cache(maxsize=4096)
def fold_letter(letter: str) -> str:
    """Return an NFC letter in lower case without diacritics; may be empty for a combining mark."""
    decomposed = unicodedata.normalize("NFD", letter.lower().translate(_LOOK_ALIKES))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.replace("đ", "d")


def fold(text: str) -> str:
    """Return ``text`` in lower case without diacritics: ``"Đường"`` becomes ``"duong"``.

    >>> fold("Đường Trần Hưng Đạo")
    'duong tran hung dao'
    """
    if text.isascii():
        return text.lower()
    return "".join(map(fold_letter, nfc(text)))

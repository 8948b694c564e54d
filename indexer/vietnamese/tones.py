"""Tone marks in one canonical position, the new style: ``hòa`` becomes ``hoà``, ``ủy`` becomes ``uỷ``.

The news mostly use the old style, laws and some papers the new one; both must give one term. The new style is canonical because
pyvi's word list has only that one.
"""

from __future__ import annotations

import re
import unicodedata

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_VOWELS = "aăâeêioôơuưy"
_RIME = re.compile(rf"([{_VOWELS}]+)(ch|c|m|nh|ng|n|p|t)?")
_QU_GI = re.compile(rf"(?:qu|gi)(?=[{_VOWELS}])")
_PLAIN_ONSET = re.compile(r"ngh|ng|nh|gh|ch|kh|ph|th|tr|[bcdđfghjklmnpqrstvwxz]")

_OPEN_GROUPS = frozenset(
    "a ă â e ê i o ô ơ u ư y"
    " ai ao au ay âu ây eo êu ia iu iê oa oă oe oi oo ôi ơi ua uâ ue uê ui uô uơ uy ưa ươ ưi ưu yê"
    " iêu oai oao oay oeo uôi uây uya uyu uyê uao uay uai uêu ươi ươu yêu".split()
)
_CLOSED_GROUPS = frozenset("iê yê uô ươ uâ uê oa oă oe oo ôô uy uyê".split())
_MIDDLE = frozenset("oai oay oao oeo uya uyu uao uay".split())
_SECOND = frozenset(["oa", "oe", "uy"])
_SHAPED = frozenset("âăêôơư")


def canonical_tone(syllable: str) -> str:
    """Return ``syllable`` (NFC, any case) with its tone mark in the position of the new style.

    Anything but a Vietnamese syllable with exactly one tone mark is returned unchanged. Idempotent.

    >>> canonical_tone("hòa"), canonical_tone("quý"), canonical_tone("café")
    ('hoà', 'quý', 'café')
    """
    if syllable.isascii():
        return syllable
    decomposed = unicodedata.normalize("NFD", syllable)
    tones = [c for c in decomposed if c in _TONES]
    if len(tones) != 1:
        return syllable
    bare = unicodedata.normalize("NFC", decomposed.replace(tones[0], "", 1))
    at = _tone_position(bare.lower())
    if at is None or len(bare) != len(bare.lower()):
        return syllable
    return unicodedata.normalize("NFC", bare[: at + 1] + tones[0] + bare[at + 1 :])


def is_syllable(text: str) -> bool:
    """Tell whether ``text``, in lower case, is built like a Vietnamese syllable, with or without a tone."""
    return _tone_position(without_tone(text)) is not None


def without_tone(text: str) -> str:
    """Return ``text`` without tone marks and otherwise unchanged: ``đắk`` becomes ``đăk``."""
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(letter for letter in decomposed if letter not in _TONES))


def tone_forms(syllable: str) -> tuple[str, ...]:
    """Return the forms that differ from the canonical lower-case ``syllable`` only by a missing tone.

    ``đường`` gives ``đương``; ``đương`` gives its five toned forms; anything but a syllable gives none.

    >>> tone_forms("đường")
    ('đương',)
    """
    decomposed = unicodedata.normalize("NFD", syllable)
    tones = [letter for letter in decomposed if letter in _TONES]
    if len(tones) == 1:
        return (unicodedata.normalize("NFC", decomposed.replace(tones[0], "", 1)),)
    at = None if tones else _tone_position(syllable)
    if at is None:
        return ()
    return tuple(
        unicodedata.normalize("NFC", syllable[: at + 1] + tone + syllable[at + 1 :]) for tone in _TONES
    )


def _tone_position(bare: str) -> int | None:
    """Return the index of the letter in the toneless ``bare`` that carries the mark, None if it is not a Vietnamese syllable."""
    onset = _QU_GI.match(bare) or _PLAIN_ONSET.match(bare)
    start = onset.end() if onset else 0
    rime = _RIME.fullmatch(bare, start)
    if rime is None:
        return None
    vowels, final = rime.group(1), rime.group(2)
    if len(vowels) > 1 and vowels not in (_CLOSED_GROUPS if final else _OPEN_GROUPS):
        return None
    shaped = [i for i, letter in enumerate(vowels) if letter in _SHAPED]
    if shaped:
        return start + shaped[-1]
    if final:
        return start + len(vowels) - 1
    if vowels in _MIDDLE or vowels in _SECOND:
        return start + 1
    return start

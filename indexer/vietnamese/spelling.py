"""Recognises Vietnamese syllables by onset, rime and tone, with tone marks in the old or the new style."""

from __future__ import annotations

import functools
import re
import unicodedata

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x".split()
_RIMES = frozenset(
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây"
    " e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu"
    " o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oi om on ong ooc oong"
    " op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uên uênh uêt ui um un ung uơ"
    " uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn"
    " ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ynh yt êng".split()
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOPPED = re.compile(r"(?:c|ch|p|t)$")
_OF_STOPPED = ("\u0301", "\u0323")
"""Tones of a syllable that ends in a stop: rising, heavy, or none if accents are missing."""
_SYLLABLE = re.compile(rf"({'|'.join(sorted(_ONSETS, key=len, reverse=True))})?(.*)")


@functools.lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Tell whether ``word``, in any case and normal form, can be a Vietnamese syllable, accents included.

    >>> is_syllable("nghiêng"), is_syllable("sưòn")
    (True, False)
    """
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [letter for letter in decomposed if letter in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(letter for letter in decomposed if letter not in _TONES))
    return any(_is_rime(rime, tones) for rime in _rimes(bare))


def _rimes(bare: str) -> list[str]:
    """Return the possible parts after the onset: ``gi`` and ``qu`` share their last letter with the rime."""
    match = _SYLLABLE.fullmatch(bare)
    if match is None:
        return []
    onset, rime = match[1] or "", match[2]
    return [rime, onset[1:] + rime] if onset in ("gi", "qu") else [rime]


def _is_rime(rime: str, tones: list[str]) -> bool:
    if rime not in _RIMES:
        return False
    return not tones or tones[0] in _OF_STOPPED or not _STOPPED.search(rime)

"""Pure: undecoded keys of the Telex and VNI input methods: ``tucj`` for ``tục``, ``ha3i`` for ``hải``."""

from __future__ import annotations

import re
import unicodedata

from indexer.vietnamese.tones import canonical_tone, is_syllable

_TONE_KEYS = {
    "s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323",
    "1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323",
}  # fmt: skip
_TELEX_SHAPES = (
    (re.compile(r"uow|uwow|uwo"), "ươ"), (re.compile(r"dd"), "đ"), (re.compile(r"aa"), "â"), (re.compile(r"aw"), "ă"),
    (re.compile(r"ee"), "ê"), (re.compile(r"oo"), "ô"), (re.compile(r"ow"), "ơ"), (re.compile(r"uw"), "ư"),
)  # fmt: skip
_VNI_SHAPES = (
    (re.compile(r"uo(.*)7"), r"ươ\1"), (re.compile(r"d9|d(.*)9"), r"đ\1"), (re.compile(r"a(.*)6"), r"â\1"),
    (re.compile(r"e(.*)6"), r"ê\1"), (re.compile(r"o(.*)6"), r"ô\1"), (re.compile(r"a(.*)8"), r"ă\1"),
    (re.compile(r"o(.*)7"), r"ơ\1"), (re.compile(r"u(.*)7"), r"ư\1"),
)  # fmt: skip
_LATE_TELEX = (
    (re.compile(r"^d(\w*)d$"), r"đ\1"), (re.compile(r"a(\w*)a"), r"â\1"), (re.compile(r"e(\w*)e"), r"ê\1"),
    (re.compile(r"o(\w*)o"), r"ô\1"), (re.compile(r"uo(\w*)w"), r"ươ\1"), (re.compile(r"a(\w*)w"), r"ă\1"),
    (re.compile(r"o(\w*)w"), r"ơ\1"), (re.compile(r"u(\w*)w"), r"ư\1"),
)  # fmt: skip
_VOWEL = re.compile(r"[aeiouyăâêôơư]")


def decoded(token: str) -> tuple[str, ...]:
    """Return the syllables for which lower-case ``token`` may be the keys; none if it contains no such keys."""
    found: dict[str, None] = {}
    for shapes, keys in ((_TELEX_SHAPES, "sfrxj"), (_LATE_TELEX, "sfrxj"), (_VNI_SHAPES, "12345")):
        for bare, tone in _without_tone(token, keys):
            shaped = _shaped(bare, shapes)
            if (tone or shaped != token) and is_syllable(shaped):
                found[_with_tone(shaped, tone)] = None
    return tuple(found)


def _without_tone(token: str, keys: str) -> list[tuple[str, str]]:
    """Return the token without each key, after its first vowel, that may be its tone, and unchanged."""
    vowel = _VOWEL.search(token)
    places = [i for i, letter in enumerate(token) if letter in keys and vowel and i > vowel.start()]
    return [(token[:i] + token[i + 1 :], _TONE_KEYS[token[i]]) for i in reversed(places)] + [(token, "")]


def _shaped(token: str, shapes: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for keys, letter in shapes:
        token = keys.sub(letter, token, count=1)
    return token


def _with_tone(syllable: str, tone: str) -> str:
    if not tone:
        return syllable
    vowel = _VOWEL.search(syllable)
    assert vowel is not None, "a syllable has a vowel"
    return canonical_tone(
        unicodedata.normalize("NFC", syllable[: vowel.end()] + tone + syllable[vowel.end() :])
    )

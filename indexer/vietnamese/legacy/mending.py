"""Detects the encoding of a text by how many of its words become Vietnamese syllables. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.vietnamese.legacy.tables import TCVN3, TCVN3_LETTERS, VNI, VNI_LETTERS, VNI_PAIR
from indexer.vietnamese.legacy.viqr import VIQR_TOKEN, from_viqr
from indexer.vietnamese.spelling import is_syllable

_VIETNAMESE = frozenset(
    letter
    for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    for letter in unicodedata.normalize("NFC", base + tone)
) | frozenset("đĐ")
_UNICODE_ONLY = frozenset(letter for letter in _VIETNAMESE if ord(letter) > 0xFF)
"""Vietnamese letters that never result from reading an old encoding as Latin-1; half of all words have one."""
_LEAST_WORDS, _LEAST_SHARE = 3, 0.75
"""Minimum number of words with odd letters in a line, and the minimum share of them that must become syllables."""
_LEAST_WORDS_OF_TEXT = 12
"""If the whole text has this many such words, a line needs only one."""
_ODD = re.compile(f"[{re.escape(''.join(sorted(set(TCVN3_LETTERS + VNI_LETTERS) - _VIETNAMESE)))}]")
"""Letters and signs that Vietnamese text in Unicode does not use; a text without them is left alone."""
_START = 8192
"""Number of bytes examined to detect UTF-16; an even number."""
_TOKEN = re.compile(r"\S+")
_LETTER = re.compile(r"[^\W\d_]")
_EDGES = re.compile(r"^[\x00-\x40\[-`{-\x7f“”‘’…–—]+|[\x00-\x40\[-`{-\x7f“”‘’…–—]+$")
"""ASCII signs and quotation marks around a word."""
_DASHED = re.compile(r"([\x00-\x40\[-`{-\x7f“”‘’…–—]+)")


_PARTS = re.compile(r"([\s\x00-\x40\[-`{-\x7f“”‘’…–—]+)")
"""Separators of words: white space and the signs above."""


@dataclass(frozen=True, slots=True)
class Mended:
    """Text in NFC and its original encoding, None if it was Unicode already."""

    text: str
    encoding: str | None = None


def decode(content: bytes) -> Mended:
    """Decode a text file: as UTF-8, as UTF-16, or in the encoding that makes most words Vietnamese."""
    if content.startswith(b"\xef\xbb\xbf"):
        return mend([content.decode("utf-8-sig", "replace")])[0]
    if codec := utf_16(content):
        return mend([content.decode(codec, "replace")])[0]
    try:
        return mend([content.decode("utf-8")])[0]
    except UnicodeDecodeError:
        pass
    # Where Windows-1258 has no letter, TCVN3 and VNI have none either.
    latin = content.decode("cp1252", "replace")
    best = max(
        (
            Mended(unicodedata.normalize("NFC", content.decode("cp1258", "replace")), "windows-1258"),
            *(Mended(scheme.convert(latin), scheme.name) for scheme in _FONTS),
        ),
        key=lambda found: _share(found.text),
    )
    if _share(best.text) >= _LEAST_SHARE:
        return best
    return Mended(unicodedata.normalize("NFC", content.decode("cp1252", "replace")), "windows-1252")


def utf_16(content: bytes) -> str | None:
    """Return the codec of UTF-16 text, None for other text; without a byte order mark, blanks and digits tell."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = content[:_START]
    for codec, zeros, others in (
        ("utf-16-le", start[1::2], start[::2]),
        ("utf-16-be", start[::2], start[1::2]),
    ):
        # Neither a pair of zeros nor a single byte is a letter.
        if len(start) < 4 or zeros.count(0) * 4 < len(zeros) or 0 in others:
            continue
        try:
            text = start[: len(start) // 2 * 2].decode(codec)
        except UnicodeDecodeError:
            continue
        if all(letter.isprintable() or letter in "\t\r\n\f\u00ad\u200b" for letter in text):
            return codec
    return None


def mend(texts: Sequence[str]) -> list[Mended]:
    """Convert ``texts``, the pages of one document, to Unicode from TCVN3 or VNI fonts, or from VIQR.

    Unicode text is returned unchanged, in composed form. A document may mix both, line by line.
    """
    composed = [unicodedata.normalize("NFC", text) for text in texts]
    whole = "\n".join(composed)
    if _ODD.search(whole):
        scheme = max(_FONTS, key=lambda one: one.evidence(whole)[0])
        good, odd = scheme.evidence(whole)
        sure = good >= _LEAST_WORDS_OF_TEXT and good >= _LEAST_SHARE * odd
        pages = [_mended_lines(text, scheme, sure) for text in composed]
        if pages != composed:
            return [Mended(page, scheme.name) for page in pages]
    if _is_viqr(whole):
        return [Mended(from_viqr(text), "VIQR") for text in composed]
    encoding = "NFD" if any(map(_is_decomposed, texts)) else None
    return [Mended(text, encoding) for text in composed]


@dataclass(frozen=True, slots=True)
class _Font:
    """The encoding of a font, read as Latin-1."""

    name: str
    letters: frozenset[str]
    _convert: Callable[[str], str]

    def convert(self, text: str) -> str:
        """Return the converted ``text``, line by line."""
        return "\n".join(map(self.line, text.split("\n")))

    def line(self, line: str) -> str:
        """Return the converted ``line``.

        TCVN3 has only small accented letters: a word is in capitals if its plain letters are; a word with a single plain letter
        follows most of the line.
        """
        parts = _PARTS.split(line)
        plain = [letters for part in parts[::2] if len(letters := _plain(part)) > 1]
        capitals = 2 * sum(letters.isupper() for letters in plain) > len(plain)
        return "".join(part if i % 2 else self.word(part, capitals) for i, part in enumerate(parts))

    def word(self, word: str, capitals: bool = False) -> str:
        """Return the converted word; ``capitals`` tells whether the surrounding words are in capitals."""
        if word.isascii() or any(ord(letter) > 0xFF for letter in word):
            return word
        found, plain = self._convert(word), _plain(word)
        return found.upper() if plain.isupper() and (capitals or len(plain) > 1) else found

    def evidence(self, text: str) -> tuple[int, int]:
        """Return how many words with odd letters become syllables, and how many such words there are."""
        if not _ODD.search(text):
            return 0, 0
        good = odd = 0
        # Most texts have few odd letters and need not be split into words.
        for token in _words(" ".join(token for token in _TOKEN.findall(text) if _ODD.search(token))):
            # A sign on its own ("3 × 4") proves nothing, although it would be a letter.
            if _ODD.search(token) and _LETTER.search(token) and not any(ord(one) > 0xFF for one in token):
                odd += 1
                good += is_syllable(self.word(token))
        return good, odd


_FONTS = (
    _Font("TCVN3", frozenset(TCVN3_LETTERS), lambda part: part.translate(TCVN3)),
    _Font("VNI", frozenset(VNI_LETTERS), lambda part: VNI_PAIR.sub(lambda match: VNI[match[0]], part)),
)


def _plain(word: str) -> str:
    return "".join(letter for letter in word if letter.isascii() and letter.isalpha())


def _words(text: str) -> list[str]:
    return [
        word for token in _TOKEN.findall(text) for word in _DASHED.split(_EDGES.sub("", token))[::2] if word
    ]


def _mended_lines(text: str, scheme: _Font, sure: bool) -> str:
    return "\n".join(scheme.line(line) if _is_of(line, scheme, sure) else line for line in text.split("\n"))


def _is_of(line: str, scheme: _Font, sure: bool) -> bool:
    good, odd = scheme.evidence(line)
    if good < (1 if sure else _LEAST_WORDS) or good < _LEAST_SHARE * odd:
        return False
    # A Unicode paragraph may contain signs that would decode, too ("½", "®"); its other words decide.
    return good > sum(any(letter in _UNICODE_ONLY for letter in word) for word in _words(line))


def _share(text: str) -> float:
    """Return the share of syllables among words with letters beyond ASCII; 0 if there are none."""
    words = [word for word in _words(text) if not word.isascii()]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def _is_viqr(text: str) -> bool:
    marked = VIQR_TOKEN.findall(text)
    if len(marked) < _LEAST_WORDS_OF_TEXT or len(marked) < 0.2 * len(_TOKEN.findall(text)):
        return False
    words = (_EDGES.sub("", from_viqr(token)) for token in marked)
    good = sum(not word.isascii() and is_syllable(word) for word in words)
    return good >= _LEAST_SHARE * len(marked)


def _is_decomposed(text: str) -> bool:
    return not unicodedata.is_normalized("NFC", text)

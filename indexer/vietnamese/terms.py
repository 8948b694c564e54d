"""Text to terms: syllables with offsets, and the term streams that engines index.

This is an analyzer in the usual sense: the char filter is :mod:`letters`, the tokenizer ``SYLLABLE``, and the token filters are
:mod:`tones` and folding. Every occurrence gives two terms, toned ``=uỷ`` and folded ``uy``. Matching uses the folded terms;
ranking and strict phrases use the toned ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter

from indexer.vietnamese.chunks import chunks_of
from indexer.vietnamese.letters import INVISIBLE, fold, plain_letters
from indexer.vietnamese.memo import Memo
from indexer.vietnamese.tones import canonical_tone

TONED = "="
"""Prefix of toned terms; no folded term can start with it."""

SYLLABLE = re.compile(rf"[^\W_]+(?:[{INVISIBLE}\u0300-\u036f]+[^\W_]+)*[\u0300-\u036f]*")
"""A run of letters and digits; invisible characters and stray combining marks do not divide it."""

# The signs come first, so that the search can skip to them.
CLAUSE_END = re.compile(
    r"[.!?…;:()\[\]{}\n](?:(?<=[.!?…])[.!?…]*(?=[\s\"'”’»)]|$)|(?<=[;:()\[\]{}])|(?<=\n)\s*\n)"
)
"""Where no word continues: the end of a sentence, ``;``, ``:``, a bracket or an empty line. A simple line end does not count,
since pages break lines anywhere; nor does the point in ``TP.HCM`` or ``3.200``."""
_ENDS = {",": "", ".": "\n", ";": "\n", ":": "\n", ")": "\n"}
"""Signs after a word, and the line end that :data:`ChunkTerms` uses where a clause ends."""
_TAIL = re.compile(r"(?<=[0-9][.,])[0-9]")
"""Where a number continues after a separator."""

MAX_TERM = 48
"""Maximum length of a term in characters. The longest real syllables have 7, tokens such as parts of email addresses some 30;
anything longer is noise, and engines limit the bytes of a term."""

_MEMO_LIMIT = 200_000
"""Number of distinct tokens to cache (about 60 MB); the news has some 250,000, most of them rare."""

_LONE_Y = re.compile(r"^([hklmst]|qu)[yýỳỷỹỵ](?=$)|^(qu)[yýỳỷỹỵ](?=(?:ch|c|nh|n|p|t)$)")
_LONE_I = re.compile(r"(?<=^[hklmst])i$|(?<=^qu)i(?=(?:ch|c|nh|n|p|t)?$)")
_LONE_Y_INSIDE = re.compile(r"\b(?:[hklmst]|qu)y\b|\bquy(?=(?:ch|c|nh|n|p|t)\b)")
_BETWEEN = re.compile(r"(?:[^\w\n]|_)+")
_TO_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")
_HALF_HORNED = re.compile("(?<=[ưứừửữự])[oóòỏõọ]")
_TO_HORNED = str.maketrans("oóòỏõọ", "ơớờởỡợ")


@dataclass(frozen=True, slots=True)
class Syllable:
    """An occurrence of a syllable: its two terms and its place in the NFC text."""

    toned: str
    folded: str
    start: int
    end: int

    @property
    def is_accented(self) -> bool:
        """Whether it has a tone mark or other diacritic."""
        return self.toned != self.folded


class _Memo(Memo[tuple[str, str, str]]):
    """Maps a token to (``"=toned folded"``, folded, toned)."""

    def made(self, text: str) -> tuple[str, str, str]:
        toned = same_i(canonical_tone(both_horns(plain_letters(text))))[:MAX_TERM]
        folded = fold(toned) or toned
        return f"{TONED}{toned} {folded}", folded, toned


_memo = _Memo(_MEMO_LIMIT)


def same_i(syllable: str) -> str:
    """Write ``i`` for a ``y`` that may be spelled either way: ``kỹ`` becomes ``kĩ``, ``quý`` becomes ``quí``.

    This applies after ``h k l m s t`` if it is the only vowel, and after ``qu``; never to ``tay``, ``Vy`` or ``y``.
    """
    return _LONE_Y.sub(lambda match: match[0][:-1] + match[0][-1].translate(_TO_I), syllable)


def forms_with_y(folded: str) -> tuple[str, ...]:
    """Return the folded term and its spelling with ``y``, if it may have one: ``quinh`` and ``quynh``."""
    return (folded, _LONE_I.sub("y", folded)) if _LONE_I.search(folded) else (folded,)


def both_horns(syllable: str) -> str:
    """Correct the slip ``ưo``, which no syllable has, to ``ươ``: ``trưóc`` becomes ``trước``, ``phưong`` becomes ``phương``.

    >>> both_horns("trưóc")
    'trước'
    """
    if syllable.isascii():
        return syllable
    return _HALF_HORNED.sub(lambda match: match[0].translate(_TO_HORNED), syllable)


_USUAL_Y = {
    "lí": "lý", "kĩ": "kỹ", "kì": "kỳ", "kí": "ký", "mĩ": "mỹ", "tỉ": "tỷ", "qui": "quy", "quí": "quý", "quì": "quỳ",
    "quĩ": "quỹ", "quỉ": "quỷ",
}  # fmt: skip


def usual_spelling(toned: str) -> str:
    """Return the most frequent spelling of a toned term: ``lí`` becomes ``lý``; the inverse of :func:`same_i`."""
    return _USUAL_Y.get(toned, toned)


def terms_of(token: str) -> tuple[str, str]:
    """Return the toned and the folded term of a token (a match of ``SYLLABLE``)."""
    _, folded, toned = _memo[token]
    return toned, folded


def folded_names(names: Sequence[str]) -> list[str]:
    """Return the folded terms of each name, separated by blanks: the result of ``terms_of`` for many names at once.

    It does not look at each token and takes a tenth of the time; for lists of thousands of names without line breaks.
    """
    if not names:
        return []
    text = _BETWEEN.sub(" ", fold("\n".join(names)))
    return [name.strip() for name in _LONE_Y_INSIDE.sub(lambda match: f"{match[0][:-1]}i", text).split("\n")]


def syllables(text: str) -> Iterator[Syllable]:
    """Yield the syllables of NFC ``text`` with their offsets.

    >>> [(one.toned, one.folded) for one in syllables("Hòa Bình 2024")]
    [('hoà', 'hoa'), ('bình', 'binh'), ('2024', '2024')]
    """
    for match in SYLLABLE.finditer(text):
        _, folded, toned = _memo[match.group()]
        yield Syllable(toned, folded, match.start(), match.end())


@dataclass(frozen=True, slots=True)
class TermStreams:
    """What an engine indexes of one text area: terms separated by single blanks.

    ``text`` has the toned and then the folded term of every syllable: syllable ``i`` is at positions ``2 i`` (toned) and ``2 i
    + 1`` (folded), so a phrase can mix both. ``pairs`` has ``hai_phong`` for every two neighbours in one clause
    (:data:`CLAUSE_END`).
    """

    text: str = ""
    pairs: str = ""


def joined(one: TermStreams, other: TermStreams) -> TermStreams:
    """Return the streams of two texts one after the other, with the end of a clause between them."""
    return TermStreams(f"{one.text} {other.text}".strip(), f"{one.pairs} {other.pairs}".strip())


ChunkTerms = tuple[str, str, tuple[str, ...]]
"""The terms of a chunk: as in :attr:`TermStreams.text`, each followed by a blank; the folded ones in the form ``uy uy_ban
ban_`` from which pairs are joined, with a line end where a clause ends; and the folded ones alone."""


class _Chunks(Memo[ChunkTerms]):
    """Cache of chunks, which takes half the time of finding the syllables in them.

    The tail of a number is not a number itself: a word after "1,5" or "3.200" does not count as a neighbour of "5" or "200".
    """

    def made(self, text: str) -> ChunkTerms:
        # Most chunks are a single word, with or without a sign after it.
        word, ends = (text[:-1], _ENDS[text[-1]]) if text[-1:] in _ENDS else (text, "")
        if word.isalnum():
            both, bare, _ = _memo[word]
            return f"{both} ", f"{bare} {bare}_{ends}", (bare,)
        stacked: list[str] = []
        paired: list[str] = []
        folded: list[str] = []
        for clause in CLAUSE_END.split(text):
            for token in SYLLABLE.finditer(clause):
                both, bare, _ = _memo[token.group()]
                stacked.append(f"{both} ")
                folded.append(bare)
                paired.append(f"{bare} {bare}_")
                if _TAIL.match(clause, token.start()):
                    paired.append("\n")
            paired.append("\n")
        return "".join(stacked), "".join(paired[:-1]), tuple(folded)


_chunks = _Chunks()
_stacked: Callable[[ChunkTerms], str] = itemgetter(0)
_paired: Callable[[ChunkTerms], str] = itemgetter(1)
_folded: Callable[[ChunkTerms], tuple[str, ...]] = itemgetter(2)


def term_streams(text: str) -> TermStreams:
    """Analyse one text area."""
    return streams_of(chunk_terms(chunks_of(text)))


def chunk_terms(chunks: Iterable[str]) -> list[ChunkTerms]:
    """Return the terms of each of the :func:`~indexer.vietnamese.chunks.chunks_of` a text; the hot path of indexing."""
    return list(map(_chunks.__getitem__, chunks))


def streams_of(found: Sequence[ChunkTerms]) -> TermStreams:
    """Return the streams of a text from its :func:`chunk_terms`.

    They are joined from prepared pieces: ``a a_`` ``b b_`` ``c c_`` gives, without the first and last term, ``a_b b_c``.
    """
    clauses = "".join(map(_paired, found)).split("\n")
    return TermStreams(
        "".join(map(_stacked, found))[:-1],
        " ".join([one[one.find(" ") + 1 : one.rfind(" ")] for one in clauses if one.count("_") > 1]),
    )


def folded_of(found: Iterable[ChunkTerms]) -> list[str]:
    """Return the folded terms of a text's syllables in order."""
    return list(chain.from_iterable(map(_folded, found)))

"""Text -> terms: syllables with offsets, and the term streams that the engines index.

An analyzer in the usual sense: the char filter is :mod:`letters`, the tokenizer ``SYLLABLE``,
the token filters :mod:`tones` and folding. Every occurrence gives two terms, toned ``=uỷ`` and
folded ``uy``; matching uses the folded, ranking and strict phrases the toned ones.
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
"""A run of letters and digits; invisible characters and loose combining marks don't divide it."""

# The signs stand first, so that the search can skip to them.
CLAUSE_END = re.compile(
    r"[.!?…;:()\[\]{}\n](?:(?<=[.!?…])[.!?…]*(?=[\s\"'”’»)]|$)|(?<=[;:()\[\]{}])|(?<=\n)\s*\n)"
)
"""Where no word goes on: the end of a sentence, ``;``, ``:``, a bracket, an empty line. A mere line end is none, since
the lines of a page are broken anywhere; nor is the point of ``TP.HCM`` or ``3.200``."""
_ENDS = {",": "", ".": "\n", ";": "\n", ":": "\n", ")": "\n"}
"""Signs behind a word, and the line's end in :data:`ChunkTerms` for those that end a clause."""
_TAIL = re.compile(r"(?<=[0-9][.,])[0-9]")
"""Where a number goes on behind its separator."""

MAX_TERM = 48
"""Characters of a term that are kept: the longest real syllables have 7, tokens such as
e-mail parts some 30; beyond that a token is noise, and engines limit a term's bytes."""

_MEMO_LIMIT = 200_000
"""Distinct tokens remembered (about 60 MB); the news has some 250,000, the tail of which is rare."""

_LONE_Y = re.compile(r"^([hklmst]|qu)[yýỳỷỹỵ](?=$)|^(qu)[yýỳỷỹỵ](?=(?:ch|c|nh|n|p|t)$)")
_LONE_I = re.compile(r"(?<=^[hklmst])i$|(?<=^qu)i(?=(?:ch|c|nh|n|p|t)?$)")
_LONE_Y_INSIDE = re.compile(r"\b(?:[hklmst]|qu)y\b|\bquy(?=(?:ch|c|nh|n|p|t)\b)")
_BETWEEN = re.compile(r"(?:[^\w\n]|_)+")
_TO_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")
_HALF_HORNED = re.compile("(?<=[ưứừửữự])[oóòỏõọ]")
_TO_HORNED = str.maketrans("oóòỏõọ", "ơớờởỡợ")


@dataclass(frozen=True, slots=True)
class Syllable:
    """One occurrence: its two terms and its place in the NFC text it was found in."""

    toned: str
    folded: str
    start: int
    end: int

    @property
    def is_accented(self) -> bool:
        """Whether it has any tone or diacritic."""
        return self.toned != self.folded


class _Memo(Memo[tuple[str, str, str]]):
    """Token -> (``"=toned folded"``, folded, toned)."""

    def made(self, text: str) -> tuple[str, str, str]:
        toned = same_i(canonical_tone(both_horns(plain_letters(text))))[:MAX_TERM]
        folded = fold(toned) or toned
        return f"{TONED}{toned} {folded}", folded, toned


_memo = _Memo(_MEMO_LIMIT)


def same_i(syllable: str) -> str:
    """Write ``i`` for the ``y`` that spelling allows to vary: ``kỹ`` -> ``kĩ``, ``quý`` -> ``quí``.

    Only after ``h k l m s t`` with that vowel alone, and after ``qu``; never ``tay``, ``Vy``, ``y``.
    """
    return _LONE_Y.sub(lambda match: match[0][:-1] + match[0][-1].translate(_TO_I), syllable)


def forms_with_y(folded: str) -> tuple[str, ...]:
    """Return the folded term, and as it is written with the ``y`` that it may stand for: ``quinh`` and ``quynh``."""
    return (folded, _LONE_I.sub("y", folded)) if _LONE_I.search(folded) else (folded,)


def both_horns(syllable: str) -> str:
    """Write ``ươ`` for the slip ``ưo``, which no syllable has: ``trưóc`` -> ``trước``, ``phưong`` -> ``phương``.

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
    """Return a toned term as it is written most often: ``lí`` -> ``lý``; the opposite of :func:`same_i`."""
    return _USUAL_Y.get(toned, toned)


def terms_of(token: str) -> tuple[str, str]:
    """Return the toned and the folded term of one token (a match of ``SYLLABLE``)."""
    _, folded, toned = _memo[token]
    return toned, folded


def folded_names(names: Sequence[str]) -> list[str]:
    """Return the folded terms of every name, joined by blanks: what ``terms_of`` gives, many at once.

    Without a look at each token it takes a tenth of the time; for lists of thousands of names without line breaks.
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
    """What an engine indexes for one text area: terms joined by single spaces.

    ``text`` holds for every syllable its toned and then its folded term, so the syllable ``i``
    is at the positions ``2 i`` (toned) and ``2 i + 1`` (folded) and one phrase can mix both.
    ``pairs`` holds ``hai_phong`` for every two neighbours of one clause (:data:`CLAUSE_END`).
    """

    text: str = ""
    pairs: str = ""


def joined(one: TermStreams, other: TermStreams) -> TermStreams:
    """Return the streams of two texts behind each other, with a clause's end between them."""
    return TermStreams(f"{one.text} {other.text}".strip(), f"{one.pairs} {other.pairs}".strip())


ChunkTerms = tuple[str, str, tuple[str, ...]]
"""Of what stands between two blanks: its terms as in :attr:`TermStreams.text`, a blank behind each; the folded ones as
``uy uy_ban ban_``, a line's end where a clause ends, of which pairs are joined; and these alone."""


class _Chunks(Memo[ChunkTerms]):
    """Looking up chunks takes half the time of finding the syllables in them.

    The tail of a number is no number: what follows "1,5" or "3.200" is not beside its "5" or "200", as it would be beside
    such a number.
    """

    def made(self, text: str) -> ChunkTerms:
        # Most chunks are one word, with a sign behind it or without one.
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
    """Return the terms of each of :func:`~indexer.vietnamese.chunks.chunks_of` a text; the hot path of indexing."""
    return list(map(_chunks.__getitem__, chunks))


def streams_of(found: Sequence[ChunkTerms]) -> TermStreams:
    """Return the streams of a text of which :func:`chunk_terms` were found.

    They are joined from ready-made pieces: ``a a_`` ``b b_`` ``c c_`` is, without its first and last term, ``a_b b_c``.
    """
    clauses = "".join(map(_paired, found)).split("\n")
    return TermStreams(
        "".join(map(_stacked, found))[:-1],
        " ".join([one[one.find(" ") + 1 : one.rfind(" ")] for one in clauses if one.count("_") > 1]),
    )


def folded_of(found: Iterable[ChunkTerms]) -> list[str]:
    """Return the folded terms of the syllables of a text in order."""
    return list(chain.from_iterable(map(_folded, found)))

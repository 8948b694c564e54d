"""Pure: the marked ranges of a text and its best fragment.

Works on NFC text with the analyzer of the index, so that what was found is what is marked,
whatever the accents, the tone style or the case in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from indexer.model import Marked, Marks
from indexer.vietnamese.letters import INVISIBLE, fold, plain_letters
from indexer.vietnamese.terms import SYLLABLE, Syllable, terms_of

FRAGMENT = 260
"""Characters of a fragment: two to three lines of a result on a desk, five on a phone."""
_LEAD = 60
"""Characters shown before the first mark, to begin with some context."""
_STRETCH = 1000
"""Characters looked through at a time: most articles answer in their first paragraphs."""
_LONGEST_TEXT = 300_000
"""Characters searched for the best fragment; hits beyond that in one text show its beginning."""


_BLANK = re.compile(r"\s")
_WITHIN = re.compile(r"[^\W_]")

_Phrase = tuple[Syllable, ...]
_PHRASE_REACH = 120
"""Characters in which a phrase ends."""
_INSIDE = re.compile(f"[{INVISIBLE}\u0300-\u036f]")
"""What may stand inside a syllable without being a letter of it."""


def _variants() -> dict[str, str]:
    """Return for every folded letter the letters that are written for it: ``d`` -> ``dDđĐ…``."""
    variants: dict[str, str] = {}
    for letter in map(chr, (*range(ord("0"), 0x250), 0x43F, *range(0x1E00, 0x1F00))):
        folded = fold(plain_letters(letter))
        if len(folded) == 1:
            variants[folded] = variants.get(folded, "") + letter
    variants["i"] = variants["y"] = variants["i"] + variants["y"]
    return {folded: re.escape(letters) for folded, letters in variants.items()}


_VARIANTS = _variants()
_LETTER = r"[^\W\d_]"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to mark: folded terms with the toned form that was typed, beginnings, typos, phrases."""

    words: dict[str, frozenset[str]] = field(default_factory=dict)
    """Folded term -> toned forms typed for it (empty: typed without accents)."""
    strict: frozenset[str] = frozenset()
    """Folded terms of ``words`` whose other accents are never marked."""
    prefixes: tuple[str, ...] = ()
    typos: tuple[str, ...] = ()
    phrases: tuple[_Phrase, ...] = ()
    """Sequences marked only as a whole; a syllable typed with accents stands for exactly itself."""
    exact: bool = False
    """Whether unaccented syllables of phrases are exact too."""
    pairs: frozenset[tuple[str, str]] = frozenset()
    """Folded terms that stand side by side in the query."""
    optional: frozenset[str] = frozenset()
    """Folded terms of ``words`` in whose place one of ``phrases`` will do."""
    finder: _Finder = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "finder", _Finder(self))


class _Finder:
    """Finds what is wanted in a text: the hot path of a result page.

    A pattern of letters, in which any vowel stands for any other, skips to the tokens that may be
    wanted; those few are judged by the analyzer.
    """

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._by_first: dict[str, list[_Phrase]] = {}
        for phrase in wanted.phrases:
            self._by_first.setdefault(phrase[0].folded, []).append(phrase)
        terms = {*wanted.words, *self._by_first}
        # A typo may be at any letter.
        self._pattern = None if wanted.typos else _pattern(terms, wanted.prefixes)

    def occurrences(self, text: str, start: int, end: int) -> Iterator[_Found]:
        """Find what begins in ``text[start:end]``, both at blanks; phrases may end beyond it."""
        for first, last in self._tokens(text, start, end):
            toned, folded = terms_of(text[first:last])
            for phrase in self._by_first.get(folded, ()):
                yield from self._phrase(text, first, phrase)
            exact = self._is_wanted(toned, folded)
            if exact is not None:
                yield _Found(first, last, folded, toned, exact)

    def _tokens(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        pattern = self._pattern
        if pattern is None or _INSIDE.search(text, start, end):
            return (match.span() for match in SYLLABLE.finditer(text, start, end))
        return (
            match.span()
            for match in pattern.finditer(text, start, end)
            if match.start() == start or not _WITHIN.match(text[match.start() - 1])
        )

    def _phrase(self, text: str, start: int, phrase: _Phrase) -> Iterator[_Found]:
        """Yield the tokens from ``start`` on if they are ``phrase``."""
        run = [
            (*match.span(), *terms_of(match.group()))
            for match in islice(SYLLABLE.finditer(text, start, start + _PHRASE_REACH), len(phrase))
        ]
        exact = self._wanted.exact
        if len(run) == len(phrase) and all(
            _same(toned, folded, typed, exact)
            for (_, _, toned, folded), typed in zip(run, phrase, strict=True)
        ):
            for first, last, toned, folded in run:
                yield _Found(first, last, folded, toned, True, in_phrase=True)

    def _is_wanted(self, toned: str, folded: str) -> bool | None:
        """Tell whether the accents of a wanted token are those typed; None where it is not wanted."""
        wanted = self._wanted
        forms = wanted.words.get(folded)
        if forms is not None:
            exact = toned in forms if forms else True
            return exact if exact or folded not in wanted.strict else None
        if any(map(folded.startswith, wanted.prefixes)):
            return True
        return True if any(within_one_edit(folded, typo) for typo in wanted.typos) else None


def _pattern(terms: Iterable[str], prefixes: Iterable[str]) -> re.Pattern[str]:
    """Return what finds ``terms`` and what begins with ``prefixes``, and more; it may begin inside a token.

    One set of first letters stands in front, for which the regular expression engine skips fastest.
    """
    rests = [(term[0], _rest(term)) for term in sorted(terms) if term]
    rests += [(prefix[0], _rest(prefix) + r"[^\W_]*") for prefix in sorted(prefixes) if prefix]
    firsts = "".join(dict.fromkeys(_VARIANTS.get(first, re.escape(first)) for first, _ in rests))
    followed = "|".join(f"(?<=[{_VARIANTS.get(first, re.escape(first))}]){rest}" for first, rest in rests)
    return re.compile(rf"[{firsts}](?:{followed})(?![^\W_])" if rests else r"(?!)")


def _rest(term: str) -> str:
    return "".join(
        _LETTER
        if letter in "aeiouy"
        else f"[{_VARIANTS[letter]}]"
        if letter in _VARIANTS
        else re.escape(letter)
        for letter in term[1:]
    )


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    term: str
    toned: str
    exact: bool
    in_phrase: bool = False


def mark(text: str, wanted: Wanted) -> Marks:
    """Return the ranges of ``text`` to mark, in order, none overlapping."""
    return _join(text, _likely(text, list(_occurrences(text, wanted)), wanted))


def fragment(text: str, wanted: Wanted, length: int = FRAGMENT) -> Marked:
    """Return the part of ``text`` that answers best, about ``length`` characters, with its marks.

    Best is most different terms, then exact accents, then the earliest. Cut sides get an ellipsis.
    """
    found = _likely(text, _enough(text, wanted), wanted)
    start = _best_start(found, length)
    if len(text) <= length:
        begin, end = 0, len(text)
    else:
        begin = _word_start(text, max(0, start - _LEAD)) if start > _LEAD else 0
        end = _word_end(text, min(len(text), begin + length))
    inside = [one for one in found if begin <= one.start and one.end <= end]
    before, after = "… " if begin else "", " …" if end < len(text) else ""
    # Blanks stay one for one, so that offsets hold.
    piece = _BLANK.sub(" ", text[begin:end])
    shift = len(before) - begin
    marks = tuple((first + shift, last + shift) for first, last in _join(text, inside))
    return Marked(before + piece + after, marks)


def _enough(text: str, wanted: Wanted) -> list[_Found]:
    """Return the occurrences up to where one stretch of text has held everything wanted."""
    needed = wanted.words.keys() - wanted.optional
    found: list[_Found] = []
    at, limit = 0, min(len(text), _LONGEST_TEXT)
    while at < limit:
        end = _blank_from(text, at + _STRETCH)
        stretch = list(_occurrences(text, wanted, at, end))
        found += stretch
        terms = {one.term for one in stretch}
        if needed <= terms and not wanted.prefixes and not wanted.typos:
            phrase = any(one.in_phrase for one in stretch)
            if phrase or not wanted.phrases or (wanted.optional and wanted.optional <= terms):
                # A fragment that begins in this stretch may end in the next.
                return [*found, *_occurrences(text, wanted, end, _blank_from(text, end + FRAGMENT))]
        at = end
    return found


def _blank_from(text: str, at: int) -> int:
    blank = _BLANK.search(text, at)
    return blank.start() if blank else len(text)


def has_match(text: str, wanted: Wanted) -> bool:
    """Tell whether anything of ``text`` would be marked."""
    return next(_occurrences(text, wanted), None) is not None


def _occurrences(text: str, wanted: Wanted, start: int = 0, end: int | None = None) -> Iterator[_Found]:
    return wanted.finder.occurrences(text, start, len(text) if end is None else end)


def _same(toned: str, folded: str, typed: Syllable, exact: bool) -> bool:
    return toned == typed.toned if exact or typed.toned != typed.folded else folded == typed.folded


def _likely(text: str, found: list[_Found], wanted: Wanted) -> list[_Found]:
    """Drop occurrences that merely look like what was meant.

    Of a term that also occurs with the accents typed, those with others; of a term typed without
    accents that also stands beside its neighbour of the query, those with other accents than it
    has there: ``chuyen doi so`` means ``số`` where the text has ``chuyển đổi số``, not ``sở``.
    """
    as_typed = {one.term for one in found if one.exact}
    kept = [one for one in found if one.exact or one.term not in as_typed]
    kept.sort(key=lambda one: one.start)
    meant: dict[str, set[str]] = {}
    for one, other in pairwise(kept):
        if (one.term, other.term) in wanted.pairs and not SYLLABLE.search(text, one.end, other.start):
            meant.setdefault(one.term, set()).add(one.toned)
            meant.setdefault(other.term, set()).add(other.toned)
    kept = [one for one in kept if one.term not in meant or one.toned in meant[one.term]]
    return [one for i, one in enumerate(kept) if not i or one.start >= kept[i - 1].end]


def _best_start(found: Sequence[_Found], length: int) -> int:
    """Return where the window with the most different terms begins: two pointers, linear."""
    counts: dict[str, int] = {}
    best, best_score, last = 0, (0, 0), 0
    reach = length - _LEAD
    for first, one in enumerate(found):
        while last < len(found) and found[last].end <= one.start + reach:
            counts[found[last].term] = counts.get(found[last].term, 0) + 1
            last += 1
        score = (len(counts), min(last - first, 2 * len(counts)))
        if score > best_score:
            best, best_score = one.start, score
        if one.term in counts:
            counts[one.term] -= 1
            if not counts[one.term]:
                del counts[one.term]
        last = max(last, first + 1)
    return best


def _join(text: str, found: Sequence[_Found]) -> Marks:
    """Turn occurrences into ranges; parts of one written word (``38-CT/TW``) become one."""
    marks: list[tuple[int, int]] = []
    for one in found:
        if (
            marks
            and one.start - marks[-1][1] <= 2
            and not any(map(str.isspace, text[marks[-1][1] : one.start]))
        ):
            marks[-1] = (marks[-1][0], one.end)
        else:
            marks.append((one.start, one.end))
    return tuple(marks)


def _word_start(text: str, at: int) -> int:
    while at and not text[at - 1].isspace() and at > 0:
        at -= 1
        if text[at : at + 1].isspace():
            return at + 1
    return at


def _word_end(text: str, at: int) -> int:
    limit = max(0, at - 40)
    end = at
    while end > limit and end < len(text) and not text[end].isspace():
        end -= 1
    return end if end > limit else at


def within_one_edit(a: str, b: str) -> bool:
    """Tell whether one insertion, deletion, substitution or swap of neighbours turns a into b."""
    if a == b:
        return True
    if abs(len(a) - len(b)) > 1:
        return False
    i = 0
    while i < min(len(a), len(b)) and a[i] == b[i]:
        i += 1
    if a[i + 1 :] == b[i + 1 :] or a[i + 1 :] == b[i:] or a[i:] == b[i + 1 :]:
        return True
    return a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :]

"""What is wanted of a text, and where it stands there: the hot path of a result page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from indexer.vietnamese.letters import INVISIBLE, fold, plain_letters
from indexer.vietnamese.terms import SYLLABLE, Syllable, terms_of

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


def _same(toned: str, folded: str, typed: Syllable, exact: bool) -> bool:
    return toned == typed.toned if exact or typed.toned != typed.folded else folded == typed.folded


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

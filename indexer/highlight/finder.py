"""What is wanted of a text, and where it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from indexer.highlight.pattern import token_pattern
from indexer.vietnamese.edits import within_one_edit
from indexer.vietnamese.letters import INVISIBLE
from indexer.vietnamese.terms import SYLLABLE, Syllable, terms_of

_PHRASE_REACH = 120
"""Characters in which a phrase ends."""
_WITHIN = re.compile(r"[^\W_]")
_INSIDE = re.compile(f"[{INVISIBLE}\u0300-\u036f]")
"""What may stand inside a syllable without being a letter of it."""

_Phrase = tuple[Syllable, ...]


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
    finder: Finder = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "finder", Finder(self))


@dataclass(frozen=True, slots=True)
class Found:
    """A token that is wanted: ``text[start:end]``."""

    start: int
    end: int
    term: str
    toned: str
    exact: bool
    """Whether it has the accents that were typed."""
    in_phrase: bool = False


class Finder:
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
        self._pattern = None if wanted.typos else token_pattern(terms, wanted.prefixes)

    def occurrences(self, text: str, start: int, end: int) -> Iterator[Found]:
        """Find what begins in ``text[start:end]``, both at blanks; phrases may end beyond it."""
        for first, last in self._tokens(text, start, end):
            toned, folded = terms_of(text[first:last])
            for phrase in self._by_first.get(folded, ()):
                yield from self._phrase(text, first, phrase)
            exact = self._is_wanted(toned, folded)
            if exact is not None:
                yield Found(first, last, folded, toned, exact)

    def _tokens(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        pattern = self._pattern
        if pattern is None or _INSIDE.search(text, start, end):
            return (match.span() for match in SYLLABLE.finditer(text, start, end))
        return (
            match.span()
            for match in pattern.finditer(text, start, end)
            if match.start() == start or not _WITHIN.match(text[match.start() - 1])
        )

    def _phrase(self, text: str, start: int, phrase: _Phrase) -> Iterator[Found]:
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
                yield Found(first, last, folded, toned, True, in_phrase=True)

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


def _same(toned: str, folded: str, typed: Syllable, exact: bool) -> bool:
    return toned == typed.toned if exact or typed.toned != typed.folded else folded == typed.folded

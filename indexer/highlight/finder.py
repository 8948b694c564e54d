"""What is wanted of a text, and where it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import NamedTuple

from indexer.directives.citations.sentences import ABBREVIATED
from indexer.highlight.pattern import token_pattern
from indexer.vietnamese.edits import within_one_edit
from indexer.vietnamese.function_words import is_written_function_word
from indexer.vietnamese.letters import INVISIBLE
from indexer.vietnamese.memo import Memo
from indexer.vietnamese.terms import SYLLABLE, Syllable, terms_of

_PHRASE_REACH = 120
"""Characters in which a phrase ends."""
_INSIDE = re.compile(f"[{INVISIBLE}\u0300-\u036f]")
"""What may stand inside a syllable without being a letter of it."""
_PARTS = re.compile(r"[()\[\]{}]|[.!?…;:][”\"'’]*\s")
"""What parts one word from the next: the end of a sentence, ``;``, ``:`` or a bracket; not the signs in ``05:2013``."""
_NEAR = 200
"""Characters on either side that tell whether a text is written without accents."""

Phrase = tuple[Syllable, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to mark: folded terms with the toned form that was typed, beginnings, typos, phrases."""

    words: dict[str, frozenset[str]] = field(default_factory=dict)
    """Folded term -> toned forms typed for it (empty: typed without accents)."""
    strict: frozenset[str] = frozenset()
    """Folded terms of ``words`` whose other accents are never marked."""
    prefixes: tuple[str, ...] = ()
    typos: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    """Sequences marked only as a whole; a syllable typed with accents stands for exactly itself."""
    quoted: frozenset[Phrase] = frozenset()
    """Those of ``phrases`` that may go on over the end of a sentence."""
    others: tuple[Phrase, ...] = ()
    """Other forms of what was asked for, marked as ``phrases`` are."""
    exact: bool = False
    """Whether unaccented syllables of phrases are exact too."""
    pairs: frozenset[tuple[str, str]] = frozenset()
    """Folded terms that stand side by side in the query."""
    optional: frozenset[str] = frozenset()
    """Folded terms in whose place one of ``others`` will do."""
    maybe_grammar: frozenset[str] = frozenset()
    """Folded terms of ``words`` typed without accents that may be function words: never marked where they are."""
    needed: frozenset[str] = field(init=False, compare=False, repr=False)
    """What a text that answers holds all of, as :attr:`Found.term`; of ``optional`` is nothing here."""
    finder: Finder = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        phrases = (
            phrase for phrase in self.phrases if not self.optional.issuperset(s.folded for s in phrase)
        )
        words = self.words.keys() - self.optional - self.maybe_grammar
        object.__setattr__(self, "needed", frozenset((*words, *map(term_of, phrases))))
        object.__setattr__(self, "finder", Finder(self))

    def is_answered(self, terms: Set[str]) -> bool:
        """Tell whether a text that holds ``terms``, as :attr:`Found.term`, holds all that was asked for."""
        if self.prefixes or self.typos or not self.needed <= terms:
            return False
        typed = self.optional & {*self.words, *(s.folded for phrase in self.phrases for s in phrase)}
        held = {syllable for term in terms for syllable in term.split()}
        return typed <= held or any(term_of(other) in terms for other in self.others)


class Found(NamedTuple):
    """A word or phrase that is wanted: ``text[start:end]``."""

    start: int
    end: int
    term: str
    """Its folded syllables, joined by blanks."""
    toned: str
    exact: bool
    """Whether it has the accents that were typed."""
    syllables: int = 1


class Finder:
    """Finds what is wanted in a text: the hot path of a result page.

    A pattern of letters, in which any vowel stands for any other, skips to the tokens that may be
    wanted; those few are judged by the analyzer.
    """

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        by_first: dict[str, list[Phrase]] = {}
        for phrase in dict.fromkeys((*wanted.phrases, *wanted.others)):
            if phrase:
                by_first.setdefault(phrase[0].folded, []).append(phrase)
        terms = {*wanted.words, *by_first}
        self._verdicts = _Verdicts(wanted, by_first)
        # A typo may be at any letter.
        self._pattern = None if wanted.typos else token_pattern(terms, wanted.prefixes)

    def occurrences(self, text: str, start: int, end: int) -> list[Found]:
        """Return what begins in ``text[start:end]``, both at blanks; phrases may end beyond it."""
        found: list[Found] = []
        for token in self._tokens(text, start, end):
            toned, folded, exact, phrases = self._verdicts[token.group()]
            for phrase in phrases:
                whole = self._phrase(text, token.start(), phrase)
                if whole:
                    found.append(whole)
            if exact is not None:
                found.append(Found(*token.span(), folded, toned, exact))
        return found

    def _tokens(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        pattern = self._pattern
        if pattern is None or _INSIDE.search(text, start, end):
            return SYLLABLE.finditer(text, start, end)
        return pattern.finditer(text, start, end)

    def _phrase(self, text: str, start: int, phrase: Phrase) -> Found | None:
        """Return what stands at ``start`` if it is ``phrase``, in its accents or in a text that has none."""
        run: list[tuple[int, int]] = []
        forms: list[str] = []
        as_typed = plain = True
        tokens = SYLLABLE.finditer(text, start, start + _PHRASE_REACH)
        for token, typed in zip(islice(tokens, len(phrase)), phrase, strict=False):
            toned, folded = terms_of(token.group())
            if folded != typed.folded:
                return None
            as_typed = as_typed and _same(toned, typed, self._wanted.exact)
            plain = plain and toned == folded
            if not (as_typed or plain):
                return None
            run.append(token.span())
            forms.append(toned)
        if len(run) < len(phrase):
            return None
        if phrase not in self._wanted.quoted and any(_parted(text, a[1], b[0]) for a, b in pairwise(run)):
            return None
        end = run[-1][1]
        if not as_typed and (self._wanted.exact or not _without_accents(text, start, end)):
            return None
        return Found(start, end, term_of(phrase), " ".join(forms), as_typed, len(phrase))


class _Verdicts(Memo[tuple[str, str, bool | None, Sequence[Phrase]]]):
    """Of a token: its terms, whether its accents are those typed or None where it is not wanted, what it may begin."""

    def __init__(self, wanted: Wanted, by_first: Mapping[str, Sequence[Phrase]]) -> None:
        super().__init__()
        self._wanted = wanted
        self._by_first = by_first

    def __missing__(self, token: str) -> tuple[str, str, bool | None, Sequence[Phrase]]:
        toned, folded = terms_of(token)
        return self.keep(token, (toned, folded, self._exact(toned, folded), self._by_first.get(folded, ())))

    def _exact(self, toned: str, folded: str) -> bool | None:
        wanted = self._wanted
        forms = wanted.words.get(folded)
        if forms is not None:
            if folded in wanted.maybe_grammar and is_written_function_word(toned):
                return None
            exact = toned in forms if forms else True
            return exact if exact or folded not in wanted.strict else None
        if any(map(folded.startswith, wanted.prefixes)):
            return True
        return True if any(within_one_edit(folded, typo) for typo in wanted.typos) else None


def term_of(phrase: Phrase) -> str:
    """Return what :attr:`Found.term` is of ``phrase``."""
    return " ".join(syllable.folded for syllable in phrase)


def _same(toned: str, typed: Syllable, exact: bool) -> bool:
    return toned == typed.toned or not (exact or typed.toned != typed.folded)


def _parted(text: str, end: int, start: int) -> bool:
    if start - end == 1:
        return text[end] in "()[]{}"
    parted = _PARTS.search(text, end, start)
    return parted is not None and not ABBREVIATED.search(text, max(0, end - 5), start)


def _without_accents(text: str, start: int, end: int) -> bool:
    near = SYLLABLE.findall(text, max(0, start - _NEAR), end + _NEAR)
    return all(toned == folded for toned, folded in map(terms_of, near))

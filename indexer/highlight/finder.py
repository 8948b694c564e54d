"""What to look for in a text, and finding it there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import NamedTuple

from indexer.highlight.numbers import is_in_number, is_tail, whole_date
from indexer.highlight.pattern import token_pattern
from indexer.highlight.phrases import Phrase, Sought, begins, lone, same, term_of
from indexer.highlight.surroundings import parted, without_accents
from indexer.vietnamese.edits import within_one_edit
from indexer.vietnamese.function_words import is_written_function_word
from indexer.vietnamese.letters import INVISIBLE
from indexer.vietnamese.memo import Memo
from indexer.vietnamese.terms import SYLLABLE, terms_of

_PHRASE_REACH = 120
"""Maximum length of a phrase in characters."""
_INSIDE = re.compile(f"[{INVISIBLE}\u0300-\u036f]")
"""Characters that may occur inside a syllable without being letters of it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to mark: folded terms with the toned forms typed for them, prefixes, typos and phrases."""

    words: dict[str, frozenset[str]] = field(default_factory=dict)
    """Folded terms -> the toned forms typed for them (empty if typed without accents)."""
    strict: frozenset[str] = frozenset()
    """Folded terms in ``words`` that are never marked with other accents."""
    beginnings: tuple[Phrase, ...] = ()
    """Sequences whose last syllable may be incomplete, with any accents: ``t`` in ``y t*`` only after ``y``."""
    typos: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    """Sequences that are marked only as a whole; a syllable typed with accents matches only itself."""
    quoted: frozenset[Phrase] = frozenset()
    """Phrases that may continue beyond the end of a sentence."""
    others: tuple[Phrase, ...] = ()
    """Other forms of what was typed, marked in the same way as ``phrases``."""
    dates: frozenset[Phrase] = frozenset()
    """Members of ``phrases`` and ``others`` that are dates, and therefore never part of a document number."""
    exact: bool = False
    """Whether unaccented syllables of phrases are exact, too."""
    pairs: frozenset[tuple[str, str]] = frozenset()
    """Folded syllables that are side by side in the query, whether or not they are marked by themselves."""
    optional: frozenset[str] = frozenset()
    """Folded terms that one of ``others`` may replace."""
    things: dict[str, str] = field(default_factory=dict)
    """For things with several forms, the term of a form -> the term of the thing: ``ubnd`` and ``uy ban nhan dan``."""
    maybe_grammar: frozenset[str] = frozenset()
    """Unaccented folded terms in ``words`` that may be function words; they are never marked where they are."""
    grammar: dict[str, frozenset[str]] = field(default_factory=dict)
    """Typed function words, in the form of ``words``: marked only within a run that matches the query."""
    joining: frozenset[str] = frozenset()
    """Members of ``grammar`` that are often part of a word, such as ``xin`` in ``vắc xin``: also marked at the ends of a run."""
    needed: frozenset[str] = field(init=False, compare=False, repr=False)
    """All terms (:attr:`Found.term`) that a matching text contains; excludes those in ``optional``."""
    leading: frozenset[str] = field(init=False, compare=False, repr=False)
    """Folded syllables that come before a prefix."""
    before_joining: frozenset[str] = field(init=False, compare=False, repr=False)
    """Folded syllables that come before one of ``joining`` in the query."""
    behind_joining: frozenset[str] = field(init=False, compare=False, repr=False)
    """Folded syllables that come after one of ``joining`` in the query."""
    finder: Finder = field(init=False, compare=False, repr=False)
    _replaceable: frozenset[str] = field(init=False, compare=False, repr=False)
    """Typed folded syllables that one of ``_replacements`` may replace."""
    _replacements: frozenset[str] = field(init=False, compare=False, repr=False)
    """The terms of ``others``."""

    def __post_init__(self) -> None:
        phrases = (
            phrase for phrase in self.phrases if not self.optional.issuperset(s.folded for s in phrase)
        )
        words = self.words.keys() - self.optional - self.maybe_grammar
        object.__setattr__(self, "needed", frozenset((*words, *map(term_of, phrases))))
        leading = frozenset(s.folded for phrase in self.beginnings for s in phrase[:-1])
        object.__setattr__(self, "leading", leading)
        before = frozenset(one for one, other in self.pairs if other in self.joining)
        object.__setattr__(self, "before_joining", before)
        behind = frozenset(other for one, other in self.pairs if one in self.joining)
        object.__setattr__(self, "behind_joining", behind)
        object.__setattr__(self, "finder", Finder(self))
        typed = (*self.words, *(s.folded for phrase in self.phrases for s in phrase))
        object.__setattr__(self, "_replaceable", self.optional.intersection(typed))
        object.__setattr__(self, "_replacements", frozenset(map(term_of, self.others)))

    @property
    def open_ended(self) -> bool:
        """Whether prefixes or typos are wanted; then it is impossible to tell whether a text contains everything."""
        return bool(self.beginnings or self.typos)

    @property
    def several(self) -> bool:
        """Whether more than one word or phrase was requested."""
        return len(self.words) + len(self.phrases) + len(self.beginnings) + len(self.typos) > 1

    def is_answered(self, terms: Set[str]) -> bool:
        """Tell whether a text with ``terms`` (:attr:`Found.term`) contains everything that was requested."""
        if self.open_ended or not self.needed <= terms:
            return False
        if not self._replaceable or not self._replacements.isdisjoint(terms):
            return True
        return self._replaceable <= {syllable for term in terms for syllable in term.split()}


class Found(NamedTuple):
    """A wanted word or phrase found at ``text[start:end]``."""

    start: int
    end: int
    term: str
    """Its folded syllables, separated by blanks; for prefixes, as typed and with ``*``."""
    toned: str
    exact: bool
    """Whether it has the accents that were typed."""
    syllables: int = 1


class Finder:
    """Finds what is wanted in a text: the hot path of a result page.

    A pattern of letters, in which each vowel matches every other, skips to candidate tokens; only these are analysed.
    """

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        by_first: dict[str, list[Sought]] = {}
        for phrase in dict.fromkeys((*wanted.phrases, *wanted.others)):
            if phrase:
                sought = Sought(
                    phrase, term_of(phrase), quoted=phrase in wanted.quoted, date=phrase in wanted.dates
                )
                by_first.setdefault(phrase[0].folded, []).append(sought)
        for phrase in dict.fromkeys(wanted.beginnings):
            if len(phrase) > 1:
                sought = Sought(phrase, f"{term_of(phrase)}*", open=True)
                by_first.setdefault(phrase[0].folded, []).append(sought)
        self._verdicts = _Verdicts(wanted, by_first)
        # A typo may be in any letter.
        self._pattern = (
            None
            if wanted.typos
            else token_pattern({*wanted.words, *by_first}, {s.folded for s in lone(wanted.beginnings)})
        )

    def occurrences(self, text: str, start: int, end: int) -> list[Found]:
        """Return what begins in ``text[start:end]``, whose ends are at blanks; phrases may end beyond it."""
        found: list[Found] = []
        verdicts = self._verdicts
        for token in self._tokens(text, start, end):
            toned, term, exact, begun = verdicts[token.group()]
            for sought in begun:
                whole = self._phrase(text, token.start(), sought)
                if whole:
                    found.append(whole)
            if exact is not None:
                first, last = token.span()
                found.append(Found(first, last, term, toned, exact))
        return found

    def _tokens(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        pattern = self._pattern
        if pattern is None or _INSIDE.search(text, start, end):
            return SYLLABLE.finditer(text, start, end)
        return pattern.finditer(text, start, end)

    def _phrase(self, text: str, start: int, sought: Sought) -> Found | None:
        """Return the phrase at ``start``, if its accents match or the text has none."""
        phrase = sought.phrase
        run: list[tuple[int, int]] = []
        forms: list[str] = []
        as_typed = plain = True
        tokens = SYLLABLE.finditer(text, start, start + _PHRASE_REACH)
        for token, typed in zip(islice(tokens, len(phrase)), phrase, strict=False):
            toned, folded = terms_of(token.group())
            if sought.open and len(run) + 1 == len(phrase):
                if not folded.startswith(typed.folded):
                    return None
                as_typed = as_typed and begins(toned, typed)
            elif folded != typed.folded:
                return None
            else:
                as_typed = as_typed and same(toned, typed, self._wanted.exact)
            plain = plain and toned == folded
            if not (as_typed or plain or sought.open):
                return None
            run.append(token.span())
            forms.append(toned)
        if len(run) < len(phrase) or is_tail(text, run[0][0]):
            return None
        if not sought.quoted and any(parted(text, a[1], b[0]) for a, b in pairwise(run)):
            return None
        end = run[-1][1]
        if sought.date:
            if is_in_number(text, start, end):
                return None
            start, end = whole_date(text, start, end)
        if not (as_typed or sought.open) and (self._wanted.exact or not without_accents(text, start, end)):
            return None
        return Found(start, end, sought.term, " ".join(forms), as_typed, len(phrase))


class _Verdicts(Memo[tuple[str, str, bool | None, Sequence[Sought]]]):
    """What is known about a token: its toned form and its term; whether its accents match, None if it is not wanted; and the
    phrases it may begin."""

    def __init__(self, wanted: Wanted, by_first: Mapping[str, Sequence[Sought]]) -> None:
        super().__init__()
        self._wanted = wanted
        self._by_first = by_first
        self._beginnings = lone(wanted.beginnings)

    def __missing__(self, token: str) -> tuple[str, str, bool | None, Sequence[Sought]]:
        toned, folded = terms_of(token)
        return self.keep(token, (toned, *self._judged(toned, folded), self._by_first.get(folded, ())))

    def _judged(self, toned: str, folded: str) -> tuple[str, bool | None]:
        wanted = self._wanted
        forms = wanted.words.get(folded)
        if forms is not None:
            if folded in wanted.maybe_grammar and is_written_function_word(toned):
                return folded, None
            exact = toned in forms if forms else True
            return folded, exact if exact or folded not in wanted.strict else None
        for typed in self._beginnings:
            if folded.startswith(typed.folded):
                return f"{typed.folded}*", begins(toned, typed)
        return folded, True if any(within_one_edit(folded, typo) for typo in wanted.typos) else None

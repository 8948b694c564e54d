"""Other forms of what was typed: abbreviations, names, dates, numerals and questions.

Only neighbouring plain words are expanded, never quoted text. Expansion never narrows a query: whatever matched without it
still matches.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from indexer.directives.pattern import NumberPattern
from indexer.lexicon.lexicon import LONGEST as LONGEST_NAME
from indexer.lexicon.lexicon import Lexicon, Sense, letters_of, may_be_short
from indexer.query import tree
from indexer.query.cut import crosses_words
from indexer.query.figures import number_at, quantities_of
from indexer.query.frequencies import Statistics
from indexer.query.listed import Mentions
from indexer.query.mentions import document_of, names_of, only_asks, subject_after
from indexer.query.questions import asking_words, framing, is_grammar
from indexer.vietnamese.letters import fold

Learned = Callable[[str], Sequence[str]]
"""The long forms that indexed texts give for an abbreviation."""

Documents = Callable[[NumberPattern], Sequence[str]]
"""The strict keys of the indexed documents that a typed number may mean, most cited first."""

_SIGNING = frozenset(("tm.", "kt.", "tl.", "tuq.", "q."))
"""Abbreviations that precede the title of a signer; they are not read as other abbreviations."""
_MOST_NUMBERS = 4
"""Maximum number of document numbers looked up per query; further ones are treated as words."""


@dataclass(frozen=True, slots=True)
class Known:
    """Known other forms: the lexicon, and what indexed texts tell."""

    lexicon: Lexicon
    learned: Learned = lambda key: ()
    documents: Documents = lambda pattern: ()
    statistics: Statistics | None = None


def expand(node: tree.Node, known: Known) -> tree.Node:
    """Return ``node`` with other forms of its words added."""
    match node:
        case tree.Word():
            return _first(_expanded([node], known))
        case tree.And():
            parts: list[tree.Node] = []
            for (words, _), run in groupby(node.nodes, _kind_and_area):
                if words:
                    parts += _expanded([word for word in run if isinstance(word, tree.Word)], known)
                else:
                    parts += (expand(part, known) for part in run)
            return tree.And(tuple(parts))
        case tree.Or():
            return replace(node, nodes=tuple(expand(child, known) for child in node.nodes))
        case _:
            return node


def _kind_and_area(node: tree.Node) -> tuple[bool, str | None]:
    return (True, node.area) if isinstance(node, tree.Word) else (False, None)


def _first(nodes: list[tree.Node]) -> tree.Node:
    return nodes[0] if len(nodes) == 1 else tree.And(tuple(nodes))


def _expanded(words: list[tree.Word], known: Known) -> list[tree.Node]:
    run = _Run(words)
    parts: list[tree.Node] = []
    at = 0
    while at < len(words):
        part, end = (
            run.subject(at)
            or run.document(at, known)
            or run.quantity(at)
            or run.question(at)
            or run.named(at, known)
            or run.number(at)
            or (words[at], at + 1)
        )
        parts.append(part)
        at = end
    if run.only_asks:
        parts = [tree.Hint((part,)) if isinstance(part, tree.Word) else part for part in parts]
    if any(isinstance(part, tree.Hint) for part in parts) and not run.sure:
        parts = _of_question(parts, accented=any(s.is_accented for word in words for s in word.syllables))
    # Nothing but question words, so they are what is searched for.
    return [*words] if all(isinstance(part, tree.Hint) for part in parts) else parts


def _of_question(parts: Sequence[tree.Node], accented: bool) -> list[tree.Node]:
    """Return ``parts`` with the words that only form the question turned into hints; neighbours become one hint."""
    found: list[tree.Node] = []
    for part in parts:
        if isinstance(part, tree.Word) and is_grammar(part.syllables, accented):
            part = tree.Hint((part,))
        if isinstance(part, tree.Hint) and found and isinstance(before := found[-1], tree.Hint):
            found[-1] = tree.Hint((*before.words, *part.words))
        else:
            found.append(part)
    return found


_Part = tuple[tree.Node, int] | None
"""A part of the tree and the position of the first word after it."""


class _Run:
    """Neighbouring words of a query."""

    def __init__(self, words: list[tree.Word]) -> None:
        self.words = words
        self._syllables = [word.syllables for word in words]
        self.folded = [" ".join(syllable.folded for syllable in typed) for typed in self._syllables]
        self.letters = [fold(letters_of(word.text)) for word in words]
        self.mixed_case = mixes_cases([word.text for word in words])
        self._quantities = dict(quantities_of(words, self.folded))
        self._looked_up = 0
        self.sure = 0
        """End of the last number that stands for a single document."""
        self.likely = 0
        """End of the last number that may mean several documents."""
        self.only_asks = False
        """Whether everything beside a number that may be a year asks about it: "quyết định 2020 quy định gì"."""
        self._framing = framing(self._syllables)
        self._dated = False
        self._numbered: set[int] = set()
        self._mentions = Mentions(words, self.folded)

    @functools.cached_property
    def _beside_numbers(self) -> list[tree.Word]:
        """What was typed besides document numbers."""
        return [word for n, word in enumerate(self.words) if n not in self._mentions.words]

    def quantity(self, at: int) -> _Part:
        """A date, quarter, grouped amount or Roman numeral in capitals."""
        return self._quantities.get(at)

    def number(self, at: int) -> _Part:
        """Any other number."""
        if at in self._numbered and self.words[at].text.isdigit():
            return None  # that of a document, not held: no amount
        return number_at(self.words, at)

    def document(self, at: int, known: Known) -> _Part:
        """A document number as people type it: ``chỉ thị 38 tw``, ``kh74``, ``nghị quyết số 57-NQ/TW``."""
        mention = self._mentions.found.get(at)
        if mention is None and at in self._mentions.words:
            mention = self._mentions.at(at)  # what holds it means no document
        if mention is None or self._looked_up == _MOST_NUMBERS:
            return None
        pattern, end = mention
        if pattern.alone and end - at < len(self.words):
            return None  # of what was typed it is only a part
        self._looked_up += 1
        words, keys = tuple(self.words[at:end]), known.documents(pattern)
        if (told := self._mentions.told.get(at, pattern)) != pattern and (keys_told := known.documents(told)):
            pattern, keys = told, keys_told
        if len(words) == 1 and words[0].number and (not keys or keys[0] == words[0].number.key):
            self.sure = end
            return words[0], end
        asked = only_asks(self._beside_numbers)
        document = document_of(pattern, keys, pattern.precise or (asked and not pattern.may_be_year))
        if document is None:
            self._numbered.update(range(at, end))
            return None
        if pattern.precise:
            self.sure, self._dated = end, pattern.day is not None
        else:
            self.likely = end
            self.only_asks |= asked and not document.sure
        return tree.Either(words, (document, *names_of(pattern))), end

    def subject(self, at: int) -> _Part:
        """What a citation says about its document right after the number; if it may mean several documents, only the word "về"."""
        if at and at == self.likely:
            end = at + (self.folded[at] == "ve")
        else:
            end = at + subject_after(self.folded, at, self._dated) if at and at == self.sure else at
        return (tree.Hint(tuple(self.words[at:end])), end) if end > at else None

    def question(self, at: int) -> _Part:
        """Words that only ask, or count a list; among small letters, a capital "AI" is not "ai"."""
        if self._mentions.is_count(at):
            return tree.Hint((self.words[at],)), at + 1
        if self.words[at].text == "AI" and self.mixed_case:
            return None
        end = at + (1 if at in self._framing else asking_words(self._syllables, at))
        return (tree.Hint(tuple(self.words[at:end])), end) if end > at else None

    def named(self, at: int, known: Known) -> _Part:
        """The longest run from here that has other names."""
        if self.words[at].text.lower() in _SIGNING and at + 1 < len(self.words):
            return None
        for end in range(min(len(self.words), at + LONGEST_NAME), at, -1):
            text = " ".join(word.text for word in self.words[at:end])
            senses: list[Sense] = []
            if known.lexicon.may_know(" ".join(self.folded[at:end]), "".join(self.letters[at:end])):
                typed = [syllable for word in self.words[at:end] for syllable in word.syllables]
                senses = known.lexicon.senses(typed, text, self.mixed_case)
                wrong = any(one.kind == "misspelled" for one in senses)
                if wrong and known.statistics and crosses_words(self.words, at, end, known.statistics):
                    continue
            if not senses and end == at + 1:
                senses = _learned(self.words[at], known.learned, self.mixed_case)
            if senses:
                others = tuple(tree.Reading(sense.text, sense.kind, sense.exact) for sense in senses)
                return tree.Either(self._with_all_accents(at, end, known.lexicon), others), end
        return None

    def _with_all_accents(self, at: int, end: int, lexicon: Lexicon) -> tuple[tree.Word, ...]:
        """Return words that form a name with missing accents restored: as typed, nothing would contain them."""
        typed = tuple(self.words[at:end])
        form = lexicon.with_all_accents([syllable for word in typed for syllable in word.syllables])
        return tree.words_in(form, typed[0].area) if form else typed


def _learned(word: tree.Word, learned: Learned, mixed_case: bool) -> list[Sense]:
    key = None if word.number else abbreviated(word.text, mixed_case)
    return [Sense(long, "learned") for long in learned(key)] if key else []


def abbreviated(text: str, mixed_case: bool) -> str | None:
    """Return the letters by which a word is asked for that may be an abbreviation; None where it can be none."""
    key = letters_of(text)
    return fold(key) if 2 <= len(key) <= 10 and key.isalpha() and may_be_short(text, mixed_case) else None


def mixes_cases(words: Sequence[str]) -> bool:
    """Tell whether capitals mean something in ``words``: a single one, or not all are in capitals."""
    return len(words) == 1 or any(letter.islower() for word in words for letter in word)

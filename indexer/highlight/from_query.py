"""Derives what to mark in texts from the query tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from indexer.highlight.finder import Wanted
from indexer.highlight.phrases import Phrase, term_of
from indexer.query import tree
from indexer.vietnamese.function_words import is_function_word
from indexer.vietnamese.terms import Syllable, terms_of

_IN_WORDS = frozenset(
    terms_of(word)[1]
    for word in """
        có bị phải cần còn chỉ chính không một cả như cùng nhau thế vậy bao lâu hỏi xin
        từ đến tới theo về bằng tại ở do trong ngoài trên dưới giữa trước sau ra vào lên xuống lại
        tôi mình em anh chị bạn họ
    """.split()
)
"""Folded function words that are often part of a word: ``vắc xin``, ``nhà ở``, ``nước ngoài``, ``hành chính``, ``trẻ em``.
Others, such as ``của`` and ``các``, hardly ever are. Our own selection."""


def wanted_by(node: tree.Node, strict: bool = False, as_typed: bool = False) -> Wanted:
    """Return what to mark for ``node``, leaving out exclusions, fields and function words.

    Function words are marked if nothing else was typed. With ``as_typed``, accented words are marked only with the same
    accents; with ``strict``, unaccented ones as well.
    """
    asked = _Asked(strict, as_typed)
    asked.visit(node)
    return asked.wanted()


class _Asked:
    """Collects what to mark while visiting the parts of a query."""

    def __init__(self, strict: bool, as_typed: bool) -> None:
        self._strict = strict
        self._as_typed = as_typed
        self._words: dict[str, set[str]] = {}
        self._hints: dict[str, set[str]] = {}
        self._beginnings: list[Phrase] = []
        self._typos: list[str] = []
        self._phrases: list[Phrase] = []
        self._quoted: set[Phrase] = set()
        self._others: list[Phrase] = []
        self._dates: set[Phrase] = set()
        self._pairs: set[tuple[str, str]] = set()
        self._optional: set[str] = set()
        self._things: dict[str, str] = {}

    def visit(self, part: tree.Node) -> None:
        """Add what ``part`` asks for."""
        match part:
            case tree.Word() | tree.NumberIs() if len(part.syllables) == 1:
                self._add(self._words, part.syllables)
            case tree.Word() | tree.Quoted() | tree.NumberIs() if part.syllables:
                self._phrases.append(part.syllables)
                if isinstance(part, tree.Quoted):
                    self._quoted.add(part.syllables)
            case tree.Compound():
                self._phrases.append(part.syllables)
            case tree.Either():
                self._either(part)
            case tree.Hint():
                self._add(self._hints, part.syllables)
            case tree.Prefix():
                # The index matches a prefix together with the syllable before it; they get one mark.
                typed = (*(part.before.syllables if part.before else ()), *part.syllables)
                self._beginnings += dict.fromkeys((typed[-2:], typed))
            case tree.Fuzzy():
                self._typos.extend(syllable.folded for syllable in part.syllables)
            case tree.And() | tree.Or():
                for child in part.nodes:
                    self.visit(child)
                if isinstance(part, tree.And):
                    for run in _runs(part.nodes):
                        self._pairs.update(pairwise(run))

    def wanted(self) -> Wanted:
        """Return what all visited parts ask for."""
        words = self._words
        grammar = _function_words(words)
        if len(grammar) < len(words) or self._phrases or self._beginnings or self._typos:
            words = {folded: forms for folded, forms in words.items() if folded not in grammar or not forms}
        else:
            grammar = set()
        within = {folded: self._words[folded] for folded in grammar}
        within |= {
            folded: forms
            for folded, forms in self._hints.items()
            if folded not in self._words and folded in _function_words(self._hints)
        }
        return Wanted(
            _frozen(words),
            frozenset(
                folded for folded, forms in words.items() if self._strict or (self._as_typed and forms)
            ),
            tuple(self._beginnings),
            tuple(self._typos),
            tuple(self._phrases),
            frozenset(self._quoted),
            tuple(self._others),
            frozenset(self._dates),
            exact=self._strict,
            pairs=frozenset(self._pairs),
            optional=frozenset(self._optional),
            things=self._things,
            maybe_grammar=frozenset(grammar & words.keys()),
            grammar=_frozen(within),
            joining=frozenset(grammar & _IN_WORDS),
        )

    def _add(self, words: dict[str, set[str]], typed: Iterable[Syllable]) -> None:
        for syllable in typed:
            forms = words.setdefault(syllable.folded, set())
            if syllable.is_accented or self._strict:
                forms.add(syllable.toned)

    def _either(self, part: tree.Either) -> None:
        if not self._as_typed:
            self.visit(tree.And(part.words))
        elif part.parts:
            self.visit(tree.And(part.parts))
        else:
            self._phrases.append(part.syllables)
        self._optional.update(syllable.folded for syllable in part.syllables)
        thing = term_of(part.syllables)
        for other in part.others:
            if isinstance(other, tree.Quantity):
                self._others.extend(other.spellings)
                self._dates.update((*other.spellings, part.syllables) if other.spellings else ())
            else:
                self._others.append(other.syllables)
                form = term_of(other.syllables)
                # A part of the typed words, such as "căn cước" in "căn cước công dân", stands for itself.
                if f" {form} " not in f" {thing} ":
                    self._things[thing] = self._things[form] = thing


def _runs(nodes: Sequence[tree.Node]) -> Iterator[list[str]]:
    """Yield the folded syllables of neighbouring words; prefixes end in ``*``, as in :attr:`Found.term`."""
    run: list[str] = []
    for node in nodes:
        match node:
            case tree.Word() | tree.Quoted() | tree.Either() | tree.Compound() | tree.Hint():
                run += (syllable.folded for syllable in node.syllables)
                continue
            case tree.Prefix():
                typed = (*(node.before.syllables if node.before else ()), *node.syllables)
                run += f"{term_of(typed)}*".split()
        yield run
        run = []
    yield run


def _frozen(words: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {folded: frozenset(forms) for folded, forms in words.items()}


def _function_words(words: Mapping[str, set[str]]) -> set[str]:
    """Return the folded terms that are or may be function words, and so say nothing about the subject."""
    return {
        folded
        for folded, forms in words.items()
        if all(is_function_word(form, folded) for form in forms or (folded,))
    }

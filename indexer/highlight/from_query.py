"""Query tree -> what to mark in texts."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from indexer.highlight.finder import Wanted
from indexer.query import tree
from indexer.vietnamese.function_words import is_function_word
from indexer.vietnamese.terms import Syllable


def wanted_by(node: tree.Node, strict: bool = False, as_typed: bool = False) -> Wanted:
    """Return what to mark for ``node``; negated parts, fields and function words are left out.

    Where nothing else was typed, function words are marked. ``as_typed``: words typed with accents are marked with these
    only; ``strict``: those without accents, too.
    """
    words: dict[str, set[str]] = {}
    prefixes: list[str] = []
    typos: list[str] = []
    phrases: list[tuple[Syllable, ...]] = []
    pairs: set[tuple[str, str]] = set()
    quoted: set[tuple[Syllable, ...]] = set()
    others: list[tuple[Syllable, ...]] = []
    optional: set[str] = set()

    def visit(part: tree.Node) -> None:
        match part:
            case tree.Word() | tree.NumberIs() if len(part.syllables) == 1:
                add(part.syllables[0])
            case tree.Word() | tree.Quoted() | tree.NumberIs() if part.syllables:
                phrases.append(part.syllables)
                if isinstance(part, tree.Quoted):
                    quoted.add(part.syllables)
            case tree.Compound():
                phrases.append(part.syllables)
            case tree.Either():
                if not as_typed:
                    visit(tree.And(part.words))
                elif part.parts:
                    visit(tree.And(part.parts))
                else:
                    phrases.append(part.syllables)
                optional.update(syllable.folded for syllable in part.syllables)
                for other in part.others:
                    others.extend(other.spellings if isinstance(other, tree.Quantity) else (other.syllables,))
            case tree.Prefix():
                *whole, last = part.syllables
                for syllable in (*(part.before.syllables if part.before else ()), *whole):
                    add(syllable)
                prefixes.append(last.folded)
            case tree.Fuzzy():
                typos.extend(syllable.folded for syllable in part.syllables)
            case tree.And() | tree.Or():
                for child in part.nodes:
                    visit(child)
                for one, following in pairwise(part.nodes):
                    if isinstance(one, tree.Word) and isinstance(following, tree.Word):
                        both = pairwise((*one.syllables, *following.syllables))
                        pairs.update((a.folded, b.folded) for a, b in both)

    def add(syllable: Syllable) -> None:
        forms = words.setdefault(syllable.folded, set())
        if syllable.toned != syllable.folded or strict:
            forms.add(syllable.toned)

    visit(node)
    grammar = _function_words(words)
    if len(grammar) < len(words) or phrases or prefixes or typos:
        words = {folded: forms for folded, forms in words.items() if folded not in grammar or not forms}
    else:
        grammar = set()
    return Wanted(
        {folded: frozenset(forms) for folded, forms in words.items()},
        frozenset(folded for folded, forms in words.items() if strict or (as_typed and forms)),
        tuple(prefixes),
        tuple(typos),
        tuple(phrases),
        frozenset(quoted),
        tuple(others),
        exact=strict,
        pairs=frozenset(pairs),
        optional=frozenset(optional),
        maybe_grammar=frozenset(grammar & words.keys()),
    )


def _function_words(words: Mapping[str, set[str]]) -> set[str]:
    """Return the folded terms that are function words as they were typed, or may be: they say nothing of a subject."""
    return {
        folded
        for folded, forms in words.items()
        if all(is_function_word(form, folded) for form in forms or (folded,))
    }

"""Query tree -> what to mark in texts."""

from __future__ import annotations

from itertools import pairwise

from indexer.highlight.finder import Wanted
from indexer.query import tree
from indexer.vietnamese.terms import Syllable, syllables


def wanted(node: tree.Node, strict: bool = False) -> Wanted:
    """Return what to mark for ``node``; negated parts and fields are left out."""
    words: dict[str, set[str]] = {}
    prefixes: list[str] = []
    typos: list[str] = []
    phrases: list[tuple[Syllable, ...]] = []
    pairs: set[tuple[str, str]] = set()
    optional: set[str] = set()

    def visit(part: tree.Node) -> None:
        match part:
            case tree.Word() | tree.Quoted() | tree.NumberIs():
                run = tuple(syllables(part.text))
                if len(run) == 1 and not isinstance(part, tree.Quoted):
                    add(run[0])
                elif run:
                    phrases.append(run)
            case tree.Either():
                visit(tree.And(part.words))
                optional.update(s.folded for word in part.words for s in syllables(word.text))
                for other in part.others:
                    match other:
                        case tree.Reading():
                            texts: tuple[str, ...] = (other.text,)
                        case tree.Quantity():
                            texts = other.spellings
                        case tree.Document():
                            texts = (other.number,)
                    phrases.extend(tuple(syllables(text)) for text in texts)
            case tree.Hint():
                pass
            case tree.Prefix():
                *whole, last = syllables(part.text)
                for syllable in (*(syllables(part.before) if part.before else ()), *whole):
                    add(syllable)
                prefixes.append(last.folded)
            case tree.Fuzzy():
                typos.extend(syllable.folded for syllable in syllables(part.text))
            case tree.And() | tree.Or():
                for child in part.nodes:
                    visit(child)
                for one, following in pairwise(part.nodes):
                    if isinstance(one, tree.Word) and isinstance(following, tree.Word):
                        both = syllables(f"{one.text} {following.text}")
                        pairs.update((a.folded, b.folded) for a, b in pairwise(both))

    def add(syllable: Syllable) -> None:
        forms = words.setdefault(syllable.folded, set())
        if syllable.toned != syllable.folded or strict:
            forms.add(syllable.toned)

    visit(node)
    return Wanted(
        {folded: frozenset(forms) for folded, forms in words.items()},
        frozenset(words) if strict else frozenset(),
        tuple(prefixes),
        tuple(typos),
        tuple(phrases),
        exact=strict,
        pairs=frozenset(pairs),
        optional=frozenset(optional),
    )

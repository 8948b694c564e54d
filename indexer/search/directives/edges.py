"""The documents with a relation to a document, in either direction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from indexer.directives.citations import RELATIONS
from indexer.engine import clauses as c
from indexer.engine.protocol import EngineRequest
from indexer.register.labels import Labels
from indexer.register.named import Named
from indexer.register.same import SameLaws
from indexer.search.directives.gathered import Gathered
from indexer.search.directives.sayings import Pair, Sayings
from indexer.visible.index import VisibleIndex

_DEFAULT = "according_to"
"""The relation of a citation that states nothing more."""
_MOST_EDGES = 40
"""Maximum number of documents per relation."""
Edges = tuple[tuple[str, tuple[Named, ...]], ...]
"""Relation -> documents, in the order of ``RELATIONS``."""


class Neighbours:
    """Answers from the visible articles of one commit."""

    def __init__(self, index: VisibleIndex, labels: Labels, same: SameLaws) -> None:
        self._index = index
        self._labels = labels
        self._same = same

    def acting_on(self, found: Gathered) -> Edges:
        """Return the documents that act on the document, by their own text or as others say."""
        return self._edges(
            chain(self._bearers(found), found.subjects()), Sayings(self._index, found, outward=False)
        )

    def acted_on_by(self, found: Gathered) -> Edges:
        """Return the documents that the document acts on."""
        return self._edges(found.objects(), Sayings(self._index, found, outward=True))

    def _bearers(self, found: Gathered) -> Iterator[tuple[str, str, int]]:
        """Yield the documents whose own articles have a relation to the document."""
        for relation, request in bearers_asked(found):
            for key, n in self._index.search(request).facets["number"].items():
                if key != found.key:
                    yield relation, key, n

    def _edges(self, edges: Iterable[tuple[str, str, int]], sayings: Sayings) -> Edges:
        found: dict[str, Counter[str]] = {}
        names: dict[Pair, set[str]] = {}
        for relation, name, n in edges:
            other = self._same.keys(name)[0] if name.startswith("law:") else name
            names.setdefault((relation, other), set()).add(name)
            found.setdefault(relation, Counter())[other] += n
        # An amending document also mentions it in other ways; one relation is enough.
        otherwise = {other for relation in found if relation != _DEFAULT for other in found[relation]}
        for other in otherwise & found.get(_DEFAULT, Counter()).keys():
            del found[_DEFAULT][other]
        ranked = {
            relation: found[relation].most_common(_MOST_EDGES)
            for relation in RELATIONS
            if found.get(relation)
        }
        pairs = [(relation, key) for relation, keys in ranked.items() for key, _ in keys]
        spoken = sayings.of(
            [(relation, name) for relation, key in pairs for name in sorted(names[relation, key])]
        )
        # A law cited by name and by number is one law; whichever of them a sentence has is shown.
        said = {
            (relation, key): next(spoken[relation, name] for name in named)
            for relation, key in pairs
            if (named := [name for name in sorted(names[relation, key]) if (relation, name) in spoken])
        }
        self._index.foresee(self._labels.foreseen(key for _, key in said))
        shown = {
            relation: tuple(
                replace(self._labels.named(key), articles=n, said=said[relation, key])
                for key, n in keys
                if (relation, key) in said
            )
            for relation, keys in ranked.items()
        }
        return tuple((relation, named) for relation, named in shown.items() if named)


def bearers_asked(found: Gathered) -> Iterator[tuple[str, EngineRequest]]:
    """Yield for each relation the search for the documents whose own articles have it to the document."""
    for relation in found.by_relation:
        values = [value for value in found.values({relation}) if found.said[value][0].subject is None]
        if values:
            yield relation, EngineRequest(relation_clause(values), facets=("number",), limit=0)


def distinct_asked(found: Gathered) -> Iterator[tuple[str, EngineRequest]]:
    """Yield the search for the articles with each relation stated in several ways: by others, of a part, of a year."""
    for relation in RELATIONS:
        if len(values := found.values({relation})) > 1:
            yield relation, EngineRequest(relation_clause(values), limit=0)


def relation_clause(values: Iterable[str]) -> c.Clause:
    """Match articles that state one of ``values``; see :mod:`indexer.stored.relation`."""
    return c.any_of(tuple(c.Term("relation", value) for value in sorted(values)))

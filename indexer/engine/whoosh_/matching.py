"""Evaluates clauses on one commit: first a set of documents, then their scores.

Whoosh's own matchers are not used: they support neither phrases with gaps nor a bare ``Not``, and step through documents one by
one. Sets of whole posting lists are simpler to get right, and faster.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence, Set
from functools import reduce
from itertools import accumulate, chain
from operator import and_

from indexer.engine import clauses as c
from indexer.engine.whoosh_.commit import K1, Commit
from indexer.engine.whoosh_.postings import Postings
from indexer.vietnamese.edits import within_one_edit

_SPARSE = 16
"""If there are this many times more postings than documents requested, each document is looked up instead of reading all
postings.
"""


class Matching:
    """Evaluates clauses over ``universe``, which ``Everything`` returns and ``Not`` subtracts from."""

    def __init__(self, commit: Commit, universe: Set[int]) -> None:
        self._commit = commit
        self._universe = universe
        self._known: dict[c.Clause, Set[int]] = {}

    def documents(self, clause: c.Clause) -> Set[int]:
        """Return the documents of the universe that match ``clause``."""
        if clause not in self._known:
            self._known[clause] = self._match(clause)
        return self._known[clause]

    def _match(self, clause: c.Clause) -> Set[int]:
        match clause:
            case c.Term():
                return self._universe & set(self._commit.postings(clause.field, clause.term).documents)
            case c.Phrase():
                return self._universe & set(self._phrase(clause).documents)
            case c.Prefix():
                return self._any_term(clause.field, self._commit.terms(clause.field, clause.prefix))
            case c.Fuzzy():
                near = [t for t in self._commit.lexicon(clause.field) if within_one_edit(clause.term, t)]
                return self._any_term(clause.field, near)
            case c.DayRange():
                days, first, last = self._commit.days, max(clause.first, 1), clause.last
                return {document for document in self._universe if first <= days[document] <= last}
            case c.Undated():
                days = self._commit.days
                return {document for document in self._universe if not days[document]}
            case c.Everything():
                return self._universe
            case c.Nothing():
                return frozenset()
            case c.All():
                return reduce(and_, self._parts(clause), self._universe)
            case c.Any():
                return set(chain.from_iterable(self.documents(part) for part in clause.clauses))
            case c.Not():
                return self._universe - self.documents(clause.clause)
            case c.Boost() | c.Constant():
                return self.documents(clause.clause)

    def _parts(self, clause: c.All) -> list[Set[int]]:
        return sorted((self.documents(part) for part in clause.clauses), key=len)

    def _any_term(self, field: str, terms: Iterable[str]) -> Set[int]:
        found = (self._commit.postings(field, term).documents for term in terms)
        return self._universe & set(chain.from_iterable(found))

    def _phrase(self, clause: c.Phrase) -> Postings:
        return self._commit.kept(clause, lambda: _phrase(self._commit, clause))

    def scores(self, clauses: Iterable[c.Clause], documents: Set[int]) -> dict[int, float]:
        """Return the sum of the scores of ``clauses`` for those of ``documents`` that have one."""
        totals: dict[int, float] = {}
        for clause in clauses:
            self._score(clause, documents, 1.0, totals)
        return totals

    def _score(self, clause: c.Clause, documents: Set[int], factor: float, totals: dict[int, float]) -> None:
        match clause:
            case c.Term():
                found = self._commit.postings(clause.field, clause.term)
                self._bm25(clause.field, found, self._idf(found), documents, factor, totals)
            case c.Phrase():
                idf = sum(self._idf(self._commit.postings(clause.field, t)) for _, t in clause.terms)
                self._bm25(clause.field, self._phrase(clause), idf, documents, factor, totals)
            case c.All():
                both = documents & self.documents(clause)
                for part in clause.clauses:
                    self._score(part, both, factor, totals)
            case c.Any():
                for part in clause.clauses:
                    self._score(part, documents, factor, totals)
            case c.Boost():
                self._score(clause.clause, documents, factor * clause.factor, totals)
            case c.Constant():
                self._add(documents & self.documents(clause.clause), factor * clause.score, totals)
            case c.Prefix() | c.Fuzzy() | c.DayRange() | c.Undated():
                self._add(documents & self.documents(clause), factor, totals)
            case c.Not() | c.Everything() | c.Nothing():
                pass

    @staticmethod
    def _add(documents: Set[int], score: float, totals: dict[int, float]) -> None:
        if score:
            for document in documents:
                totals[document] = totals.get(document, 0.0) + score

    def _idf(self, found: Postings) -> float:
        """As in Lucene and tantivy: ln(1 + (N - n + 0.5) / (n + 0.5)), over all entries."""
        number = len(found.documents)
        return math.log(1 + (len(self._commit.live) - number + 0.5) / (number + 0.5))

    def _bm25(
        self,
        field: str,
        found: Postings,
        idf: float,
        documents: Set[int],
        factor: float,
        totals: dict[int, float],
    ) -> None:
        norms = self._commit.norms(field)
        weight = factor * idf * (K1 + 1)
        for document, frequency in _of(found, documents):
            norm = K1 if norms is None else norms[document]
            totals[document] = totals.get(document, 0.0) + weight * frequency / (frequency + norm)


def _of(found: Postings, documents: Set[int]) -> Iterable[tuple[int, float]]:
    """Return the postings of ``documents``, in no particular order."""
    if len(documents) * _SPARSE > len(found.documents):
        pairs = zip(found.documents, found.frequencies, strict=True)
        return [pair for pair in pairs if pair[0] in documents]
    sparse = []
    for document in documents:
        at = bisect_left(found.documents, document)
        if at < len(found.documents) and found.documents[at] == document:
            sparse.append((document, found.frequencies[at]))
    return sparse


def _phrase(commit: Commit, clause: c.Phrase) -> Postings:
    """Return where the terms occur at their positions, and how often."""
    read = [(at, commit.positions(clause.field, term)) for at, term in clause.terms]
    common = reduce(and_, (set(found.documents) for _, found in read))
    places = [(at, _places(found, common)) for at, found in read]
    documents, frequencies = array("I"), array("I")
    for document in sorted(common):
        starts = reduce(and_, ({place - at for place in of[document]} for at, of in places))
        if starts:
            documents.append(document)
            frequencies.append(len(starts))
    return Postings(documents, frequencies)


def _places(found: Postings, documents: Set[int]) -> dict[int, Sequence[int]]:
    """Return the positions of a term in each of ``documents``."""
    ends = accumulate(found.frequencies)
    return {
        document: found.positions[end - frequency : end]
        for document, frequency, end in zip(found.documents, found.frequencies, ends, strict=True)
        if document in documents
    }

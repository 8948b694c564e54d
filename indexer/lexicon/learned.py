"""Long forms of abbreviations, as explained by the indexed articles themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer.engine import clauses as c
from indexer.engine.protocol import EngineRequest, Snapshot, TermsAsked

FIELD = "abbreviation"
LEAST_ARTICLES = 2
"""Minimum number of articles that must give the same explanation: a single one may be mistaken."""
_MOST_FORMS = 3
_REMEMBERED = 1_000


class Learned:
    """Queries one commit of the index once per abbreviation, limited to articles that pass ``filters``."""

    def __init__(self, snapshot: Snapshot, filters: Mapping[str, c.Clause]) -> None:
        self._snapshot = snapshot
        self._filters = filters
        self._known: dict[str, Sequence[str]] = {}

    def __call__(self, key: str) -> Sequence[str]:
        if len(self._known) > _REMEMBERED:
            self._known = {}
        found = self._known.get(key)
        if found is None:
            asked = explaining(key)
            terms = self._snapshot.terms(asked.field, asked.prefix, asked.limit)
            found = tuple(
                term.partition("=")[2]
                for term, articles in terms
                if articles >= LEAST_ARTICLES and self._seen(term) >= LEAST_ARTICLES
            )
            self._known[key] = found
        return found

    def _seen(self, term: str) -> int:
        """Return how many visible articles give this explanation: the engine's own count covers all articles."""
        request = EngineRequest(c.Term(FIELD, term), filters=self._filters, limit=0)
        return self._snapshot.search(request).total


def explaining(key: str) -> TermsAsked:
    """Return what the index is asked for the long forms of the letters ``key``."""
    return TermsAsked(FIELD, f"{key}=", _MOST_FORMS)


def learned_abbreviations(snapshot: Snapshot, limit: int = 20) -> dict[str, int]:
    """Return the most frequent explanations, such as ``ubnd=ủy ban nhân dân``, with numbers of articles."""
    return {
        term: articles for term, articles in snapshot.terms(FIELD, "", limit) if articles >= LEAST_ARTICLES
    }

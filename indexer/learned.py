"""Long forms of abbreviations as the indexed articles themselves explain them."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.engine.protocol import Engine

FIELD = "abbreviation"
LEAST_ARTICLES = 2
"""Articles that must explain an abbreviation alike: one may be mistaken."""
_MOST_FORMS = 3
_REMEMBERED = 1_000


class Learned:
    """Asks the index once for each abbreviation and commit."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._generation = ""
        self._known: dict[str, Sequence[str]] = {}

    def __call__(self, key: str) -> Sequence[str]:
        if self._generation != self._engine.generation or len(self._known) > _REMEMBERED:
            self._generation, self._known = self._engine.generation, {}
        found = self._known.get(key)
        if found is None:
            terms = self._engine.terms(FIELD, f"{key}=", _MOST_FORMS)
            found = tuple(term.partition("=")[2] for term, articles in terms if articles >= LEAST_ARTICLES)
            self._known[key] = found
        return found


def learned_abbreviations(engine: Engine, limit: int = 20) -> dict[str, int]:
    """Return the most frequent ``ubnd=ủy ban nhân dân`` with the number of articles that say so."""
    return {term: articles for term, articles in engine.terms(FIELD, "", limit) if articles >= LEAST_ARTICLES}

"""Which keys are of one law: its number, and its name with its year, where texts give the one beside the other."""

from __future__ import annotations

from indexer.engine import clauses as c
from indexer.engine.fields import LAW_NUMBER, law_number
from indexer.engine.protocol import EngineRequest
from indexer.visible.index import VisibleIndex

_MOST = 5
"""Numbers that texts give to one name, or names to one number: more than one are slips or namesakes."""


class SameLaws:
    """Answers from the articles of one commit that may be seen."""

    def __init__(self, index: VisibleIndex) -> None:
        self._index = index
        self._known: dict[str, tuple[str, ...]] = {}

    def keys(self, key: str) -> tuple[str, ...]:
        """Return the keys by which texts speak of the document, its number first where that is known."""
        if key.startswith("law:"):
            numbers = self._beside(key)
            return self.keys(numbers[0]) if len(numbers) == 1 else (key,)
        return (key, *(name for name in self._beside(key) if self._beside(name) == (key,)))

    def _beside(self, key: str) -> tuple[str, ...]:
        if key not in self._known:
            terms = self._index.snapshot.terms(LAW_NUMBER, law_number(key), _MOST)
            self._known[key] = tuple(term.partition("=")[2] for term, _ in terms if self._is_seen(term))
        return self._known[key]

    def _is_seen(self, term: str) -> bool:
        """Whether an article that may be seen says so: terms of the index are those of all."""
        return self._index.search(EngineRequest(c.Term(LAW_NUMBER, term), limit=0)).total > 0

"""Keys of the same law: its number, and its name with the year, if texts state both together."""

from __future__ import annotations

from indexer.engine import clauses as c
from indexer.engine.fields import LAW_NUMBER, law_number
from indexer.engine.protocol import EngineRequest
from indexer.visible.index import VisibleIndex

_MOST = 5
"""Maximum number of numbers for a name, or names for a number, to accept: more are slips or namesakes."""


class SameLaws:
    """Answers from the visible articles of one commit."""

    def __init__(self, index: VisibleIndex) -> None:
        self._index = index
        self._known: dict[str, tuple[str, ...]] = {}

    def keys(self, key: str) -> tuple[str, ...]:
        """Return the keys by which texts refer to the document, its number first if known."""
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
        """Return whether a visible article says so, since terms of the index cover all articles."""
        return self._index.search(EngineRequest(c.Term(LAW_NUMBER, term), limit=0)).total > 0

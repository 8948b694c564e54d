"""Keys of the same law: its number, and its name with the year, if texts state both together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from indexer.engine import clauses as c
from indexer.engine.fields import LAW_NUMBER, law_number
from indexer.engine.protocol import EngineRequest, Foreseen, TermsAsked
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

    def foresee(
        self, keys: Sequence[str], besides: Iterable[Foreseen] = (), then: Iterable[Foreseen] = ()
    ) -> None:
        """Announce what :meth:`keys` asks for each of ``keys``, in three round trips at most.

        ``besides`` goes with the first, and ``then`` with the second.
        """
        unknown = [key for key in keys if key not in self._known]
        self._index.foresee(chain(map(_asked, unknown), besides))
        self._index.foresee(chain(self._further(unknown), then))
        self._index.foresee(
            _seen(term) for key in unknown for other in self._stated(key) for term in self._terms(other)
        )

    def _further(self, keys: Sequence[str]) -> Iterator[Foreseen]:
        for key in keys:
            yield from map(_seen, self._terms(key))
            yield from map(_asked, self._stated(key))

    def _stated(self, key: str) -> list[str]:
        return [term.partition("=")[2] for term in self._terms(key)]

    def _terms(self, key: str) -> list[str]:
        asked = _asked(key)
        return [term for term, _ in self._index.snapshot.terms(asked.field, asked.prefix, asked.limit)]

    def _beside(self, key: str) -> tuple[str, ...]:
        if key not in self._known:
            seen = (term for term in self._terms(key) if self._is_seen(term))
            self._known[key] = tuple(term.partition("=")[2] for term in seen)
        return self._known[key]

    def _is_seen(self, term: str) -> bool:
        """Return whether a visible article says so, since terms of the index cover all articles."""
        return self._index.search(_seen(term)).total > 0


def _asked(key: str) -> TermsAsked:
    return TermsAsked(LAW_NUMBER, law_number(key), _MOST)


def _seen(term: str) -> EngineRequest:
    return EngineRequest(c.Term(LAW_NUMBER, term), limit=0)

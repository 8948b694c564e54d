"""Which matches of a query are new to an alert: first seen since, and not a re-post of something known before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from indexer.alerts.matching.percolator import Matched
from indexer.alerts.values import Due, Found
from indexer.engine import clauses as c
from indexer.engine.fields import SAME_TEXT
from indexer.visible.index import VisibleIndex

MOST_SHOWN = 20
"""Maximum number of articles in a message, which tells how many more there are."""
_MOST_COPIES = 50
"""Maximum number of articles with the same text to examine, earliest first."""


class NewOf:
    """The new results in one :class:`Matched`, for alerts that know articles up to different numbers."""

    def __init__(self, matched: Matched, numbers: Mapping[str, int], whole: VisibleIndex) -> None:
        """``numbers`` has all articles that may be new; every alert knows the others."""
        self._matched = matched
        self._numbers = numbers
        self._whole = whole
        self._copies: dict[str, list[str]] = {}
        self._found: dict[int, tuple[tuple[str, ...], int]] = {}

    def found(self, due: Due) -> Found | None:
        """Return what is new for an alert; None if nothing is."""
        if due.known not in self._found:
            new = self._new(due.known)
            self._found[due.known] = (tuple(new[:MOST_SHOWN]), len(new))
        articles, total = self._found[due.known]
        return Found(due, articles, total) if total else None

    def _new(self, known: int) -> list[str]:
        new, texts = [], set()
        for hit in self._matched.hits:
            if self._number(hit.id) <= known:
                continue
            if hit.text is not None:
                if hit.text in texts or any(self._number(id) <= known for id in self._with_text(hit.text)):
                    continue
                texts.add(hit.text)
            new.append(hit.id)
        return new

    def _number(self, id: str) -> int:
        return self._numbers.get(id, 0)

    def _with_text(self, text: str) -> list[str]:
        """Return the ids of all articles that have this text and match the query."""
        if text not in self._copies:
            question = self._matched.question
            asked = replace(
                question,
                filters={**question.filters, SAME_TEXT: c.Term(SAME_TEXT, text)},
                sort="oldest",
                limit=_MOST_COPIES,
            )
            self._copies[text] = [hit.id for hit in self._whole.search(asked).hits]
        return self._copies[text]

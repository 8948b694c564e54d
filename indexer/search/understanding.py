"""What was typed, read for the index as it stands: its tree, its plan, what to mark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from indexer.engine.fields import TEXT_AREAS
from indexer.highlight.finder import Wanted
from indexer.highlight.from_query import wanted_by
from indexer.lexicon.learned import Learned
from indexer.lexicon.lexicon import Lexicon
from indexer.query import tree
from indexer.query.expansion import Known, expand
from indexer.query.limits import Dear, bounded
from indexer.query.parser import parse, plain_words
from indexer.query.plan import Plan, Planner
from indexer.query.ranking import Weights
from indexer.search.audience import VisibleIndex
from indexer.search.directives.meant import KnownNumbers
from indexer.search.request import SearchRequest


@dataclass(frozen=True, slots=True)
class Understood:
    """A query as it was read."""

    typed: tree.Node
    node: tree.Node
    """``typed`` with what its words may also be called."""
    limits: frozenset[Dear]
    """Those that were reached: what is beyond them was left out."""
    planner: Planner
    plan: Plan
    marks: Wanted


class Understanding:
    """Reads queries with the lexicon, and with what the articles of one commit explain and cite."""

    def __init__(
        self,
        index: VisibleIndex,
        numbers: KnownNumbers,
        lexicon: Callable[[], Lexicon],
        weights: Weights,
    ) -> None:
        self._learned = Learned(index.snapshot, index.filters)
        self._numbers = numbers
        self._lexicon = lexicon
        self._weights = weights

    def read(self, request: SearchRequest) -> Understood:
        """Return how the query of ``request`` is read; what can't be parsed is plain words."""
        typed, limits = bounded(
            plain_words(request.text) if request.reading == "any" else parse(request.text)
        )
        node = typed
        if not request.strict:
            node, further = bounded(expand(typed, self._known))
            limits |= further
        planner = self._planner(request)
        plan = planner.plan(node, request.reading)
        return Understood(typed, node, limits, planner, plan, wanted_by(node, request.strict))

    def plan_of_words(
        self, text: str, reading: Literal["all", "any"], request: SearchRequest | None = None
    ) -> Plan:
        """Return the plan of the plain words of ``text``, in the area and as strict as ``request``."""
        return self._planner(request or SearchRequest()).plan(expand(plain_words(text), self._known), reading)

    def marks(self, text: str) -> Wanted:
        """Return what to mark for the query ``text``."""
        return wanted_by(bounded(expand(parse(text), self._known))[0]) if text else Wanted()

    @property
    def _known(self) -> Known:
        return Known(self._lexicon(), self._learned, self._numbers.keys)

    def _planner(self, request: SearchRequest) -> Planner:
        areas = TEXT_AREAS if request.area == "all" else (request.area,)
        return Planner(areas, request.strict, weights=self._weights)

"""Interprets queries using the current index: the tree, its words, and what each reading matches and marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from indexer.engine import clauses as c
from indexer.engine.fields import TEXT_AREAS
from indexer.engine.protocol import EngineRequest
from indexer.highlight.finder import Wanted
from indexer.highlight.from_query import wanted_by
from indexer.lexicon.learned import Learned
from indexer.lexicon.lexicon import Lexicon
from indexer.query import tree
from indexer.query.cut import Cut, cut
from indexer.query.documents import asks_for_documents_only
from indexer.query.exact import ExactMatcher
from indexer.query.expansion import Known, expand
from indexer.query.laws import LawAsked, law_as_one, law_asked, law_beside_number, unlisted_law
from indexer.query.limits import Dear, bounded
from indexer.query.operands import whole_operands
from indexer.query.parser import parse, plain_words
from indexer.query.plan import Plan, Planner
from indexer.query.provisions import words_beside_provision
from indexer.query.questions import without_grammar
from indexer.query.ranking import Weights
from indexer.query.time_words import TimeRead, read_time
from indexer.register.laws import Laws, borne_clause, law_clauses
from indexer.search.directives.meant import KnownNumbers
from indexer.search.foreseen import of_words
from indexer.search.request import Reading, SearchRequest, Sort
from indexer.search.statistics import IndexStatistics
from indexer.visible.index import VisibleIndex


@dataclass(frozen=True, slots=True)
class Understood:
    """An interpreted query."""

    typed: tree.Node
    node: tree.Node
    """``typed`` with the other forms of its words."""
    cut: Cut
    """``node`` split into words."""
    limits: frozenset[Dear]
    """The limits that were reached; anything beyond them was left out."""
    planner: Planner
    laws: tuple[str, ...] = ()
    """The keys of the laws named by the query, if it says nothing else, newest first."""
    law_rank: tuple[c.Clause, ...] = ()
    """The clauses that rank them first."""
    time: TimeRead | None = None
    """The meaning of its words of time; ``node`` is without them."""
    _plans: dict[Reading, Plan] = field(default_factory=dict, init=False, compare=False, repr=False)
    _marks: dict[Reading, Wanted] = field(default_factory=dict, init=False, compare=False, repr=False)

    def plan(self, reading: Reading) -> Plan:
        """Return the clauses that match in ``reading``, and those that rank."""
        if reading not in self._plans:
            self._plans[reading] = self._planned(reading)
        return self._plans[reading]

    def _planned(self, reading: Reading) -> Plan:
        if reading == "close":
            plan = self.planner.plan(self.node, "close")
            return replace(plan, rank=(*plan.rank, *self.law_rank)) if plan.rank else plan
        if reading == "some":
            return self.planner.plan(self.node, "some")
        return Plan(self.match("exact"), self.plan("close").rank)

    def match(self, reading: Reading) -> c.Clause:
        """Return the clause that matches in ``reading``, without ranking."""
        if reading != "exact":
            return self.plan(reading).match
        matcher = ExactMatcher(self.planner.areas, self.planner.strict or self.cut.literal)
        match = matcher.match(self.cut.node)
        if self.laws and not (self.time and self.time.dates):
            match = c.any_of((match, *map(borne_clause, self.laws)))
        return c.Constant(match)

    def marks(self, reading: Reading) -> Wanted:
        """Return what to mark in ``reading``."""
        kind: Reading = "exact" if reading == "exact" else "close"
        if kind not in self._marks:
            self._marks[kind] = (
                wanted_by(self.cut.node, self.planner.strict or self.cut.literal, as_typed=True)
                if kind == "exact"
                else wanted_by(self.node, self.planner.strict)
            )
        return self._marks[kind]

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The possible readings, narrowest first: a document number stands only for itself."""
        if asks_for_documents_only(self.node):
            return ("exact",)
        marks = self.marks("close")
        several = len(tree.words_of(self.node)) > 1 or bool(marks.phrases or marks.others)
        if self.plan("close").match == self.plan("exact").match:
            return ("exact", "some") if several else ("exact",)
        return ("exact", "close", "some") if several else ("exact", "close")

    @property
    def sort(self) -> Sort:
        """The default order of its results."""
        return "newest" if (self.time and self.time.newest) or not tree.words_of(self.node) else "relevance"


class Understanding:
    """Interprets queries with the lexicon, and with what the articles of one commit contain, explain and cite."""

    def __init__(
        self,
        index: VisibleIndex,
        numbers: KnownNumbers,
        lexicon: Lexicon,
        weights: Weights,
        today: Callable[[], date],
    ) -> None:
        self._statistics = IndexStatistics(index.snapshot)
        self._learned = Learned(index.snapshot, index.filters)
        self._index = index
        self._today = today
        self._numbers = numbers
        self._laws = Laws(index)
        self._lexicon = lexicon
        self._weights = weights

    def read(self, request: SearchRequest) -> Understood:
        """Return the interpretation of ``request``'s query; anything that cannot be parsed is plain words."""
        self._index.foresee(of_words(request.text))
        plain = request.reading == "some"
        parsed = plain_words(request.text) if plain else parse(request.text)
        typed, limits = bounded(whole_operands(parsed, self._lexicon, self._statistics))
        time = self._time(request, typed)
        query = self._understood(request, typed, limits, time)
        if time is None or time.dates is None or self._finds(query, "exact"):
            return query
        # What matches exactly at any time says more than mere syllables in this period.
        of_any_time = self._understood(request, typed, limits, time.of_any_time())
        return of_any_time if self._finds(of_any_time, "exact") or not self._finds(query, "close") else query

    def _finds(self, query: Understood, reading: Reading) -> bool:
        return self._index.search(EngineRequest(query.plan(reading).match, limit=0)).total > 0

    def _understood(
        self, request: SearchRequest, typed: tree.Node, limits: frozenset[Dear], time: TimeRead | None
    ) -> Understood:
        node = time.node if time else typed
        words = time.words if time else typed
        asked = self._law(words)
        if not request.strict:
            if asked:
                node = law_as_one(node, self._lexicon)
            node, further = bounded(expand(node, self._known))
            limits |= further
        # A query for an article of a law should rank that law first, but the article's words must occur in it all the same.
        beside = words_beside_provision(request.text) if asked is None else None
        named = self._law(beside) if beside else asked
        laws = self._laws.keys(named) if named else ()
        law_rank = tuple(law_clauses(named, laws, self._weights)) if named else ()
        if time and laws:
            time = replace(time, newest=False)  # the newest law is what comes first
        found = cut(node, self._statistics)
        node, as_words = without_grammar(node, found.node)
        found = replace(found, node=as_words)
        return Understood(typed, node, found, limits, self._planner(request), laws, law_rank, time)

    def _law(self, words: tree.Node) -> LawAsked | None:
        """Return the law named by ``words``, if they say nothing else; for an unlisted one, the index must have its text."""
        asked = law_asked(words, self._lexicon)
        if asked is None and (unlisted := unlisted_law(words)) and self._laws.borne(unlisted):
            return unlisted
        return asked

    def _time(self, request: SearchRequest, typed: tree.Node) -> TimeRead | None:
        """Return what words of time mean; explicitly chosen dates and orders take precedence."""
        if request.strict or request.reading == "some":
            return None
        time = read_time(typed, request.text, self._today())
        if time is None:
            return None
        chosen = request.date or request.date_from or request.date_to
        return replace(
            time, dates=None if chosen else time.dates, newest=time.newest and request.sort is None
        )

    def read_words(self, text: str, request: SearchRequest | None = None) -> Understood:
        """Return the interpretation of the plain words of ``text``, in the area and with the strictness of ``request``."""
        typed = plain_words(text)
        node = expand(typed, self._known)
        planner = self._planner(request or SearchRequest())
        return Understood(typed, node, cut(node, self._statistics), frozenset(), planner)

    def namesakes(self, text: str) -> tuple[str, ...]:
        """Return the keys of the laws whose name ``text`` gives beside a number, newest first."""
        asked = law_beside_number(text, self._lexicon)
        return self._laws.keys(asked) if asked else ()

    def marks(self, text: str) -> tuple[Wanted, Wanted]:
        """Return what to mark for the query ``text`` as meant, and what to mark if that marks nothing."""
        if not text:
            return Wanted(), Wanted()
        query = self.read(SearchRequest(text))
        return query.marks("exact"), query.marks("close")

    @property
    def _known(self) -> Known:
        return Known(self._lexicon, self._learned, self._numbers.keys, self._statistics)

    def _planner(self, request: SearchRequest) -> Planner:
        areas = TEXT_AREAS if request.area == "all" else (request.area,)
        return Planner(areas, request.strict, weights=self._weights)

"""The questions that a thread will ask next about one commit, and answers received in advance."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress

from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.asking import Asked, Question, slug_question
from indexer.engine.opensearch_.counting import frequency, frequency_question, frequent_question
from indexer.engine.opensearch_.pages import pages_question
from indexer.engine.protocol import (
    EngineRequest,
    Foreseen,
    FrequenciesAsked,
    PagesAsked,
    SlugAsked,
    TermsAsked,
)
from indexer.errors import EngineError

FieldTerm = tuple[str, str]
Prepared = Sequence[tuple[Question, FieldTerm | None]]
"""Searches for the cluster, each with the term that it counts, if any."""

_MOST = 200
"""Maximum number of answers that are kept."""
_LARGEST = 20
"""Maximum number of articles in an answer that is kept although it was not foreseen."""
_TERMS_OF_AN_ANSWER = 100
"""Number of frequencies that count as one answer."""


class Foresight(threading.local):
    """Each thread has its own, for one request: answers would remain valid for longer, but there are many."""

    def __init__(self) -> None:
        self._answers: list[tuple[Question, Json]] = []
        self._frequencies: dict[FieldTerm, int] = {}
        self.until: float | None = None
        """The time by ``time.monotonic()`` at which the thread's questions have to be answered; None if each has its own."""

    def forget(self) -> None:
        """Drop all answers; the thread starts another request."""
        self._answers = []
        self._frequencies = {}

    def prepared(self, questions: Iterable[Foreseen]) -> Prepared:
        """Return the searches that the cluster must answer for ``questions``, without those already answered."""
        if len(self._answers) + len(self._frequencies) / _TERMS_OF_AN_ANSWER > _MOST:
            self.forget()  # a thread with so many answers has moved on to other questions of this snapshot
        terms: dict[FieldTerm, None] = {}
        others: list[Question] = []
        for question in questions:
            if isinstance(question, FrequenciesAsked):
                asked = ((question.field, term) for term in question.terms)
                terms |= dict.fromkeys(one for one in asked if one not in self._frequencies)
                continue
            # An invalid question raises its error when it is asked.
            with suppress(EngineError):
                translated = _translated(question)
                if translated not in others and self.answer(translated) is None:
                    others.append(translated)
        return [*((frequency_question(*one), one) for one in terms), *((one, None) for one in others)]

    def learn(self, prepared: Prepared, answers: Sequence[Json]) -> None:
        """Store the ``answers`` to ``prepared``. Errors are left out; they recur when the question is asked."""
        for (question, term), found in zip(prepared, answers, strict=True):
            if "error" in found:
                continue
            if term:
                self._frequencies[term] = frequency(found)
            else:
                self._answers.append((question, found))

    def keep(self, question: Question, found: Json) -> None:
        """Store the answer to a question that was not foreseen, if it is small: a response often asks the same again."""
        if question.body["size"] <= _LARGEST and "aggs" not in question.body:
            self.learn([(question, None)], [found])

    def answer(self, question: Question) -> Json | None:
        """Return the answer to ``question``; None if it is not known."""
        return next((found for one, found in self._answers if one == question), None)

    def frequencies(self, field: str, terms: Sequence[str]) -> list[int] | None:
        """Return the number of articles with each of ``terms``; None if any number is not known."""
        known = [n for term in terms if (n := self._frequencies.get((field, term))) is not None]
        return known if len(known) == len(terms) else None


def _translated(question: EngineRequest | PagesAsked | TermsAsked | SlugAsked) -> Question:
    match question:
        case PagesAsked(ids, clause, limit):
            return pages_question(ids, clause, limit)
        case TermsAsked(field, prefix, limit):
            return frequent_question(field, prefix, limit)
        case SlugAsked(slug):
            return slug_question(slug)
        case _:
            return Asked(question).question()

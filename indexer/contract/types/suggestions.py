"""Completions of a query."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from indexer.suggest.completion import Kind


class SuggestionAnswer(TypedDict):
    """A completion of the query."""

    text: str
    kind: Kind
    count: int
    """Number of articles that have the number, or the phrase in their titles, exactly as written."""
    url: NotRequired[str]
    """For a title: the page of the article."""


class SuggestAnswer(TypedDict):
    """Completions of ``prefix``."""

    prefix: str
    suggestions: list[SuggestionAnswer]

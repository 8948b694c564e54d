"""Ways to go on typing."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from indexer.suggest.completion import Kind


class SuggestionAnswer(TypedDict):
    """A way to go on typing."""

    text: str
    kind: Kind
    count: int
    """Articles that have it: a number, or in their titles a phrase, as it is written."""
    url: NotRequired[str]
    """Of a title: the page of the article."""


class SuggestAnswer(TypedDict):
    """Ways to go on typing from ``prefix``."""

    prefix: str
    suggestions: list[SuggestionAnswer]

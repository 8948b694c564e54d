"""What an article contributes to completions. Pure; computed while the article is analysed, so that it is not read again."""

from __future__ import annotations

import json
from dataclasses import dataclass

from indexer.stored.article import StoredArticle
from indexer.suggest.completion import title_key
from indexer.suggest.phrases import phrases


@dataclass(frozen=True, slots=True)
class Offer:
    """The completions from a public article."""

    key: str
    """See :func:`~indexer.suggest.completion.title_key`."""
    title: str
    slug: str
    numbers: str | None
    """JSON list of the numbers that it bears and cites; None if there are none."""
    phrases: str
    """Key, tab and text of each title phrase, one per line: a single string takes a tenth of the memory of many."""


@dataclass(frozen=True, slots=True)
class Change:
    """The completions from an article since a change of the catalog; None if it has none any more."""

    seq: int
    id: str
    offer: Offer | None


class NotedChanges:
    """The changes to the catalog made by one writer, in order; the latest for each article."""

    def __init__(self) -> None:
        self._first: int | None = None
        self._changes: dict[str, Change] = {}

    def note(self, seq: int, id: str, offer: Offer | None) -> None:
        """Record the change number ``seq``; every change must be recorded, in order."""
        if self._first is None:
            self._first = seq
        self._changes.pop(id, None)
        self._changes[id] = Change(seq, id, offer)

    def after(self, seq: int) -> list[Change] | None:
        """Return all changes after number ``seq``, in order; None if some may not have been recorded."""
        return list(self._changes.values()) if self._first == seq + 1 else None

    def clear(self) -> None:
        """Forget the recorded changes, which have been processed."""
        self._first = None
        self._changes.clear()


def offer_of(article: StoredArticle) -> Offer | None:
    """Return what ``article`` offers; None if it is staff-only."""
    if article.audience != "public":
        return None
    numbers = list(dict.fromkeys((*article.numbers, *article.cites)))
    return Offer(
        title_key(article.title),
        article.title,
        article.slug,
        json.dumps(numbers) if numbers else None,
        "\n".join(phrase_lines(article.title)),
    )


def phrase_lines(title: str) -> list[str]:
    """Return the phrases of ``title`` as the lines of :attr:`Offer.phrases`."""
    return [f"{key}\t{text}" for key, text in phrases(title).items()]

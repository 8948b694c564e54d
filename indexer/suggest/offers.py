"""What beginnings find of an article. Pure; found where the article is analysed, so that nobody reads it again for that."""

from __future__ import annotations

import json
from dataclasses import dataclass

from indexer.stored.article import StoredArticle
from indexer.suggest.completion import title_key
from indexer.suggest.phrases import phrases


@dataclass(frozen=True, slots=True)
class Offer:
    """What an article that all may see offers to who types."""

    key: str
    """See :func:`~indexer.suggest.completion.title_key`."""
    title: str
    slug: str
    numbers: str | None
    """JSON list of the numbers that it bears and cites; None for none."""
    phrases: str
    """Key, tabulator, text of each phrase of the title, a line each: one text takes a tenth of the memory of many."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an article offers since a change of the catalog; None where it offers nothing any more."""

    seq: int
    id: str
    offer: Offer | None


class NotedChanges:
    """The changes of the catalog that one writer has made, in order; of an article the last."""

    def __init__(self) -> None:
        self._first: int | None = None
        self._changes: dict[str, Change] = {}

    def note(self, seq: int, id: str, offer: Offer | None) -> None:
        """Note the change number ``seq``: each that is made, in order."""
        if self._first is None:
            self._first = seq
        self._changes.pop(id, None)
        self._changes[id] = Change(seq, id, offer)

    def after(self, seq: int) -> list[Change] | None:
        """Return all changes later than number ``seq``, in order; None where some may not have been noted."""
        return list(self._changes.values()) if self._first == seq + 1 else None

    def clear(self) -> None:
        """Forget what was noted: whoever follows has it."""
        self._first = None
        self._changes.clear()


def offer_of(article: StoredArticle) -> Offer | None:
    """Return what ``article`` offers; None where it is for staff."""
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

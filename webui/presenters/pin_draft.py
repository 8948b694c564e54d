"""Pins on trial: each with the addresses of drafts that move or remove it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.search.pins import MOST
from indexer.stored.article import StoredArticle
from webui.presenters.desk_links import desk_url


@dataclass(frozen=True, slots=True)
class DraftPin:
    """An article in a draft."""

    id: str
    article: StoredArticle | None
    """None if the public can no longer see it."""
    up: str
    """Address of the draft with this article one place higher; empty for the first."""
    without: str


@dataclass(frozen=True, slots=True)
class PinDraft:
    """The articles that would be pinned to a query, best first."""

    text: str
    pins: Sequence[DraftPin]

    @property
    def ids(self) -> list[str]:
        """The ids of the articles in order."""
        return [pin.id for pin in self.pins]

    def with_one(self, id: str) -> str:
        """Return the address of the draft with ``id`` appended; empty if it is there already or there is no room."""
        full = id in self.ids or len(self.pins) >= MOST
        return "" if full else draft_url(self.text, [*self.ids, id])


def draft_of(text: str, ids: Sequence[str], articles: Mapping[str, StoredArticle]) -> PinDraft:
    """Return the draft of ``ids`` for the query ``text``; ``articles`` are those visible to the public."""
    pins = []
    for at, id in enumerate(ids):
        others = [one for one in ids if one != id]
        higher = draft_url(text, [*others[: at - 1], id, *others[at - 1 :]]) if at else ""
        pins.append(DraftPin(id, articles.get(id), higher, draft_url(text, others)))
    return PinDraft(text, pins)


def draft_url(text: str, ids: Sequence[str]) -> str:
    """Return the address of the draft of ``ids`` for the query ``text``."""
    return desk_url("/pins", [("q", text), ("draft", "1"), *(("id", id) for id in ids)])


def written_version(ids: Sequence[str]) -> str:
    """Return a version of the pins of a query, which changes whenever they do."""
    return json.dumps(list(ids), ensure_ascii=False)

"""Pins that are being tried: each with the addresses where it stands elsewhere or is gone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.search.pins import MOST
from indexer.stored.article import StoredArticle
from webui.presenters.desk_links import desk_url


@dataclass(frozen=True, slots=True)
class DraftPin:
    """One article of a draft."""

    id: str
    article: StoredArticle | None
    """None where the public sees it no more."""
    up: str
    """Where it stands one place higher; empty for the first."""
    without: str


@dataclass(frozen=True, slots=True)
class PinDraft:
    """The articles that would be pinned to a query, best first."""

    text: str
    pins: Sequence[DraftPin]

    @property
    def ids(self) -> list[str]:
        """Their ids in order."""
        return [pin.id for pin in self.pins]

    def with_one(self, id: str) -> str:
        """Return the address of the draft with ``id`` at its end; empty where it has it, or has no room."""
        full = id in self.ids or len(self.pins) >= MOST
        return "" if full else draft_url(self.text, [*self.ids, id])


def draft_of(text: str, ids: Sequence[str], articles: Mapping[str, StoredArticle]) -> PinDraft:
    """Return the draft of ``ids`` for the query ``text``; ``articles`` are those that the public sees."""
    pins = []
    for at, id in enumerate(ids):
        others = [one for one in ids if one != id]
        higher = draft_url(text, [*others[: at - 1], id, *others[at - 1 :]]) if at else ""
        pins.append(DraftPin(id, articles.get(id), higher, draft_url(text, others)))
    return PinDraft(text, pins)


def draft_url(text: str, ids: Sequence[str]) -> str:
    """Return the address that tries ``ids`` for the query ``text``."""
    return desk_url("/pins", [("q", text), ("draft", "1"), *(("id", id) for id in ids)])


def written_version(ids: Sequence[str]) -> str:
    """Return what tells what is pinned to a query from what was pinned to it before."""
    return json.dumps(list(ids), ensure_ascii=False)

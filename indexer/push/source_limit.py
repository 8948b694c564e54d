"""Keys restricted to the articles of one source: what they may put, replace and delete."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from indexer.errors import ItemError, TraCuuError
from indexer.push.body import Change, read_push
from indexer.push.task import Push
from indexer.settings import Settings

Allowed = Callable[[str, Push | None], str | None]
"""Returns why a change is not allowed, given the address of the article and the waiting change to it; None if it is allowed."""
Indexed = Callable[[str], Sequence[str] | None]
"""Returns the sources of the article at an address, None if there is none."""


class SourceLimitError(TraCuuError):
    """The key is restricted to another source (HTTP 403)."""

    status = 403
    title = "Key of another source"
    kind = "key-of-another-source"


class SourceLimit:
    """The rights of a key for ``source``: its articles must belong to that source alone, before and after a change."""

    def __init__(self, source: str, indexed: Indexed, settings: Settings) -> None:
        self._source = source
        self._indexed = indexed
        self._settings = settings

    def refusal(self, change: Change) -> str | None:
        """Return why the article in a change may not be put, whatever is at its address."""
        if change.article is None or self._is_ours(change.article.sources):
            return None
        return f"this key may only write articles whose only source is {self._source!r}; set the source to it, or use another key"

    def may(self, slug: str, waiting: Push | None) -> str | None:
        """Return why the article at an address may not be changed: one of another source is there, or waiting."""
        only = f"this key may only write articles of source {self._source!r}"
        instead = "use another id or another key"
        sources = self._indexed(slug)
        if sources is not None and not self._is_ours(sources):
            return f"{only}; the article at this address has another source; {instead}"
        if waiting is not None and waiting.kind == "put" and not self._is_ours(self._of(waiting)):
            return f"{only}; one with another source is waiting at this address; {instead}"
        return None

    def _of(self, waiting: Push) -> Sequence[str]:
        try:
            return read_push(waiting.body, waiting.slug, self._settings).article.sources
        except ItemError:
            return ()

    def _is_ours(self, sources: Sequence[str]) -> bool:
        return tuple(sources) == (self._source,)

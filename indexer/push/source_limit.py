"""Keys that may write the articles of one source only: what they may put, replace and delete."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from indexer.errors import ItemError, TraCuuError
from indexer.push.body import Change, read_push
from indexer.push.task import Push
from indexer.settings import Settings

Allowed = Callable[[str, Push | None], str | None]
"""Address of an article and the change of it that waits -> why another one may not be; None: it may."""
Indexed = Callable[[str], Sequence[str] | None]
"""Address -> the sources of the article there, None where there is none."""


class SourceLimitError(TraCuuError):
    """The key is limited to another source (HTTP 403)."""

    status = 403
    title = "Key of another source"


class SourceLimit:
    """What a key for ``source`` may do: its articles are of that source and of no other, before and after."""

    def __init__(self, source: str, indexed: Indexed, settings: Settings) -> None:
        self._source = source
        self._indexed = indexed
        self._settings = settings

    def refusal(self, change: Change) -> str | None:
        """Return why the article of a change may not be put, whatever is at its address."""
        if change.article is None or self._is_ours(change.article.sources):
            return None
        return f"this key may only write articles whose only source is {self._source!r}"

    def may(self, slug: str, waiting: Push | None) -> str | None:
        """Return why what is at an address may not be changed: another's article is there, or waits."""
        sources = self._indexed(slug)
        if sources is not None and not self._is_ours(sources):
            return f"this key may only write articles of source {self._source!r}; the article at this address has another source"
        if waiting is not None and waiting.kind == "put" and not self._is_ours(self._of(waiting)):
            return f"this key may only write articles of source {self._source!r}; one with another source is waiting at this address"
        return None

    def _of(self, waiting: Push) -> Sequence[str]:
        try:
            return read_push(waiting.body, waiting.slug, self._settings).article.sources
        except ItemError:
            return ()

    def _is_ours(self, sources: Sequence[str]) -> bool:
        return tuple(sources) == (self._source,)

"""How far attachments could be read, for people who look after them: counts by state, and the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.engine import clauses as c
from indexer.engine.fields import FILE_STATE
from indexer.engine.protocol import EngineRequest
from indexer.model import FileState
from indexer.stored.article import StoredArticle, StoredFile, unpack
from indexer.visible.index import VisibleIndex


@dataclass(frozen=True, slots=True)
class FileStates:
    """A page of the articles with attachments in one state."""

    counts: Mapping[FileState, int]
    """Number of articles by state of any of their attachments, in the order of states, without zeros."""
    state: FileState | None
    """None if no article has an attachment."""
    articles: tuple[tuple[StoredArticle, tuple[StoredFile, ...]], ...] = ()
    """Newest first, each with its attachments in that state."""


def file_states(index: VisibleIndex, state: FileState | None, offset: int, limit: int) -> FileStates:
    """Return the articles with an attachment in ``state``.

    Without a state, the first existing one of *failed*, *partial*, *protected*, *pending*, *missing*, …
    """
    found = index.search(EngineRequest(c.Everything(), facets=(FILE_STATE,), limit=0))
    numbers = found.facets[FILE_STATE]
    counts = {one: numbers[one] for one in _WORST_FIRST if numbers.get(one)}
    chosen = state or next(iter(counts), None)
    if chosen is None:
        return FileStates(counts, None)
    request = EngineRequest(c.Term(FILE_STATE, chosen), sort="newest", offset=offset, limit=limit)
    articles = [unpack(hit.stored) for hit in index.search(request).hits]
    return FileStates(
        counts,
        chosen,
        tuple(
            (article, tuple(file for file in article.files if file.state is chosen)) for article in articles
        ),
    )


_WORST_FIRST = (
    FileState.FAILED,
    FileState.PARTIAL,
    FileState.PROTECTED,
    FileState.PENDING,
    FileState.MISSING,
    FileState.EMPTY,
    FileState.OCR,
    FileState.TEXT,
)

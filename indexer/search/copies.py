"""Articles with the same text are one result: which of them it shows, and where the others are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.engine import clauses as c
from indexer.engine.fields import ID, SAME_TEXT
from indexer.engine.protocol import EngineHit, EngineRequest
from indexer.search.response import Copy
from indexer.stored.article import StoredArticle, unpack
from indexer.visible.index import VisibleIndex

_SHOWN = 20
"""Maximum number of copies listed, earliest first."""
_TOGETHER = 100
"""Maximum number of articles, with the texts of one page of hits, that are looked up together."""


def earliest(index: VisibleIndex, hits: Sequence[EngineHit], asked: EngineRequest) -> list[EngineHit]:
    """Return ``hits`` of ``asked`` with the earliest matching article in place of later ones with the same text."""
    texts = _texts(hits)
    carriers = _carriers(index, texts, 1, asked)
    # The hit itself has this text in the same commit, so there is one.
    first = {text: found[0] for text, found in carriers.items()}
    return [
        EngineHit(first[hit.text].id, hit.score, first[hit.text].stored, hit.text) if hit.text else hit
        for hit in hits
    ]


def copies(index: VisibleIndex, hits: Sequence[EngineHit]) -> dict[str, tuple[Copy, ...]]:
    """Return the other articles with the texts of ``hits``, by the ids of these, earliest first."""
    found = _carriers(index, _texts(hits), _SHOWN + 1)
    others = {hit.id: [one for one in found[hit.text] if one.id != hit.id] for hit in hits if hit.text}
    return {id: tuple(_copy(unpack(hit.stored)) for hit in of[:_SHOWN]) for id, of in others.items()}


def _texts(hits: Sequence[EngineHit]) -> list[str]:
    return list(dict.fromkeys(hit.text for hit in hits if hit.text is not None))


def _carriers(
    index: VisibleIndex,
    texts: Sequence[str],
    wanted: int,
    among: EngineRequest | None = None,
) -> dict[str, list[EngineHit]]:
    """Return the articles with each of ``texts`` ``among`` those, earliest first, at least ``wanted`` per text if they exist.

    One search finds them for all texts, unless there are so many that later ones might be missing.
    """
    if not texts:
        return {}

    together = index.search(_carrying(texts, _TOGETHER, among))
    if together.total > _TOGETHER:
        return {text: list(index.search(_carrying([text], wanted, among)).hits) for text in texts}
    carriers: dict[str, list[EngineHit]] = {}
    for hit in together.hits:
        carriers.setdefault(hit.text or "", []).append(hit)
    return carriers


def _carrying(texts: Sequence[str], limit: int, among: EngineRequest | None) -> EngineRequest:
    carrying = c.any_of(tuple(c.Term(SAME_TEXT, text) for text in texts))
    if among is None:
        return EngineRequest(c.Constant(carrying), sort="oldest", limit=limit)
    match = among.match.clause if isinstance(among.match, c.Constant) else among.match
    return EngineRequest(
        c.Constant(c.All((carrying, match))), filters=among.filters, sort="oldest", limit=limit
    )


def foreseen(hits: Sequence[EngineHit], asked: EngineRequest | None = None) -> Iterator[EngineRequest]:
    """Yield the questions of :func:`copies` for ``hits``, and of :func:`earliest` if ``asked`` sorts them by relevance."""
    if texts := _texts(hits):
        yield _carrying(texts, _TOGETHER, None)
        if asked and asked.sort == "relevance":
            yield _carrying(texts, _TOGETHER, asked)


def copies_of(index: VisibleIndex, id: str) -> tuple[Copy, ...]:
    """Return the other articles with the text of the article ``id``."""
    return copies(index, index.search(itself(id)).hits).get(id, ())


def itself(id: str) -> EngineRequest:
    """Return the search for the article ``id``, by which :func:`copies_of` learns the name of its text."""
    return EngineRequest(c.All((c.Everything(), c.Term(ID, id))), limit=1)


def _copy(article: StoredArticle) -> Copy:
    return Copy(article.id, article.address, article.title, article.sources, article.published)

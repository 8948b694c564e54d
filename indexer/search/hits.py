"""Converts engine results to the hits of a response: with marks, attachments and copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from indexer.engine.protocol import EngineHit, EngineRequest, Foreseen
from indexer.highlight.finder import Wanted
from indexer.highlight.fragment import fragment, marked
from indexer.query.provisions import ProvisionAsked
from indexer.search.copies import copies, earliest
from indexer.search.copies import foreseen as copies_foreseen
from indexer.search.file_hits import file_hits, named_files
from indexer.search.file_hits import foreseen as files_foreseen
from indexer.search.provision_hits import ProvisionHits
from indexer.search.response import Copy, FileHit, Hit
from indexer.search.statuses import foreseen as statuses_foreseen
from indexer.search.statuses import statuses_of
from indexer.stored.article import StoredArticle, unpack
from indexer.visible.index import VisibleIndex


def shown_hits(
    index: VisibleIndex,
    asked: EngineRequest,
    found: Sequence[EngineHit],
    marks: Wanted,
    otherwise: Wanted | None = None,
    provision: ProvisionAsked | None = None,
    besides: Iterable[Foreseen] = (),
) -> tuple[Hit, ...]:
    """Return the hits of ``asked`` for display; ``found`` are results of the same commit.

    ``otherwise`` is marked if ``marks`` do not occur, as in texts without accents; ``provision`` is the article of a document
    that is requested by number; ``besides`` are the questions that will most likely follow.
    """
    index.foresee(chain(_foreseen(asked, found, marks), besides))
    if asked.sort == "relevance":
        # In date order, the first article in that order represents its text.
        found = earliest(index, found, asked)
    articles = [unpack(hit.stored) for hit in found]
    in_files = file_hits(index, articles, marks)
    statuses = statuses_of(index, articles)
    provisions = ProvisionHits(index, marks, provision)
    also = copies(index, found)
    shown = []
    for article, hit in zip(articles, found, strict=True):
        one = shown_hit(article, marks, hit.score, in_files.get(article.id, ()), also.get(hit.id, ()))
        unexplained = not (one.title.marks or one.snippet.marks or one.files)
        if unexplained and (named := named_files(article, marks)):
            one = replace(one, files=named)
        elif unexplained and otherwise is not None:
            files = file_hits(index, [article], otherwise).get(article.id, ())
            one = shown_hit(article, otherwise, hit.score, files, also.get(hit.id, ()))
        status, within = statuses.get(article.id), provisions.of(article, one.files)
        # Most hits are news, which have neither.
        shown.append(replace(one, status=status, provisions=within) if status or within else one)
    return tuple(shown)


def _foreseen(asked: EngineRequest, found: Sequence[EngineHit], marks: Wanted) -> Iterator[Foreseen]:
    yield from copies_foreseen(found, asked)
    articles = [unpack(hit.stored) for hit in found]
    yield from statuses_foreseen(articles)
    yield from files_foreseen(articles, marks)


def shown_hit(
    article: StoredArticle,
    marks: Wanted,
    score: float = 0.0,
    files: tuple[FileHit, ...] = (),
    copies: tuple[Copy, ...] = (),
) -> Hit:
    """Return one article as a hit."""
    return Hit(
        id=article.id,
        url=article.address,
        title=marked(article.title, marks),
        snippet=fragment(article.text, marks, title=article.title),
        source=article.sources,
        category=article.category,
        published=article.published,
        published_at=article.published_at,
        score=round(score, 4),
        updated=article.updated,
        original=article.url,
        type=article.type,
        issuer=article.issuer,
        numbers=article.numbers,
        cites=article.cites,
        files=files,
        copies=copies,
    )

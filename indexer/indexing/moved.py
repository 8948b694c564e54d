"""Documents moved within their source: they remain the same articles, with their ids and addresses.

A moved document is recognised by its digest or, if it was also changed, by its number together with title or date; afterwards,
by its location.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import replace

from indexer.catalog.catalog import Catalog
from indexer.indexing.found import FoundAttachment
from indexer.model import Article
from indexer.sources import Filed, Source
from indexer.sources.page import DOCUMENT_NAME
from indexer.stored.article import StoredArticle, unpack


class MovedFiles:
    """Recognises documents that have moved: by digest, and afterwards by location."""

    def __init__(self, source: Source, catalog: Catalog, writes: bool) -> None:
        """``writes`` tells that new knowledge may be stored."""
        self._filed = source if isinstance(source, Filed) else None
        self._place = source.name
        self._catalog = catalog
        self._writes = writes
        self._new: set[str] = set()
        self._gone: dict[str, StoredArticle] | None = None

    def where_they_were(
        self, articles: Sequence[Article], files: Sequence[Sequence[FoundAttachment]], seen: Container[str]
    ) -> Sequence[Article]:
        """Return ``articles`` with the ids they had before they were moved; ``files`` has those of each.

        An article in ``seen`` was already read in this run, so it is a different one.
        """
        filed = self._filed
        if filed is None:
            return articles
        alone = [
            article.id for article, found in zip(articles, files, strict=True) if _is_document(article, found)
        ]
        new = set(alone) - self._catalog.known(alone).keys() if alone else set()
        taken: set[str] = set()
        found_ids = []
        for article, found in zip(articles, files, strict=True):
            if article.id in new:
                before = self._before(article.id, found[0].sha256)
                free = (id for id in before if id not in seen and id not in taken and not filed.has(id))
                if (id := next(free, None)) is not None:
                    taken.add(id)
                    self._note(article.id, id)
                    article = replace(article, id=id)
                else:
                    self._new.add(article.id)
            found_ids.append(article)
        return found_ids

    def id_at(self, path: str) -> str:
        """Return the id of the article whose document is at ``path``: that path, unless it was moved there."""
        return (self._catalog.places.moved(self._place, path) if self._filed else None) or path

    def by_number(self, article: Article, read: Callable[[], StoredArticle], seen: Container[str]) -> Article:
        """Return ``article`` with the id it had before it was moved and changed; ``read`` gives its texts."""
        if article.id not in self._new or not (gone := self._those_gone(seen)):
            return article
        now = read()
        for id, before in gone.items():
            same = now.numbers and now.numbers[0] in before.numbers
            if (
                same
                and id not in seen
                and (now.title == before.title or now.published == before.published is not None)
            ):
                self._note(article.id, id)
                return replace(article, id=id)
        return article

    def _those_gone(self, seen: Container[str]) -> dict[str, StoredArticle]:
        """Return the documents of the source that are no longer where they were, by id."""
        filed = self._filed
        if filed is None:
            return {}
        if self._gone is None:
            ids = [id for id in self._catalog.places.of(self._place) if DOCUMENT_NAME.fullmatch(id)]
            records = (self._catalog.record(id) for id in ids if not filed.has(id) and id not in seen)
            self._gone = {one.id: unpack(one.stored) for one in records if one}
        return self._gone

    def _note(self, path: str, id: str) -> None:
        if self._writes:
            self._catalog.places.set_moved(self._place, path, id)

    def _before(self, path: str, sha256: str | None) -> list[str]:
        """Return the possible earlier ids of a document at ``path``, likeliest first."""
        known = self._catalog.places.moved(self._place, path)
        same = self._catalog.places.carriers(self._place, sha256) if sha256 else []
        name = path.rpartition(".")[2].lower()
        # Pages have ids without an extension, and may carry the same file.
        return ([known] if known else []) + [id for id in same if id.rpartition(".")[2].lower() == name]


def _is_document(article: Article, found: Sequence[FoundAttachment]) -> bool:
    """Return whether an article is a single file with its path as id."""
    return len(found) == 1 and article.id.rpartition("/")[2] == found[0].attachment.name

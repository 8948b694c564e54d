"""Documents that were moved within their source: they stay the articles that they were, under the ids and addresses that they had."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from indexer.catalog.catalog import Catalog
from indexer.indexing.attachments import FoundAttachment
from indexer.model import Article
from indexer.sources import Filed, Source


class MovedFiles:
    """Knows a document again that lies elsewhere now: by its digest, and from then on by where it lies."""

    def __init__(self, source: Source, catalog: Catalog, writes: bool) -> None:
        """``writes`` tells that what is found out may be remembered."""
        self._filed = source if isinstance(source, Filed) else None
        self._place = source.name
        self._catalog = catalog
        self._writes = writes

    def where_they_were(
        self, articles: Sequence[Article], files: Sequence[Sequence[FoundAttachment]], seen: Container[str]
    ) -> Sequence[Article]:
        """Return ``articles`` with the ids that they had before they were moved; ``files`` are those of each.

        An article of ``seen`` was read already in this run, so it is no other.
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
                for before in self._before(article.id, found[0].sha256):
                    if before not in seen and before not in taken and not filed.has(before):
                        taken.add(before)
                        if self._writes:
                            self._catalog.places.set_moved(self._place, article.id, before)
                        article = replace(article, id=before)
                        break
            found_ids.append(article)
        return found_ids

    def _before(self, path: str, sha256: str | None) -> list[str]:
        """Return the ids that a document at ``path`` may have had, the likeliest first."""
        known = self._catalog.places.moved(self._place, path)
        same = self._catalog.places.carriers(self._place, sha256) if sha256 else []
        name = path.rpartition(".")[2].lower()
        # Pages have ids without an ending, and may carry the same file.
        return ([known] if known else []) + [id for id in same if id.rpartition(".")[2].lower() == name]


def _is_document(article: Article, found: Sequence[FoundAttachment]) -> bool:
    """Whether an article is one file, and its id where that lies."""
    return len(found) == 1 and article.id.rpartition("/")[2] == found[0].attachment.name

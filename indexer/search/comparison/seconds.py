"""Texts to compare a text with: its copies, its attachments, documents with its number, and documents that change it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from indexer.directives.number import parse_number
from indexer.engine import clauses as c
from indexer.engine.protocol import EngineRequest
from indexer.errors import NotFoundError
from indexer.register.named import Named
from indexer.search.comparison.texts import READ, Text, text_address
from indexer.search.copies import copies_of
from indexer.search.directives.index import DirectiveIndex
from indexer.search.related import related
from indexer.stored.article import StoredArticle, unpack
from indexer.visible.index import VisibleIndex

Reason = Literal["same_article", "copy", "same_number", "relation", "related"]
_VERSIONS = ("consolidates", "amends", "amended_by", "replaces", "replaced_by", "corrects")
"""Relations between documents that have text in common."""
_MOST = 8
"""Maximum number per reason."""


@dataclass(frozen=True, slots=True)
class Second:
    """A text to compare with, and the reason."""

    reason: Reason
    title: str
    address: str
    """Path of an article, of a file's text or of a document."""
    relation: str = ""
    """The relation between its document and that of the first text, if that is the reason; otherwise ""."""
    is_subject: bool = False
    """Whether it is the acting document of the relation."""


class Seconds:
    """Answers from one commit, as seen by one audience."""

    def __init__(self, index: VisibleIndex, directives: DirectiveIndex) -> None:
        self._index = index
        self._directives = directives

    def of(self, text: Text) -> tuple[Second, ...]:
        """Return the texts that ``text`` may be compared with, likeliest first, without duplicates."""
        found: dict[str, Second] = {}
        for second in self._all(text):
            if second.address != text.address:
                found.setdefault(second.address, second)
        return tuple(found.values())

    def _all(self, text: Text) -> Iterator[Second]:
        article = text.article
        if article.body.strip():
            yield Second("same_article", article.title, article.address)
        for file in [file for file in article.files if file.state in READ][:_MOST]:
            yield Second("same_article", file.name, text_address(article, file))
        for copy in copies_of(self._index, article.id)[:_MOST]:
            yield Second("copy", ": ".join(filter(None, (", ".join(copy.source), copy.title))), copy.url)
        yield from self._of_numbers(article)
        for one in related(self._index, article, _MOST):
            if one.article.body.strip():
                yield Second("related", one.article.title, one.article.address)

    def _of_numbers(self, article: StoredArticle) -> Iterator[Second]:
        keys = [number.key for number in map(parse_number, article.numbers) if number]
        bearing = c.any_of(tuple(c.Term("number", key) for key in keys))
        hits = self._index.search(EngineRequest(bearing, sort="newest", limit=_MOST + 1)).hits if keys else ()
        for other in (unpack(hit.stored) for hit in hits):
            if other.id != article.id and other.body.strip():
                yield Second("same_number", other.title, other.address)
        if len(keys) == 1:
            yield from self._versions(keys[0])

    def _versions(self, key: str) -> Iterator[Second]:
        try:
            view = self._directives.view(key)
        except NotFoundError:
            return
        for relation, documents, is_subject in (
            *((*edge, True) for edge in view.acted_on_by),
            *((*edge, False) for edge in view.acts_on),
        ):
            if relation in _VERSIONS:
                for one in filter(self._is_held, documents[:_MOST]):
                    yield Second("relation", one.label, f"/directives/{one.slug}", relation, is_subject)

    def _is_held(self, one: Named) -> bool:
        return self._index.search(EngineRequest(c.Term("number", one.key), limit=0)).total > 0

"""What the pages and the API ask of the search, and how a view gets at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import flask

from indexer.model import Audience, FileState, PagePicture
from indexer.search.request import SearchRequest
from indexer.search.response import Copy, SearchResponse
from indexer.settings import Settings
from indexer.stored.article import StoredFile
from webui.context import identity

if TYPE_CHECKING:
    from indexer.search.directives.view import Citing, DirectiveView, Named
    from indexer.search.file_states import FileStates
    from indexer.search.pages.view import PageView
    from indexer.search.related import Related
    from indexer.search.service import ArticleView, Overview
    from indexer.stored.article import StoredArticle
    from indexer.suggest.completion import Suggestion

EXTENSION = "tracuu"


class Searcher(Protocol):
    """The part of ``indexer.search.service.SearchService`` that the web uses."""

    settings: Settings
    commits_seen: int

    def seen_by(self, audience: Audience) -> Searcher:
        """Return the same search as ``audience`` sees it."""

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer ``request``."""

    def answers(self, request: SearchRequest, most: int) -> Iterator[StoredArticle]:
        """Return the first ``most`` articles that answer ``request``, all copies of a text among them."""

    def article(self, slug: str, text: str = "") -> ArticleView:
        """Return the article at ``slug``, marked for the query ``text``; raises NotFoundError."""

    def by_slug(self, slug: str) -> StoredArticle:
        """Return the article at ``slug``; raises NotFoundError."""

    def related(self, article: StoredArticle, limit: int = 10) -> tuple[Related, ...]:
        """Return the articles most related to ``article``."""

    def copies(self, article: StoredArticle) -> tuple[Copy, ...]:
        """Return the other articles with the text of ``article``."""

    def file(self, slug: str, n: int) -> tuple[StoredFile, Path | None]:
        """Return an attachment and where its bytes are, None where missing; raises NotFoundError."""

    def page(self, slug: str, n: int, number: int, text: str = "") -> PageView:
        """Return a page of an attachment, marked for the query ``text``; raises NotFoundError, BusyError."""

    def first_page(self, slug: str, n: int, text: str) -> int:
        """Return the first page of an attachment that answers ``text``, else 1; raises NotFoundError."""

    def picture(self, slug: str, n: int, number: int) -> PagePicture:
        """Return how a page of an attachment looks; raises NotFoundError, BusyError."""

    def file_states(self, state: FileState | None, offset: int, limit: int) -> FileStates:
        """Return the articles with attachments in one state, and counts of all states."""

    def overview(self) -> Overview:
        """Return the newest articles and the counts of all facets."""

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        """Return ways to go on typing from ``prefix``."""

    def directive(self, number: str, year: int | None = None, place: str | None = None) -> DirectiveView:
        """Return what is known of a document; raises NotFoundError where nothing is."""

    def citing(
        self, number: str, year: int | None = None, place: str | None = None
    ) -> tuple[str, Iterator[Citing]]:
        """Return a document's slug and all that articles do with it; raises NotFoundError."""

    def most_cited(self, limit: int) -> list[Named]:
        """Return the documents that most articles cite."""

    def missing(self, limit: int) -> list[Named]:
        """Return the most cited documents that no article bears."""

    def generation(self) -> str:
        """Return a value that changes with all that answers depend on; raises EngineError."""

    def unready(self) -> str | None:
        """Return why the index does not answer, in words for the public; None where it does."""


def searcher() -> Searcher:
    """Return the service of the running app as whoever asks may see it; KeyNeededError where the key is bad.

    The only way of a view to articles, so what is for staff is kept from the public here.
    """
    seen_as = identity.audience()
    flask.g.seen_as = seen_as
    return service().seen_by(seen_as)


def service() -> Searcher:
    """Return the service as the public sees it, for what is no article: settings, readiness."""
    return cast(Searcher, flask.current_app.extensions[EXTENSION])

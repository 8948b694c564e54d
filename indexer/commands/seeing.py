"""The search that commands use: public articles; ``--staff`` adds staff-only ones."""

from __future__ import annotations

import argparse

from indexer.errors import NotFoundError
from indexer.search.searcher import Searcher
from indexer.search.service import SearchService, open_search
from indexer.settings import Settings
from indexer.stored.article import StoredArticle


def add_staff_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--staff``. Anyone with access to the data directory may read everything in it."""
    parser.add_argument("--staff", action="store_true", help="include staff-only articles")


def opened(options: argparse.Namespace, settings: Settings) -> Searcher:
    """Open the search for the audience given by the options."""
    return open_search(settings).searcher("staff" if options.staff else "public")


def article_by_id(service: SearchService, id: str, advice: str, staff: bool = False) -> StoredArticle:
    """Return the article with this id; NotFoundError if there is none, with ``advice`` if it is staff-only."""
    try:
        return service.searcher("staff" if staff else "public").articles.by_id(id)
    except NotFoundError:
        service.searcher("staff").articles.by_id(id)
        raise NotFoundError(f"article {id!r} is staff-only; {advice}") from None

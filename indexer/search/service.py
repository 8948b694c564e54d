"""The entry point for web, API and command line: searchers of the newest commit."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from indexer.disk.watched import Watched, WatchedFile
from indexer.engine import clauses as c
from indexer.engine.following import FollowingEngine
from indexer.engine.protocol import Engine, EngineRequest, SlugAsked, Snapshot
from indexer.errors import EngineError, StorageError
from indexer.files.opening import open_files
from indexer.lexicon.lexicon import Lexicon
from indexer.lexicon.loading import load_lexicon
from indexer.lexicon.own import own_lexicon
from indexer.model import Audience
from indexer.query.ranking import WEIGHTS, Weights
from indexer.register.reader import FAR_PATIENCE, PATIENCE, RegisterFile
from indexer.role_settings import READING_ROLES
from indexer.search.foreseen import of_words
from indexer.search.pages.pictures import PagePictures
from indexer.search.pins import FILE_NAME as PINS
from indexer.search.pins import Pins, read_pins
from indexer.search.popular import PopularSearches
from indexer.search.request import SearchRequest
from indexer.search.response import SearchResponse
from indexer.search.searcher import Searcher
from indexer.search.shared import Shared
from indexer.settings import Settings
from indexer.suggest.completion import Suggestion, SuggestionReader
from indexer.suggest.vocabulary import VocabularyReader
from indexer.visible.index import VisibleIndex


class SearchService:
    """Provides searchers of one engine, one for each request; safe to use from several threads."""

    def __init__(self, engine: Engine, settings: Settings, weights: Weights = WEIGHTS) -> None:
        self.settings = settings
        self.commits_seen = 0
        """Number of commits that replaced an older one since this was opened."""
        self._engine = engine
        self._shared = Shared(
            settings,
            weights,
            WatchedFile(own_lexicon(settings), self._load_lexicon),
            WatchedFile(settings.data / PINS, read_pins),
            VocabularyReader(),
            open_files(settings),
            PagePictures(settings.data, settings.extract_memory_mb, settings.page_cache_mb << 20),
            RegisterFile(settings.data, FAR_PATIENCE if settings.role in READING_ROLES else PATIENCE),
        )
        self._suggestions = SuggestionReader(settings.data)
        self._popular = PopularSearches(settings)
        self._turn = threading.Lock()
        self._newest: tuple[Snapshot, Watched[Lexicon], Watched[Pins]] | None = None
        self._searchers: dict[Audience, Searcher] = {}

    def searcher(self, audience: Audience = "public", text: str = "", slugs: Iterable[str] = ()) -> Searcher:
        """Return what answers from the newest commit as ``audience`` sees it.

        Take one for each request, and ask it everything that the request needs: the next one may be of another commit.
        ``text`` is the query of the request, if it has one, and ``slugs`` are the articles that its address may mean.
        """
        # Not in turn: where the index is on other machines it is a round trip.
        snapshot = self._engine.snapshot(chain(of_words(text), map(SlugAsked, slugs)))
        with self._turn:
            lexicon, pins = self._shared.lexicon.current(), self._shared.pins.current()
            newest = (snapshot, lexicon, pins)
            if newest != self._newest:
                # Searchers of older commits are dropped, since they would keep the files of their index open.
                self._searchers = {}
                self.commits_seen += self._newest is not None and snapshot is not self._newest[0]
                self._newest = newest
            found = self._searchers.get(audience)
            if found is None:
                index = VisibleIndex(snapshot, audience)
                found = self._searchers[audience] = Searcher(index, self._shared, lexicon, pins)
            return found

    def trying(self, lexicon: Lexicon | None = None, pins: Pins | None = None) -> Searcher:
        """Return a public searcher with another lexicon or other pins, and the current content otherwise; nothing is saved."""
        now = self.searcher().index
        return Searcher(
            now,
            self._shared,
            self._shared.lexicon.current() if lexicon is None else Watched(lexicon, None),
            self._shared.pins.current() if pins is None else Watched(pins, None),
        )

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer a ``request`` of the public from the newest commit."""
        return self.searcher(text=request.text).search(request)

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        """Return completions of ``prefix``; never anything staff-only."""
        return self._suggestions.suggest(prefix, limit)

    def popular(self) -> tuple[str, ...]:
        """Return the popular searches that may be shown to everyone; the same all day."""
        return self._popular.of_today(self.searcher, self._shared.lexicon.current().value)

    def unready(self) -> str | None:
        """Return why the index does not answer, without details of this machine; None if it does."""
        try:
            self._engine.snapshot().search(EngineRequest(c.Everything(), limit=0))
        except EngineError as error:
            return error.readiness
        except StorageError:
            return EngineError.readiness
        return None

    def close(self) -> None:
        """Close files and stop child processes."""
        self._shared.pictures.close()
        self._engine.close()

    def _load_lexicon(self, own: Path) -> Lexicon:
        """A file named in the settings must exist; the one in the data directory need not."""
        return load_lexicon(own if self.settings.lexicon or own.is_file() else None)


def open_search(settings: Settings, patient: bool = False) -> SearchService:
    """Open the current index for reading, and each later one made by a rebuild.

    Raises IndexMissingError if there is none yet, IndexVersionError, and ClusterError; with ``patient``, every request raises the
    latter two until the index is rebuilt or its machines respond.
    """
    return SearchService(FollowingEngine(settings, patient), settings)

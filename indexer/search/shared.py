"""Objects shared by all searchers of a service."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.disk.watched import WatchedFile
from indexer.files.store import FileStore
from indexer.lexicon.lexicon import Lexicon
from indexer.query.ranking import Weights
from indexer.register.reader import RegisterFile
from indexer.search.pages.pictures import PagePictures
from indexer.search.pins import Pins
from indexer.settings import Settings
from indexer.suggest.vocabulary import VocabularyReader


@dataclass(frozen=True, slots=True)
class Shared:
    """What persists across commits, shared by every audience."""

    settings: Settings
    weights: Weights
    lexicon: WatchedFile[Lexicon]
    pins: WatchedFile[Pins]
    vocabularies: VocabularyReader
    files: FileStore
    pictures: PagePictures
    register: RegisterFile

"""What was promised, and whether a data directory keeps it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from random import Random

from indexer.catalog.catalog import Catalog
from indexer.engine.folders import existing_folders, read_folders
from indexer.errors import NotFoundError, TraCuuError
from indexer.files.folder import FolderStore
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import Settings
from indexer.stored.article import StoredArticle
from indexer.upkeep.verify import verify
from tests.crashes.articles import Version, of_article, of_file, of_version, version_in

GONE = None
"""Instead of a version: the article does not exist."""


class Promise:
    """For every article the versions that may exist: exactly one, except for changes not answered before a kill."""

    def __init__(self) -> None:
        self._allowed: dict[int, frozenset[Version | None]] = {}

    def begun(self, article: int, what: Version | None) -> None:
        """Note a change that is being sent: until it is answered, either the old or the new version may exist."""
        self._allowed[article] = self._allowed.get(article, frozenset({GONE})) | {what}

    def acknowledged(self, article: int, what: Version | None) -> None:
        """Note that a change was answered: from now on only the new version is right."""
        self._allowed[article] = frozenset({what})

    def copy(self) -> Promise:
        """Return a copy for a backup made now."""
        other = Promise()
        other._allowed = dict(self._allowed)
        return other

    def either(self, other: Promise) -> Promise:
        """Return a promise that is kept if one of two promises is."""
        both = self.copy()
        for article in self._allowed.keys() | other._allowed.keys():
            nothing = frozenset({GONE})
            both._allowed[article] = self._allowed.get(article, nothing) | other._allowed.get(
                article, nothing
            )
        return both

    def versions(self) -> list[Version]:
        """Return every version that may exist."""
        return [version for allowed in self._allowed.values() for version in allowed if version]

    def check(self, settings: Settings) -> int:
        """Assert that every article is found exactly once, complete, in a version that may exist, which then is the only one.

        Return the number of articles.
        """
        there = 0
        with closing(open_search(settings)) as service:
            for article, allowed in self._allowed.items():
                found = service.search(SearchRequest(of_article(article)))
                assert found.total == len(found.hits) <= 1, f"article {article} is found {found.total} times"
                by_number = {version.number: version for version in allowed if version}
                if not found.hits:
                    assert GONE in allowed, f"article {article} is lost, versions {sorted(by_number)}"
                    self._allowed[article] = frozenset({GONE})
                    continue
                there += 1
                number = version_in(found.hits[0].title.text)
                assert number in by_number, f"{article}: version {number}, not one of {sorted(by_number)}"
                version = by_number[number]
                stored = service.searcher().articles.by_id(version.id)
                assert whole(stored) == number
                assert [file.name for file in stored.files][:1] == (["tep.txt"] if version.files else [])
                self._allowed[article] = frozenset({version})
                if version.files:
                    hits = service.search(SearchRequest(of_file(number))).hits
                    assert [hit.id for hit in hits] == [version.id], f"the file of {version} is not found"
                    self._bytes(service, stored)
            assert service.search(SearchRequest("")).total == there, "there is something that nobody sent"
        return there

    def _bytes(self, service: SearchService, stored: StoredArticle) -> None:
        for file in stored.files:
            kept = service.searcher().articles.file(stored.slug, file.n)[1]
            assert kept is not None, f"{file.name} of {stored.id} is lost"


def whole(stored: StoredArticle) -> int:
    """Return the version that all parts of an article belong to."""
    return version_in(f"{stored.title} {stored.body}")


def check_parts(settings: Settings, scratch: Path) -> None:
    """Assert that nothing is damaged, that catalog and index agree, and that nothing is left over."""
    findings = [str(finding) for finding in verify(settings)]
    assert findings == [], findings
    data = settings.data
    left = [*data.rglob(".new-*"), *scratch.iterdir()]
    assert left == [], f"left over: {left}"
    folders = read_folders(data, settings.engine)
    assert existing_folders(data, settings.engine) <= {folders.current, folders.previous}
    with closing(Catalog(data)) as catalog:
        carried = catalog.extractions.carried_files()
        known = set(catalog.applied.readers())
    assert {path.name for path in FolderStore(data).all()} == carried
    assert len(known) <= 3, f"the catalog keeps changes for {known}"


class Reader(threading.Thread):
    """Searches all the time for versions that may exist, and checks that none is seen incomplete."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(daemon=True)
        self._settings = settings
        self._over = threading.Event()
        self._versions: list[Version] = []
        self.seen: Counter[str] = Counter()
        self.half: list[str] = []
        self.replaced = True
        """Whether the directory is being made or replaced, so that searches may be refused with a message."""

    def look_for(self, versions: Iterable[Version]) -> None:
        """Search for these from now on."""
        self._versions = list(versions)

    def end(self) -> None:
        """Stop, and assert that nothing incomplete was seen."""
        self._over.set()
        self.join(30)
        assert self.half == []

    def run(self) -> None:
        random, service = Random(0), None
        while not self._over.is_set():
            try:
                service = service or open_search(self._settings)
                if self._versions:
                    self._look(service, random.choice(self._versions))
            except (AssertionError, ValueError) as error:
                self.half.append(repr(error))
            except TraCuuError as error:
                self.seen[type(error).__name__] += 1
                if not self.replaced:
                    self.half.append(repr(error))
                if service:
                    service.close()
                service = None
            self._over.wait(0.005)

    def _look(self, service: SearchService, version: Version) -> None:
        for word in (of_version(version.number), of_file(version.number), of_article(version.article)):
            found = service.search(SearchRequest(word))
            assert found.total == len(found.hits) <= 1, f"{version} is found {found.total} times"
            self.seen["searches"] += 1
            for hit in found.hits:
                number = version_in(hit.title.text)
                assert word.startswith("za") or number == version.number, (
                    f"{version} is found as version {number}"
                )
                assert hit.id == version.id
                try:
                    whole(service.searcher().articles.by_id(hit.id))
                except NotFoundError:
                    self.seen["gone meanwhile"] += 1

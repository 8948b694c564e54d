"""``NAME.meta.json``: what stands beside a page or a document and is said of it instead of what it says itself."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from indexer.errors import ItemError
from indexer.model import Article
from indexer.settings import Settings
from indexer.sources import Item, Notice, Problem
from indexer.sources.audience import mentions_audience
from indexer.sources.defaults import Defaults
from indexer.sources.record import RecordReader, UnreadRecord
from indexer.sources.staff_files import StaffFiles
from indexer.sources.strict_json import parse_json

SUFFIX = ".meta.json"
_LARGEST = 2**20
_MEANT = re.compile(r"\.(?:meta\w{0,4}|json|jsn)(?:[.~]|$)", re.IGNORECASE)
"""What the rest of a name has that was meant to be a sidecar: ``bai.metadata.json``, ``bai.meta.json.tmp``."""
_NAMES_ID = re.compile(rb"[\"']id[\"']")


class Sidecars:
    """The sidecars of a folder."""

    def __init__(
        self, settings: Settings, found: Mapping[str, Path | str], others: Mapping[str, Path]
    ) -> None:
        """``found`` are their paths from the folder, with where they lie, or why they can't be read.

        ``others`` are files that nothing else reads, of which some may be sidecars with a slip in their names.
        """
        self._settings = settings
        self._found = found
        self._others = others
        self._used: set[str] = set()
        self._staff_files = StaffFiles()
        self._by_name: dict[str, list[str]] = {}
        for name in self._found:
            self._by_name.setdefault(name.casefold(), []).append(name)
        self._meant: dict[str, list[str]] = {}
        for name in self._others:
            folder, own = posixpath.split(name)
            for match in _MEANT.finditer(own):
                self._meant.setdefault(posixpath.join(folder, own[: match.start()]).casefold(), []).append(
                    name
                )

    def overridden(self, article: Article, name: str, stem: str, defaults: Defaults) -> Iterator[Item]:
        """Yield ``article``, which lies at ``name``, with what its sidecars say instead.

        Where one can't be read, the article is left out with a problem: nothing is known of whom it is for.
        """
        items: list[Item] = []
        of_all, of_this = (self._by_name.get((n + SUFFIX).casefold(), []) for n in (stem, name))
        for sidecar in dict.fromkeys([*of_all, *of_this]):
            self._used.add(sidecar)
            try:
                place, data = self._found[sidecar], b""
                if isinstance(place, str):
                    raise ItemError(place)
                with place.open("rb") as file:
                    data = file.read(_LARGEST + 1)
                if len(data) > _LARGEST:
                    raise ItemError(f"it is larger than {_LARGEST // 2**20} MiB")
                record = parse_json(data)
                reader = RecordReader(self._settings, place.parent, defaults, staff_files=self._staff_files)
                reading = reader.override(article, record)
            except (OSError, ItemError) as error:
                yield _unread(sidecar, article, error, data)
                return
            article = reading.article
            items += [Problem(sidecar, problem, article.id) for problem in reading.problems]
            items += [Notice(sidecar, f"{part}: {note}", part) for part, note in reading.notes.items()]
        for other in dict.fromkeys(
            [*self._meant.get(stem.casefold(), ()), *self._meant.get(name.casefold(), ())]
        ):
            if article.audience == "public" and _mentions_audience(self._others[other]):
                reason = f"it may be meant for {name}, but then its name must be {posixpath.basename(stem)}{SUFFIX}"
                yield Problem(other, f"{reason}. The article was left out", article.id, staff=True)
                return
        yield article
        yield from items

    def unused(self) -> Iterator[str]:
        """Yield the sidecars beside which nothing lies that they could be of."""
        return (name for name in self._found if name not in self._used)


def _unread(sidecar: str, article: Article, error: Exception, data: bytes) -> Problem:
    staff = mentions_audience(data)
    id: str | None = article.id
    if isinstance(error, UnreadRecord):
        id, staff = error.id or id, error.staff or article.audience == "staff"
    elif _NAMES_ID.search(data):
        id = None
    stays = "The article is kept unchanged" if not staff else "The article is hidden from the public"
    reason = error.strerror if isinstance(error, OSError) else error
    return Problem(sidecar, f"it was not used: {reason}. {stays}", id, staff=staff and id is not None)


def _mentions_audience(path: Path) -> bool:
    """Whether what may be a sidecar speaks of an audience; a list of records is none."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST)
    except OSError:
        return True
    return mentions_audience(data) and not data.lstrip(b" \t\r\n\xef\xbb\xbf").startswith(b"[")

"""A site as a source of articles: visited by another process, whose finds are handed on as they come."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from indexer.disk.scratch import scratch_folder
from indexer.disk.sqlite.snapshots import copy_database
from indexer.errors import UsageError
from indexer.model import Article
from indexer.network import Reachable
from indexer.settings import Settings
from indexer.sources import Problem, Unchanged
from indexer.sources.defaults import Defaults
from indexer.sources.site.addresses import cleaned, key_of
from indexer.sources.site.child import visits_of
from indexer.sources.site.order import Order
from indexer.sources.site.report import Report
from indexer.sources.site.settings import SiteSettings
from indexer.sources.site.state import SiteState
from indexer.sources.site.state_file import FILE_NAME
from indexer.sources.site.visit import Became, End

_LOST = (Became.FAILED, Became.SKIPPED, Became.GONE)
OUTSIDE_HOURS = "the hours allowed for this site are over; the next run continues"
_NAME = re.compile(r"(https?://[^/]*)/?.*")


class SiteSource:
    """The articles of a live site, within :meth:`opened`; remembers in the data directory what was fetched.

    Whoever indexes tells of each article that the catalog has it (:meth:`accepted`): only then it counts as fetched.
    :meth:`finish` has what may be removed afterwards.
    """

    def __init__(
        self,
        site: SiteSettings,
        settings: Settings,
        defaults: Defaults | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        """``settings`` are those for this site. Raises UsageError where Scrapy is not installed."""
        _check_scrapy()
        self.name = site.name
        self.report = Report()
        self.settings = settings
        self.defaults = defaults or Defaults()
        self._site = site
        self._now = now
        self._data = settings.data
        self._folder: Path
        self._state: SiteState

    @contextmanager
    def opened(self, rehearses: bool = False) -> Iterator[None]:
        """Open what is remembered, and a folder for attachments; raises StorageError.

        Where it only ``rehearses``, what is remembered stays as it was.
        """
        if not rehearses:
            self.settings.data.mkdir(parents=True, exist_ok=True)
        with scratch_folder() as folder:
            self._folder = folder / "files"
            self._folder.mkdir()
            if rehearses:
                self._data = folder
                if (self.settings.data / FILE_NAME).is_file():
                    copy_database(self.settings.data / FILE_NAME, folder / FILE_NAME)
            with closing(SiteState(self._data, self.name, writes=True)) as self._state:
                self._state.take_over(usual_name(self._site.start))
                yield

    def was(self, place: str) -> bool:
        """Whether this site was crawled as ``place`` before it had a name of its own."""
        return self.name != place == usual_name(self._site.start)

    def is_open(self) -> bool:
        """Tell whether pages may be fetched at this time of day."""
        return self._site.open_at(datetime.fromtimestamp(self._now(), self.settings.zone))

    @property
    def hours(self) -> str:
        """The time of day at which they may; empty: always."""
        return self._site.hours

    @property
    def contact(self) -> str:
        """Who answers for the crawl; empty where nobody is named."""
        return self._site.contact

    def expect(self, ids: Collection[str]) -> None:
        """Say which articles of this source the catalog has: others are fetched anew, these are looked for."""
        scheme = self._site.start[0].partition(":")[0]
        # The address of a page whose id had to be shortened is not known by that.
        whole = [id for id in ids if "#" not in id]
        self._state.expect(ids, {id: f"{scheme}://{id}" for id in whole})

    def items(self) -> Generator[Article | Problem | Unchanged]:
        """Yield articles as they are found, and a Problem for each start that can't be had."""
        settings, now = self.settings, self._now()
        since = self._state.begin(now, repr(self.defaults))
        self.report.resumed = since < now
        order = Order(
            self._site, self._data, self._folder, since, settings.timezone, Reachable.parse(settings.fetch_allow),
            settings.max_file_mb << 20,
        )  # fmt: skip
        starts = {key_of(address) for one in self._site.start if (address := cleaned(one))}
        with closing(visits_of(order)) as visits:
            for visit in visits:
                if isinstance(visit, End):
                    self.report.end = visit
                    return
                self.report.add(visit)
                self._state.note(visit, self._now())
                if visit.article is not None:
                    yield self.defaults.filled(visit.article)
                elif visit.became is Became.UNCHANGED and visit.memory and visit.memory.article:
                    yield Unchanged(visit.memory.article)
                elif visit.became in _LOST and _is_start(visit.address, starts):
                    yield Problem(visit.address, f"it can't be crawled: {visit.reason}")
                if not self.is_open():
                    self.report.end = End(OUTSIDE_HOURS, 0, 0)
                    return

    def accepted(self, id: str) -> None:
        """Note that the catalog has an article that was yielded; its files are not needed any more."""
        visit = self._state.accepted(id, self._now())
        for file in visit.article.attachments if visit and visit.article else ():
            if file.path is not None:
                file.path.unlink(missing_ok=True)

    def finish(self) -> list[str]:
        """Note that all which was yielded is in the catalog; return the ids of articles that are gone from the site for good.

        None where this run met no article at all: then it is the site that is gone, or something in front of it.
        """
        if self.report.whole:
            self._state.end(self._now())
        met = self.report.counts[Became.ARTICLE] + self.report.counts[Became.UNCHANGED]
        return self._state.gone() if met else []

    def removed(self, ids: Collection[str]) -> None:
        """Note that articles were removed."""
        self._state.removed(ids)

    def progress(self) -> float | None:
        """Return None: nobody knows how large a site is."""
        return None


def usual_name(start: Collection[str]) -> str:
    """Return the name of a site without one: scheme and host of where it begins."""
    first = cleaned(next(iter(start))) or ""
    return _NAME.sub(r"\1", first)


def _is_start(address: str, starts: Collection[str]) -> bool:
    clean = cleaned(address)
    return clean is not None and key_of(clean) in starts


def _check_scrapy() -> None:
    if find_spec("scrapy") is None:
        raise UsageError("crawling needs Scrapy; install it with: pip install 'tracuu[crawl]'")

"""A run of alerts: new articles are matched against all due alerts, then everything waiting is sent."""

from __future__ import annotations

import hashlib
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field

from indexer import __version__
from indexer.alerts.delivery import Delivery, Outcome
from indexer.alerts.mail import Sender
from indexer.alerts.matching.day import opened_day
from indexer.alerts.matching.new import NewOf
from indexer.alerts.matching.percolator import Percolator
from indexer.alerts.smtp import MailServer, MailServerError
from indexer.alerts.store.needs import KeptNeeds
from indexer.alerts.store.news import News
from indexer.alerts.store.outbox import Outbox
from indexer.alerts.store.schema import AlertDatabase
from indexer.alerts.store.subscriptions import Subscriptions
from indexer.alerts.values import Due, Found
from indexer.alerts.webhook import Webhooks
from indexer.catalog.catalog import Catalog
from indexer.engine.opening import index_path
from indexer.lexicon.own import own_lexicon
from indexer.search.searcher import Searcher
from indexer.search.service import SearchService, open_search
from indexer.settings import Settings

_A_DAY = 86_400


@dataclass(slots=True)
class Report:
    """What a run did."""

    articles: int = 0
    """Number of new articles examined."""
    alerts: int = 0
    """Number of due alerts."""
    queries: int = 0
    """Number of distinct queries among these."""
    planned: int = 0
    """Number of resulting messages."""
    lost: int = 0
    """Number of emails that a killed run was delivering: they may have arrived and are not sent again."""
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    unreadable: tuple[str, ...] = ()
    """Saved searches that are no longer valid."""
    stopped: MailServerError | None = None
    """Why not all emails were sent."""


class AlertRun:
    """One run; ``clock`` gives seconds since 1970."""

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], int] = lambda: int(time.time()),
        webhooks: Webhooks | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._webhooks = webhooks or Webhooks(settings)
        self._database = AlertDatabase(settings.data)
        self._outbox = Outbox(self._database, settings.zone)
        self._service: SearchService | None = None
        self.report = Report()

    def run(self) -> Report:
        """Match and send. Only one process may do so at a time. Raises StorageError or EngineError."""
        with ExitStack() as stack:
            stack.callback(self._database.close)
            stack.callback(self._close)
            self.report.lost = self._outbox.recover()
            Subscriptions(self._database, self._settings.zone).forget_unconfirmed(self._clock())
            self.match()
            self._deliver()
        return self.report

    def match(self) -> None:
        """Plan the messages about new articles to due alerts."""
        now = self._clock()
        with closing(Catalog(self._settings.data)) as catalog:
            # What is missing in an index that lags behind becomes news later.
            seen = catalog.applied.of(index_path(self._settings).name)
            last = News(self._database).catch_up(catalog, seen)
            due = self._outbox.due(now)
            if not due:
                return
            numbers = News(self._database).since(min(one.known for one in due))
            found = self._found(catalog, due, dict(numbers), now) if numbers else {}
            self.report.alerts, self.report.articles = len(due), len(numbers)
            self.report.planned = self._outbox.plan(due, found, last, now)

    def _found(self, catalog: Catalog, due: list[Due], numbers: dict[str, int], now: int) -> dict[int, Found]:
        asking: dict[str, list[Due]] = defaultdict(list)
        for one in due:
            asking[one.alert.query].append(one)
        self.report.queries = len(asking)
        searcher = self._searcher()
        kept = KeptNeeds(self._database, self._stamp(), now // _A_DAY)
        found: dict[int, Found] = {}
        with opened_day(self._settings, catalog, searcher.index, list(numbers)) as day:
            percolator = Percolator(searcher, day, len(numbers), kept.known())
            for matched in percolator.matched(asking):
                new = NewOf(matched, numbers, searcher.index)
                told = filter(None, map(new.found, asking[matched.query]))
                found.update((one.due.alert.id, one) for one in told)
        kept.keep(percolator.read)
        self.report.unreadable = tuple(percolator.unreadable)
        return found

    def _deliver(self) -> None:
        settings = self._settings
        sender = Sender(settings.site_name, settings.site_url.rstrip("/"), settings.smtp.sender)
        with MailServer(settings.smtp) as server:
            delivery = Delivery(self._outbox, self._searcher, server, self._webhooks, sender, self._clock)
            try:
                delivery.run()
            finally:
                self.report.outcomes, self.report.stopped = delivery.counts, delivery.stopped

    def _searcher(self) -> Searcher:
        """Return the public searcher, on one commit for the whole run unless there is a newer one."""
        if self._service is None:
            self._service = open_search(self._settings)
        return self._service.searcher("public")

    def _close(self) -> None:
        if self._service is not None:
            self._service.close()

    def _stamp(self) -> str:
        """Return a stamp of everything, other than the index, that affects the parsing of queries: the program and its lexicon."""
        own = own_lexicon(self._settings)
        words = own.read_bytes() if own.is_file() else b""
        return f"{__version__} {hashlib.sha256(words).hexdigest()}"

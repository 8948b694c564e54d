"""A data directory with articles, a mail server, and a clock set by the tests."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from indexer.alerts.rhythm import Rhythm
from indexer.alerts.run import AlertRun, Report
from indexer.alerts.searches import canonical_query
from indexer.alerts.store.schema import AlertDatabase
from indexer.alerts.store.subscriptions import Subscriptions
from indexer.alerts.webhook import Webhooks
from indexer.model import Article, Language
from indexer.settings import Settings
from tests.alerts.mailbox import Mailbox, token_of
from tests.collection import ARTICLES, index, indexed

DAY = 86_400
START = 1_710_000_000
"""The evening of Saturday, 9 March 2024, in Vietnam."""


@dataclass
class Service:
    """What runs alerts, and when."""

    settings: Settings
    mailbox: Mailbox
    subscriptions: Subscriptions
    now: int = START

    def run(self, webhooks: Webhooks | None = None) -> Report:
        return AlertRun(self.settings, lambda: self.now, webhooks).run()

    def ask(
        self,
        address: str,
        search: str,
        rhythm: Rhythm = "daily",
        language: Language = "vi",
        client: str = "::1",
    ) -> None:
        self.subscriptions.ask(address, canonical_query(search), language, rhythm, client, self.now)

    def confirmed(
        self, address: str, search: str, rhythm: Rhythm = "daily", language: Language = "vi"
    ) -> None:
        """Subscribe to an alert and confirm it with the link in the mail."""
        self.ask(address, search, rhythm, language)
        self.run()
        assert self.subscriptions.confirm(token_of(self.mailbox.mails[-1]), self.now)
        self.mailbox.raw.clear()

    def add(self, *articles: Article) -> None:
        index(self.settings, articles)

    def subjects(self) -> Sequence[str]:
        return [str(mail["Subject"]) for mail in self.mailbox.mails]

    def next_day(self, days: int = 1) -> Report:
        self.now += days * DAY
        return self.run()


@pytest.fixture(scope="session")
def mail_server() -> Iterator[Mailbox]:
    made = Mailbox()
    yield made
    made.close()


@pytest.fixture
def mailbox(mail_server: Mailbox) -> Mailbox:
    mail_server.raw.clear()
    mail_server.rcpt = mail_server.data = lambda address: None
    return mail_server


@pytest.fixture
def service(tmp_path: Path, mailbox: Mailbox) -> Iterator[Service]:
    """A service whose articles are those of the collection, none of which are new."""
    settings = Settings(
        data=tmp_path / "data",
        site_url="https://tim.lamgiang.example",
        site_name="Tra Cứu",
        smtp=mailbox.settings,
    )
    indexed(settings, ARTICLES)
    database = AlertDatabase(settings.data)
    made = Service(settings, mailbox, Subscriptions(database, settings.zone))
    made.run()
    yield made
    database.close()


def article(id: str, title: str, body: str = "", **more: object) -> Article:
    """A public article."""
    return dataclasses.replace(Article(id, title, body, sources=("lamgiang.example",)), **more)  # type: ignore[arg-type]

"""What waits in the outbox is handed over: mails to the mail server, the rest to webhooks."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Literal, get_args

from indexer.alerts import mail, webhook
from indexer.alerts.searches import read_search
from indexer.alerts.smtp import LaterError, MailServer, MailServerError, RefusedError, UnknownError
from indexer.alerts.store.outbox import Outbox
from indexer.alerts.values import Message, MessageKind
from indexer.errors import ItemError, ParameterError
from indexer.search.response import Hit
from indexer.search.searcher import Searcher

Outcome = Literal["sent", "later", "refused", "unknown", "dropped"]
"""``unknown``: the mail server went while it took a mail, which is not sent again; ``dropped``: nothing was left to tell."""
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
_ASKED_AFTER = 100
"""Messages after which it is looked again whether somebody waits for a question."""
_log = logging.getLogger(__name__)


class Delivery:
    """One run over the outbox."""

    def __init__(
        self,
        outbox: Outbox,
        searcher: Callable[[], Searcher],
        server: MailServer,
        webhooks: webhook.Webhooks,
        sender: mail.Sender,
        clock: Callable[[], int],
    ) -> None:
        """``searcher`` is asked for only where there is news to tell: it is the public's."""
        self._outbox = outbox
        self._searcher = searcher
        self._server = server
        self._webhooks = webhooks
        self._sender = sender
        self._clock = clock
        self._hits: tuple[object, tuple[Hit, ...]] = (None, ())
        self.counts: Counter[Outcome] = Counter()
        self.stopped: MailServerError | None = None
        """Why no more mails were sent."""

    def run(self) -> None:
        """Hand over all that is to be sent now: questions first, since somebody waits for them. Raises StorageError."""
        self._ask()
        for n, message in enumerate(self._waiting("news"), 1):
            self._hand_over(message)
            if n % _ASKED_AFTER == 0:
                self._ask()

    def _ask(self) -> None:
        for message in self._waiting("confirm"):
            self._hand_over(message)

    def _hand_over(self, message: Message) -> None:
        if message.to == "webhook":
            self.counts[self._post(message)] += 1
        elif self.stopped is None:
            try:
                self.counts[self._send(message)] += 1
            except MailServerError as error:
                self.stopped = error

    def _waiting(self, kind: MessageKind) -> Iterator[Message]:
        after = 0
        while message := self._outbox.next(kind, after, self._clock()):
            yield message
            after = message.id

    def _send(self, message: Message) -> Outcome:
        hits = self._shown(message)
        if message.kind == "news" and not hits:
            self._outbox.drop(message)
            return "dropped"
        try:
            self._server.offer(message.address)
            now = self._clock()
            if message.kind == "confirm":
                letter = mail.confirmation(self._sender, message, self._outbox.confirm_token(message), now)
            else:
                letter = mail.news(self._sender, message, hits, _total(message, hits), now)
            if not self._outbox.begin(message):
                return "dropped"
            self._server.hand_over(letter)
        except RefusedError as error:
            paused = self._outbox.refused(message)
            _log.warning("alert %d was refused%s: %s", message.alert.id, ", paused" if paused else "", error)
            return "refused"
        except LaterError as error:
            _log.info("alert %d failed, will retry later: %s", message.alert.id, error)
            self._outbox.postpone(message, self._clock())
            return "later"
        except UnknownError as error:
            _log.warning("alert %d may have been sent, will not be sent again: %s", message.alert.id, error)
            self._outbox.drop(message)
            return "unknown"
        self._outbox.sent(message, self._clock())
        return "sent"

    def _post(self, message: Message) -> Outcome:
        hits = self._shown(message)
        if not hits:
            self._outbox.drop(message)
            return "dropped"
        body = webhook.payload(message, hits, _total(message, hits), self._sender.root)
        if not self._outbox.begin(message):
            return "dropped"
        try:
            wanted = self._webhooks.post(message, body, self._clock())
        except ItemError as error:
            _log.warning("alert %d failed, will retry later: %s", message.alert.id, error)
            self._outbox.postpone(message, self._clock())
            return "later"
        if not wanted:
            self._outbox.refused(message)
            return "refused"
        self._outbox.sent(message, self._clock())
        return "sent"

    def _shown(self, message: Message) -> tuple[Hit, ...]:
        """Return the articles of ``message`` that the public may see now; many alerts of one search follow on one another."""
        if message.kind != "news":
            return ()
        asked = (message.alert.query, message.alert.language, message.articles)
        if self._hits[0] != asked:
            try:
                request = read_search(message.alert.query, message.alert.language)
                self._hits = (asked, self._searcher().shown(request, message.articles))
            except ParameterError:
                return ()
        return self._hits[1]


def _total(message: Message, hits: tuple[Hit, ...]) -> int:
    """Return how many new articles there are, without those that are gone since they were found."""
    return message.total - (len(message.articles) - len(hits))

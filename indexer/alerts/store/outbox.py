"""Messages to send, stored before sending: one transaction plans them and marks their articles as known; then they are delivered.

An email whose delivery was interrupted by a kill may have arrived, and is not sent again. A webhook is: its name stays the
same, so the receiving program recognises it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import tzinfo

from indexer.alerts.rhythm import next_due
from indexer.alerts.sealing import open_sealer
from indexer.alerts.store.schema import AlertDatabase
from indexer.alerts.store.subscriptions import ALERT, alert_of_row, token_digest
from indexer.alerts.values import Due, Found, Message, MessageKind

MOST_REFUSED = 3
"""Number of consecutive rejections by a recipient's server after which nothing is sent there any more."""
LONGEST_SECONDS = 3 * 86_400
"""Seconds for which a message is retried; after that it is old news."""
_FIRST_PAUSE = 300
"""Seconds until the first retry; doubled each time."""
_LONGEST_PAUSE = 6 * 3_600
_PLANNED = """INSERT OR IGNORE INTO outbox (name, alert, kind, articles, total, made)
    SELECT ?, id, 'news', ?, ?, ? FROM alerts WHERE id = ?"""
_NEXT = f"""SELECT outbox.id, name, outbox.kind, recipients.kind, recipients.id, address, secret, leave, articles, total, made,
    tries, {ALERT} FROM outbox JOIN alerts ON alerts.id = alert JOIN recipients ON recipients.id = recipient
    WHERE outbox.kind = ? AND outbox.id > ? AND retry <= ? AND sending = 0
    AND (outbox.kind = 'confirm' OR NOT paused) ORDER BY outbox.id LIMIT 1"""


class Outbox:
    """The messages of a data directory. Times are seconds since 1970; every method raises StorageError."""

    def __init__(self, database: AlertDatabase, zone: tzinfo) -> None:
        self._database = database
        self._zone = zone

    def due(self, now: int) -> list[Due]:
        """Return the alerts to match now."""
        query = f"""SELECT {ALERT}, known FROM alerts JOIN recipients ON recipients.id = recipient
            WHERE confirmed IS NOT NULL AND due <= ? AND NOT paused ORDER BY alerts.id"""
        with self._database.reading() as db:
            rows = db.execute(query, (now,)).fetchall() if db else []
        return [Due(alert_of_row(row[:5]), row[5]) for row in rows]

    def plan(self, matched: Iterable[Due], found: Mapping[int, Found], last: int, now: int) -> int:
        """Plan messages for what was ``found``, by alert number; for all ``matched`` alerts, articles up to ``last`` are then
        known.

        It is one transaction: if killed before its end, nothing has been sent and the same is found again. Returns the number
        of planned messages.
        """
        planned = 0
        with self._database.writing() as db:
            for due in matched:
                if one := found.get(due.alert.id):
                    row = (_name(due, last), json.dumps(one.articles), one.total, now, due.alert.id)
                    planned += db.execute(_PLANNED, row).rowcount
                db.execute(
                    "UPDATE alerts SET known = max(known, ?), due = ? WHERE id = ?",
                    (last, next_due(due.alert.rhythm, now, self._zone), due.alert.id),
                )
        return planned

    def recover(self) -> int:
        """Drop emails that a killed process was delivering; return their number."""
        with self._database.writing() as db:
            lost = db.execute(
                "DELETE FROM outbox WHERE sending = 1 AND alert IN (SELECT alerts.id FROM alerts"
                " JOIN recipients ON recipients.id = recipient WHERE kind = 'mail')"
            ).rowcount
            db.execute("UPDATE outbox SET sending = 0 WHERE sending = 1")
            return lost

    def next(self, kind: MessageKind, after: int, now: int) -> Message | None:
        """Return the first due message of a kind after number ``after``."""
        with self._database.reading() as db:
            row = db.execute(_NEXT, (kind, after, now)).fetchone() if db else None
        if row is None:
            return None
        sealer = open_sealer(self._database.data)
        id, name, _, to, recipient, address, secret, leave, articles, total, made, tries, *alert = row
        return Message(
            id,
            name,
            kind,
            to,
            recipient,
            sealer.open(address, "address"),
            sealer.open(secret, "secret") if secret else "",
            alert_of_row(alert),
            sealer.open(leave, "leave"),
            tuple(json.loads(articles)),
            total,
            made,
            tries,
        )

    def begin(self, message: Message) -> bool:
        """Record that delivery of ``message`` begins; False if it must not be sent any more because its alert has ended."""
        with self._database.writing() as db:
            return db.execute("UPDATE outbox SET sending = 1 WHERE id = ?", (message.id,)).rowcount > 0

    def sent(self, message: Message, now: int) -> None:
        """Remove ``message``, which was accepted."""
        with self._database.writing() as db:
            self._forget(db, message)
            db.execute("UPDATE alerts SET sent = ? WHERE id = ?", (now, message.alert.id))
            db.execute("UPDATE recipients SET refused = 0 WHERE id = ?", (message.recipient,))

    def drop(self, message: Message) -> None:
        """Remove ``message``, whose outcome is unknown or which has nothing left to report."""
        with self._database.writing() as db:
            self._forget(db, message)

    def postpone(self, message: Message, now: int) -> None:
        """Retry ``message`` later; once it has been retried for too long, its recipient counts as rejecting."""
        pause = min(_FIRST_PAUSE << min(message.tries, 12), _LONGEST_PAUSE)
        if now + pause - message.made > LONGEST_SECONDS:
            self.refused(message)
            return
        with self._database.writing() as db:
            db.execute(
                "UPDATE outbox SET sending = 0, tries = tries + 1, retry = ? WHERE id = ?",
                (now + pause, message.id),
            )

    def refused(self, message: Message) -> bool:
        """Count a rejection by the recipient of ``message``; tell whether nothing is sent there any more.

        An unconfirmed recipient is forgotten at once.
        """
        with self._database.writing() as db:
            self._forget(db, message)
            if message.kind == "confirm":
                db.execute("DELETE FROM alerts WHERE id = ? AND confirmed IS NULL", (message.alert.id,))
                db.execute(
                    "DELETE FROM recipients WHERE id = ?1 AND NOT EXISTS (SELECT * FROM alerts WHERE recipient = ?1)",
                    (message.recipient,),
                )
                return False
            row = db.execute(
                "UPDATE recipients SET refused = refused + 1, paused = paused OR refused + 1 >= ? WHERE id = ?"
                " RETURNING paused",
                (MOST_REFUSED, message.recipient),
            ).fetchone()
            return bool(row and row[0])

    def confirm_token(self, message: Message) -> str:
        """Return a new token that confirms the alert of ``message``, replacing earlier ones."""
        token = secrets.token_urlsafe(32)
        with self._database.writing() as db:
            db.execute("DELETE FROM tokens WHERE alert = ? AND purpose = 'confirm'", (message.alert.id,))
            # None if the alert has ended in the meantime.
            db.execute(
                "INSERT INTO tokens SELECT ?, 'confirm', id FROM alerts WHERE id = ?",
                (token_digest(token), message.alert.id),
            )
        return token

    @staticmethod
    def _forget(db: sqlite3.Connection, message: Message) -> None:
        db.execute("DELETE FROM outbox WHERE id = ?", (message.id,))


def _name(due: Due, last: int) -> str:
    """Return the name of the message that reports to an alert what came after its known articles, up to article ``last``."""
    digest = hashlib.sha256(f"{due.alert.id} {due.known} {last}".encode()).hexdigest()
    return f"news-{due.alert.id}-{digest[:24]}"

"""What is to be sent, written down before it is: planned in one transaction with what is no news any more, then handed over.

A mail that was being handed over when its process was killed may have arrived or not, and is not sent again. A webhook is:
its name is the same, by which the program that gets it knows it.
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
"""Times in a row that a recipient's server may refuse it before nothing is sent there any more."""
LONGEST_SECONDS = 3 * 86_400
"""For which a message is tried: after that it is old news."""
_FIRST_PAUSE = 300
"""Seconds until a message is tried again, twice as many each time."""
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
        """Return the alerts that are to be matched now."""
        query = f"""SELECT {ALERT}, known FROM alerts JOIN recipients ON recipients.id = recipient
            WHERE confirmed IS NOT NULL AND due <= ? AND NOT paused ORDER BY alerts.id"""
        with self._database.reading() as db:
            rows = db.execute(query, (now,)).fetchall() if db else []
        return [Due(alert_of_row(row[:5]), row[5]) for row in rows]

    def plan(self, matched: Iterable[Due], found: Mapping[int, Found], last: int, now: int) -> int:
        """Plan what was ``found`` for alerts, by their numbers; for all that were ``matched``, article ``last`` is no news then.

        One transaction: killed before its end, the same is found again and nothing has been sent. Returns how many were planned.
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
        """Let go of mails that a killed process was handing over; return how many these were."""
        with self._database.writing() as db:
            lost = db.execute(
                "DELETE FROM outbox WHERE sending = 1 AND alert IN (SELECT alerts.id FROM alerts"
                " JOIN recipients ON recipients.id = recipient WHERE kind = 'mail')"
            ).rowcount
            db.execute("UPDATE outbox SET sending = 0 WHERE sending = 1")
            return lost

    def next(self, kind: MessageKind, after: int, now: int) -> Message | None:
        """Return the first message of a kind behind number ``after`` that is to be sent now."""
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
        """Note that ``message`` is being handed over; False where it is not to be sent any more: its alert was left."""
        with self._database.writing() as db:
            return db.execute("UPDATE outbox SET sending = 1 WHERE id = ?", (message.id,)).rowcount > 0

    def sent(self, message: Message, now: int) -> None:
        """Forget ``message``, which was taken."""
        with self._database.writing() as db:
            self._forget(db, message)
            db.execute("UPDATE alerts SET sent = ? WHERE id = ?", (now, message.alert.id))
            db.execute("UPDATE recipients SET refused = 0 WHERE id = ?", (message.recipient,))

    def drop(self, message: Message) -> None:
        """Forget ``message``, of which nothing is known or nothing is left to tell."""
        with self._database.writing() as db:
            self._forget(db, message)

    def postpone(self, message: Message, now: int) -> None:
        """Try ``message`` again later, unless it has been tried for too long: then its recipient counts as refused."""
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
        """Count that the recipient of ``message`` was refused; tell whether nothing is sent there any more.

        One that was never confirmed is forgotten at once.
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
        """Return a new token that confirms the alert of ``message``, in place of those before."""
        token = secrets.token_urlsafe(32)
        with self._database.writing() as db:
            db.execute("DELETE FROM tokens WHERE alert = ? AND purpose = 'confirm'", (message.alert.id,))
            # None where the alert was left meanwhile.
            db.execute(
                "INSERT INTO tokens SELECT ?, 'confirm', id FROM alerts WHERE id = ?",
                (token_digest(token), message.alert.id),
            )
        return token

    @staticmethod
    def _forget(db: sqlite3.Connection, message: Message) -> None:
        db.execute("DELETE FROM outbox WHERE id = ?", (message.id,))


def _name(due: Due, last: int) -> str:
    """Return the name of the message that tells an alert of what came after what it knows, up to article ``last``."""
    digest = hashlib.sha256(f"{due.alert.id} {due.known} {last}".encode()).hexdigest()
    return f"news-{due.alert.id}-{digest[:24]}"

"""Who is told of what: asked for, confirmed, left. An address stays only as long as an alert of it does."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from indexer.alerts.address import identity_of, masked
from indexer.alerts.rhythm import Rhythm, next_due
from indexer.alerts.sealing import Sealer, open_sealer
from indexer.alerts.store.limits import count_request
from indexer.alerts.store.schema import AlertDatabase
from indexer.alerts.values import Alert, Kind, Listed, Purpose
from indexer.errors import UsageError
from indexer.model import Language

UNCONFIRMED_SECONDS = 2 * 86_400
"""For which an alert waits to be confirmed; then it is forgotten, and its address with it."""
MOST_ALERTS = 50
"""Of one recipient: what is beyond is not kept."""
ALERT = "alerts.id, alerts.query, alerts.language, alerts.rhythm, alerts.confirmed IS NOT NULL"


class Subscriptions:
    """The alerts of a data directory. Times are seconds since 1970; every method raises StorageError."""

    def __init__(self, database: AlertDatabase, zone: tzinfo) -> None:
        self._database = database
        self._zone = zone

    def ask(
        self, address: str, query: str, language: Language, rhythm: Rhythm, client: str, now: int
    ) -> None:
        """Keep that ``address`` is to be asked whether it wants this alert.

        Nothing tells whether the address is known, or may be written to. Raises TooManyError.
        """
        sealer = open_sealer(self._database.data, create=True)
        with self._database.writing() as db:
            if not count_request(db, sealer, address, client, now):
                return
            recipient = _recipient(db, sealer, "mail", address)
            waiting = db.execute(
                "SELECT id FROM alerts WHERE recipient = ? AND query = ? AND rhythm = ? AND confirmed IS NULL",
                (recipient, query, rhythm),
            ).fetchone()
            if waiting is None and _count(db, recipient) >= MOST_ALERTS:
                return
            alert = waiting[0] if waiting else _insert(db, sealer, recipient, query, language, rhythm, now)
            # One that is not sent yet is enough.
            db.execute(
                "INSERT INTO outbox (name, alert, kind, articles, total, made) SELECT ?, ?, 'confirm', '[]', 0, ?"
                " WHERE NOT EXISTS (SELECT * FROM outbox WHERE alert = ? AND kind = 'confirm')",
                (f"confirm-{secrets.token_hex(16)}", alert, now, alert),
            )

    def alert_of(self, token: str, purpose: Purpose) -> Alert | None:
        """Return the alert that ``token`` is for; None where it is for nothing, any more or for this purpose."""
        with self._database.reading() as db:
            return _of_token(db, token, purpose) if db else None

    def confirm(self, token: str, now: int) -> Alert | None:
        """Begin the alert that ``token`` confirms, with what comes from now on; None where it confirms nothing."""
        with self._database.writing() as db:
            alert = _of_token(db, token, "confirm")
            if alert is None or _is_too_old(db, alert, now):
                return None
            db.execute("DELETE FROM tokens WHERE alert = ? AND purpose = 'confirm'", (alert.id,))
            if not alert.confirmed:
                _begin(db, alert, now, self._zone)
            return _of_id(db, alert.id)

    def leave(self, token: str) -> bool:
        """End the alert that ``token`` leaves; tell whether there was one."""
        with self._database.writing() as db:
            alert = _of_token(db, token, "leave")
            return alert is not None and _end(db, alert.id)

    def forget_unconfirmed(self, now: int) -> None:
        """Forget what was asked for and not confirmed in time, and addresses that nothing else keeps."""
        with self._database.writing() as db:
            old = "confirmed IS NULL AND asked < ?"
            for (id,) in db.execute(
                f"SELECT id FROM alerts WHERE {old}", (now - UNCONFIRMED_SECONDS,)
            ).fetchall():
                _end(db, id)

    def add_webhook(self, url: str, secret: str, query: str, rhythm: Rhythm, now: int) -> int:
        """Begin an alert of a program, and return its number; a webhook that is known gets ``secret`` from now on."""
        sealer = open_sealer(self._database.data, create=True)
        with self._database.writing() as db:
            recipient = _recipient(db, sealer, "webhook", url)
            db.execute(
                "UPDATE recipients SET secret = ?, refused = 0, paused = 0 WHERE id = ?",
                (sealer.seal(secret, "secret"), recipient),
            )
            if _count(db, recipient) >= MOST_ALERTS:
                raise UsageError(f"this webhook already has {MOST_ALERTS} alerts; remove some first")
            id = _insert(db, sealer, recipient, query, "vi", rhythm, now)
            _begin(db, Alert(id, query, "vi", rhythm, False), now, self._zone)
            return id

    def remove(self, number: int) -> bool:
        """End the alert with this number; tell whether there was one."""
        with self._database.writing() as db:
            return _end(db, number)

    def remove_recipient(self, kind: Kind, address: str) -> int:
        """Forget an address with all of its alerts; return how many these were."""
        sealer = open_sealer(self._database.data, create=True)
        with self._database.writing() as db:
            row = db.execute(
                "SELECT id FROM recipients WHERE digest = ?", (_digest(sealer, kind, address),)
            ).fetchone()
            if row is None:
                return 0
            number = _count(db, row[0])
            db.execute("DELETE FROM recipients WHERE id = ?", row)
            return number

    def list(self) -> list[Listed]:
        """Return all alerts, the oldest first."""
        with self._database.reading() as db:
            rows = db.execute(_LIST).fetchall() if db else []
        if not rows:
            return []
        sealer = open_sealer(self._database.data)
        return [
            Listed(
                alert_of_row(row[:5]),
                row[5],
                row[6],
                masked(sealer.open(row[7], "address")),
                bool(row[8]),
                *row[9:],
            )
            for row in rows
        ]


_LIST = f"""SELECT {ALERT}, kind, recipients.id, address, paused, due, sent,
    (SELECT count(*) FROM outbox WHERE outbox.alert = alerts.id)
    FROM alerts JOIN recipients ON recipients.id = recipient ORDER BY alerts.id"""


def token_digest(token: str) -> bytes:
    """Return what a token is known by."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def alert_of_row(row: Sequence[Any]) -> Alert:
    """Return the alert of a row of :data:`ALERT`."""
    id, query, language, rhythm, confirmed = row
    return Alert(id, query, language, rhythm, bool(confirmed))


def _of_id(db: sqlite3.Connection, id: int) -> Alert:
    return alert_of_row(db.execute(f"SELECT {ALERT} FROM alerts WHERE id = ?", (id,)).fetchone())


def _of_token(db: sqlite3.Connection, token: str, purpose: Purpose) -> Alert | None:
    row = db.execute(
        f"SELECT {ALERT} FROM alerts JOIN tokens ON tokens.alert = alerts.id WHERE digest = ? AND purpose = ?",
        (token_digest(token), purpose),
    ).fetchone()
    return alert_of_row(row) if row else None


def _digest(sealer: Sealer, kind: Kind, address: str) -> bytes:
    return sealer.digest(identity_of(address) if kind == "mail" else address, kind)


def _recipient(db: sqlite3.Connection, sealer: Sealer, kind: Kind, address: str) -> int:
    digest = _digest(sealer, kind, address)
    row = db.execute("SELECT id FROM recipients WHERE digest = ?", (digest,)).fetchone()
    if row is None:
        row = db.execute(
            "INSERT INTO recipients (kind, digest, address) VALUES (?, ?, ?) RETURNING id",
            (kind, digest, sealer.seal(address, "address")),
        ).fetchone()
    return int(row[0])


def _count(db: sqlite3.Connection, recipient: int) -> int:
    return int(db.execute("SELECT count(*) FROM alerts WHERE recipient = ?", (recipient,)).fetchone()[0])


def _insert(
    db: sqlite3.Connection,
    sealer: Sealer,
    recipient: int,
    query: str,
    language: Language,
    rhythm: Rhythm,
    now: int,
) -> int:
    leave = secrets.token_urlsafe(32)
    (id,) = db.execute(
        "INSERT INTO alerts (recipient, query, language, rhythm, asked, leave) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        (recipient, query, language, rhythm, now, sealer.seal(leave, "leave")),
    ).fetchone()
    db.execute("INSERT INTO tokens VALUES (?, 'leave', ?)", (token_digest(leave), id))
    return int(id)


def _begin(db: sqlite3.Connection, alert: Alert, now: int, zone: tzinfo) -> None:
    """Let an alert be confirmed, in place of others of its recipient for the same search."""
    db.execute(
        "DELETE FROM alerts WHERE id != ?1 AND query = ?2"
        " AND recipient = (SELECT recipient FROM alerts WHERE id = ?1)",
        (alert.id, alert.query),
    )
    # What came while nothing was sent to its recipient is no news any more, either.
    db.execute(
        "UPDATE alerts SET known = (SELECT coalesce(max(n), 0) FROM articles) WHERE id = ?1 OR recipient ="
        " (SELECT recipients.id FROM recipients JOIN alerts ON recipient = recipients.id WHERE alerts.id = ?1 AND paused)",
        (alert.id,),
    )
    db.execute(
        "UPDATE alerts SET confirmed = ?, due = ? WHERE id = ?",
        (now, next_due(alert.rhythm, now, zone), alert.id),
    )
    # Who can confirm gets mail.
    db.execute(
        "UPDATE recipients SET refused = 0, paused = 0 WHERE id = (SELECT recipient FROM alerts WHERE id = ?)",
        (alert.id,),
    )


def _is_too_old(db: sqlite3.Connection, alert: Alert, now: int) -> bool:
    (asked,) = db.execute("SELECT asked FROM alerts WHERE id = ?", (alert.id,)).fetchone()
    return not alert.confirmed and asked < now - UNCONFIRMED_SECONDS


def _end(db: sqlite3.Connection, id: int) -> bool:
    """Forget an alert, and its recipient with the last one; tell whether it was there."""
    row = db.execute("DELETE FROM alerts WHERE id = ? RETURNING recipient", (id,)).fetchone()
    if row is not None:
        db.execute(
            "DELETE FROM recipients WHERE id = ?1 AND NOT EXISTS (SELECT * FROM alerts WHERE recipient = ?1)",
            row,
        )
    return row is not None

"""How often confirmations may be asked for in a day: for one mailbox, by one client, by all together.

Counted under keyed digests that are of their day, and forgotten with it.
"""

from __future__ import annotations

import sqlite3

from indexer.alerts.address import mailbox_of
from indexer.alerts.sealing import Sealer
from indexer.alerts.values import TooManyError

_A_DAY = 86_400
PER_MAILBOX = 3
"""Mails that somebody who did not ask for them may get in a day."""
PER_CLIENT = 20
"""An office or a library behind one address has several people."""
IN_ALL = 1_000
"""What a mail server may send in a day to people who never wrote to it, before others take it for a source of spam."""


def count_request(db: sqlite3.Connection, sealer: Sealer, address: str, client: str, now: int) -> bool:
    """Count one more request; return whether ``address`` may be written to.

    Raises TooManyError where the client, or all, have asked too often: that says nothing of any address.
    """
    day = now // _A_DAY
    db.execute("DELETE FROM counts WHERE day != ?", (day,))
    for kind, what, most in (("client", client, PER_CLIENT), ("all", "", IN_ALL)):
        if not _counted(db, day, kind, sealer.digest(f"{day}\n{what}", kind), most):
            raise TooManyError("too many alerts were requested today; try again tomorrow")
    mailbox = sealer.digest(f"{day}\n{mailbox_of(address)}", "mailbox")
    return _counted(db, day, "mailbox", mailbox, PER_MAILBOX)


def _counted(db: sqlite3.Connection, day: int, kind: str, digest: bytes, most: int) -> bool:
    (n,) = db.execute(
        "INSERT INTO counts VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1 RETURNING n",
        (day, kind, digest),
    ).fetchone()
    return bool(n <= most)

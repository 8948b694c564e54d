"""Daily limits on confirmation requests: for one mailbox, by one client, and in total.

They are counted under keyed digests that include the date, and are forgotten with it.
"""

from __future__ import annotations

import sqlite3

from indexer.alerts.address import mailbox_of
from indexer.alerts.sealing import Sealer
from indexer.alerts.values import TooManyError

_A_DAY = 86_400
PER_MAILBOX = 3
"""Number of emails per day that somebody who did not ask for them may receive."""
PER_CLIENT = 20
"""Several people in an office or library may share one address."""
IN_ALL = 1_000
"""Number of emails per day to unknown recipients that a mail server can send without being taken for a source of spam."""


def count_request(db: sqlite3.Connection, sealer: Sealer, address: str, client: str, now: int) -> bool:
    """Count a request; return whether ``address`` may be written to.

    Raises TooManyError if the client, or all clients, have exceeded their limit; this reveals nothing about any address.
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

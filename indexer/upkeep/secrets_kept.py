"""Whether what is secret is its owner's only, and alerts can be sent."""

from __future__ import annotations

from contextlib import closing

from indexer.alerts.sealing import FILE_NAME as ALERTS_KEY
from indexer.alerts.store.schema import FILE_NAME as ALERTS
from indexer.alerts.store.schema import AlertDatabase
from indexer.alerts.store.subscriptions import Subscriptions
from indexer.keys import FILE_NAME as KEYS
from indexer.settings import Settings
from indexer.upkeep.check import Check


def keys(settings: Settings) -> Check:
    """Look at the permissions of keys and addresses."""
    found = [path for name in (KEYS, ALERTS, ALERTS_KEY) if (path := settings.data / name).is_file()]
    for path in found:
        mode = path.stat().st_mode & 0o777
        if mode & 0o077:
            return Check("keys", "fault", f"{path} can be read by others ({mode:o})", f"chmod 600 {path}")
    return Check("keys", "ok", "readable by their owner only" if found else "none")


def mails(settings: Settings) -> Check:
    """Look whether a mail server is set and its password is there, and what waits; raises UsageError, StorageError."""
    smtp = settings.smtp
    if not smtp.host:
        return Check("mails", "ok", "no mail server is set, so the site does not offer alerts")
    smtp.password()
    with closing(AlertDatabase(settings.data)) as database:
        listed = Subscriptions(database, settings.zone).list()
    waiting = sum(one.waiting for one in listed)
    return Check(
        "mails", "ok", f"by {smtp.host}:{smtp.port}; {len(listed)} alerts, {waiting} messages waiting"
    )

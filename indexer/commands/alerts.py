"""List, send and remove alerts: saved searches whose new results are sent by email or to a webhook."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime

from indexer.alerts.address import read_address
from indexer.alerts.delivery import OUTCOMES
from indexer.alerts.rhythm import RHYTHMS
from indexer.alerts.run import AlertRun, Report
from indexer.alerts.searches import canonical_query, title_of
from indexer.alerts.store.schema import AlertDatabase
from indexer.alerts.store.subscriptions import Subscriptions
from indexer.alerts.values import Listed
from indexer.alerts.webhook import check_url, new_secret
from indexer.commands.data import existing_data
from indexer.commands.output import print_json, wants_json
from indexer.disk.locks import alerts_lock
from indexer.errors import BusyError, NotFoundError, TraCuuError, UsageError
from indexer.replication.membership import Writing
from indexer.settings import Settings

_USAGE = (
    "usage: tracuu alerts list | send [--every SECONDS] | remove NUMBER | remove ADDRESS"
    " | add-webhook URL SEARCH [--rhythm RHYTHM]"
)
_log = logging.getLogger(__name__)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu alerts``."""
    parser.add_argument("action", choices=("list", "send", "remove", "add-webhook"))
    parser.add_argument(
        "what",
        nargs="*",
        metavar="WHAT",
        help="remove: the number of an alert, or an address to remove all its alerts; add-webhook: the address to post to, and"
        " the search as in its address (q=đất đai&type=Quyết định)",
    )
    parser.add_argument(
        "--every", type=float, metavar="SECONDS", help="send: repeat until stopped, with this pause"
    )
    parser.add_argument(
        "--rhythm", choices=RHYTHMS, help="add-webhook: now (with every send), daily or weekly"
    )


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run it; a webhook's secret is shown only once. Exit 1 if the item to remove is unknown, 3 if emails are still waiting."""
    data = existing_data(settings)
    wanted: dict[str, tuple[int, Callable[[], int]]] = {
        "list": (0, lambda: _list(options, settings, alerts)),
        "send": (0, lambda: _send(options, settings)),
        "remove": (1, lambda: _remove(options, alerts)),
        "add-webhook": (2, lambda: _add_webhook(options, alerts)),
    }
    number, do = wanted[options.action]
    misplaced = (options.every is not None and options.action != "send") or (
        options.rhythm is not None and options.action != "add-webhook"
    )
    if len(options.what) != number or misplaced or (options.every is not None and options.every <= 0):
        raise UsageError(_USAGE)
    database = AlertDatabase(data)
    alerts = Subscriptions(database, settings.zone)
    try:
        return do()
    finally:
        database.close()


def _list(options: argparse.Namespace, settings: Settings, alerts: Subscriptions) -> int:
    listed = alerts.list()
    if wants_json(options):
        print_json([_listed_json(one) for one in listed])
        return 0
    for one in listed:
        state = "paused" if one.paused else one.alert.rhythm if one.alert.confirmed else "unconfirmed"
        sent = datetime.fromtimestamp(one.sent, settings.zone).isoformat(" ", "minutes") if one.sent else "-"
        waiting = f", {one.waiting} waiting" if one.waiting else ""
        print(
            f"{one.alert.id:>6}  {state:11}  sent {sent}{waiting}  {one.address}  {title_of(one.alert.query, 'en')}"
        )
    return 0


def _listed_json(one: Listed) -> dict[str, object]:
    return {
        "number": one.alert.id,
        "kind": one.kind,
        "to": one.address,
        "query": one.alert.query,
        "language": one.alert.language,
        "rhythm": one.alert.rhythm,
        "confirmed": one.alert.confirmed,
        "paused": one.paused,
        "sent": one.sent,
        "waiting": one.waiting,
    }


def _send(options: argparse.Namespace, settings: Settings) -> int:
    if options.every is None:
        return _send_once(options, settings)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="tracuu alerts: %(message)s")
    while not stop.is_set():
        try:
            _send_once(options, settings)
        except TraCuuError as error:
            # Whoever watches the log fixes the cause; waiting messages are sent afterwards.
            _log.warning("%s", error)
        stop.wait(options.every)
    return 0


def _send_once(options: argparse.Namespace, settings: Settings) -> int:
    began = time.monotonic()
    with alerts_lock(settings.data) as free:
        if not free:
            raise BusyError("another process is sending alerts; wait for it to finish")
        # A writer that was replaced would send again what the new one sends.
        Writing(settings)
        report = AlertRun(settings).run()
    if wants_json(options):
        print_json(_report_json(report))
    elif not getattr(options, "quiet", False):
        said = ", ".join(f"{n} {outcome}" for outcome in OUTCOMES if (n := report.outcomes[outcome]))
        print(
            f"{report.articles} new articles, {report.alerts} alerts due ({report.queries} searches),"
            f" {report.planned} planned, {said or '0 sent'} in {time.monotonic() - began:.1f} s"
        )
    if report.lost:
        _log.warning("a run was killed while sending %d emails; they will not be sent again", report.lost)
    for query in report.unreadable:
        _log.warning("can't read a saved search any more: %s", query[:200])
    if report.stopped is not None:
        raise report.stopped
    return 0


def _report_json(report: Report) -> dict[str, object]:
    return {
        "articles": report.articles,
        "alerts": report.alerts,
        "queries": report.queries,
        "planned": report.planned,
        "lost": report.lost,
        **{outcome: report.outcomes[outcome] for outcome in OUTCOMES},
    }


def _remove(options: argparse.Namespace, alerts: Subscriptions) -> int:
    (what,) = options.what
    if what.isdecimal():
        removed = int(alerts.remove(int(what)))
    elif "://" in what:
        removed = alerts.remove_recipient("webhook", what)
    else:
        removed = alerts.remove_recipient("mail", read_address(what))
    if not removed:
        raise NotFoundError(f"there is no alert {what!r}; run `tracuu alerts list` to see all")
    if wants_json(options):
        print_json({"removed": removed})
    else:
        print(f"{removed} removed; an address is deleted with its last alert")
    return 0


def _add_webhook(options: argparse.Namespace, alerts: Subscriptions) -> int:
    url, search = options.what
    check_url(url)
    query, secret = canonical_query(search, strict_names=True), new_secret()
    number = alerts.add_webhook(url, secret, query, options.rhythm or "now", int(time.time()))
    if wants_json(options):
        print_json({"number": number, "query": query, "secret": secret})
    else:
        print(secret)
        print(
            f"alert {number} for {title_of(query, 'en')}; posts to {url} are signed with this secret."
            " It is shown only now, so save it",
            file=sys.stderr,
        )
    return 0

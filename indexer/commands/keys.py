"""Create, list and revoke the keys of programs."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta

from indexer.commands.data import existing_data
from indexer.commands.output import print_json, wants_json
from indexer.errors import NotFoundError, UsageError
from indexer.keys import SCOPES, KeyStore
from indexer.settings import Settings
from indexer.sources.text import display_line

_LONGEST_NAME = 100


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu keys``."""
    parser.add_argument("action", choices=("create", "list", "revoke"))
    parser.add_argument("id", nargs="?", metavar="ID", help="of the key to revoke, as `keys list` shows it")
    parser.add_argument("--name", help="which program the new key is for")
    parser.add_argument(
        "--scope",
        dest="scopes",
        action="append",
        default=[],
        choices=SCOPES,
        help="staff: reads what is for staff; write: puts and deletes articles; curate: pins, lexicon, report; repeatable",
    )
    parser.add_argument("--source", metavar="S", help="the new key may only write articles of this source")
    parser.add_argument("--until", metavar="YYYY-MM-DD", help="the last day on which the new key is one")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Do it; a new key is printed this once. Exit 1 where the key to revoke is unknown."""
    data = existing_data(settings)
    store = KeyStore(data)
    if options.action == "create":
        return _create(options, store, settings)
    if (
        options.name
        or options.scopes
        or options.source
        or options.until
        or bool(options.id) != (options.action == "revoke")
    ):
        raise UsageError(
            "usage: tracuu keys create --name NAME --scope SCOPE [--source S] [--until DAY] | list | revoke ID"
        )
    if options.action == "revoke":
        return _revoke(options, store)
    keys = store.list()
    if wants_json(options):
        print_json([asdict(key) for key in keys])
    for key in () if wants_json(options) else keys:
        limits = [f"source {key.source}"] if key.source else []
        if key.ends:
            limits.append(f"{'ended' if key.has_ended(datetime.now(UTC)) else 'ends'} {key.ends}")
        print(
            f"{key.id}  {','.join(key.scopes):11}  {key.created}  {key.name}",
            *(f"({limit})" for limit in limits),
        )
    return 0


def _create(options: argparse.Namespace, store: KeyStore, settings: Settings) -> int:
    name = " ".join((options.name or "").split())
    if not name or len(name) > _LONGEST_NAME or not options.scopes or options.id:
        raise UsageError(
            f"a key needs --name (1 to {_LONGEST_NAME} characters) and --scope {' or '.join(SCOPES)}"
        )
    scopes = [scope for scope in SCOPES if scope in options.scopes]
    source = display_line(options.source, "--source") if options.source is not None else None
    if source is not None and (not source or scopes != ["write"]):
        raise UsageError("--source names a source, and is for keys with the one scope write")
    ends = _end(options.until, settings) if options.until else None
    key, secret = store.create(name, scopes, source, ends)
    if wants_json(options):
        print_json({**asdict(key), "key": secret})
    else:
        print(secret)
        # Not with the key: `KEY=$(tracuu keys create …)` is all that a script needs.
        print(
            f"key {key.id} for {name}, to what {settings.data.absolute()} holds;"
            " it is shown this once and kept nowhere, so store it now",
            file=sys.stderr,
        )
    return 0


def _end(day: str, settings: Settings) -> datetime:
    """Return the moment after the last one of ``day``."""
    try:
        last = date.fromisoformat(day)
        ends = datetime.combine(last + timedelta(days=1), time.min, settings.zone)
    except (ValueError, OverflowError):
        raise UsageError(f"--until {day!r} is no day; write it as 2026-12-31") from None
    if last < settings.today():
        raise UsageError(f"--until {day} is over; name today or a later day")
    return ends


def _revoke(options: argparse.Namespace, store: KeyStore) -> int:
    if not store.revoke(options.id):
        raise NotFoundError(f"no key {options.id!r}; `tracuu keys list` shows all")
    if wants_json(options):
        print_json({"revoked": options.id})
    else:
        print(f"{options.id} revoked: it is refused from now on")
    return 0

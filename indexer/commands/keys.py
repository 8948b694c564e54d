"""Create, list and revoke API keys."""

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
    parser.add_argument(
        "id", nargs="?", metavar="ID", help="id of the key to revoke, as shown by `keys list`"
    )
    parser.add_argument("--name", help="name of the program that will use the new key")
    parser.add_argument(
        "--scope",
        dest="scopes",
        action="append",
        default=[],
        choices=SCOPES,
        help="staff: read staff-only articles; write: put and delete articles; curate: manage pins, local dictionary, report;"
        " repeatable",
    )
    parser.add_argument("--source", metavar="S", help="limit the new key to writing articles of this source")
    parser.add_argument("--until", metavar="YYYY-MM-DD", help="the last day on which the new key is valid")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run it; a new key is shown only once. Exit 1 if the key to revoke is unknown."""
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
        raise UsageError(f"give --name (1 to {_LONGEST_NAME} characters) and --scope {' or '.join(SCOPES)}")
    scopes = [scope for scope in SCOPES if scope in options.scopes]
    source = display_line(options.source, "--source") if options.source is not None else None
    if source is not None and (not source or scopes != ["write"]):
        raise UsageError("--source needs the name of a source, and works only with the single scope write")
    ends = _end(options.until, settings) if options.until else None
    key, secret = store.create(name, scopes, source, ends)
    if wants_json(options):
        print_json({**asdict(key), "key": secret})
    else:
        print(secret)
        # Printed on stderr, apart from the key, so that `KEY=$(tracuu keys create …)` is all that a script needs.
        print(
            f"key {key.id} for {name}, valid for the data in {settings.data.absolute()};"
            " it is shown only now and stored nowhere, so save it",
            file=sys.stderr,
        )
    return 0


def _end(day: str, settings: Settings) -> datetime:
    """Return the moment at which ``day`` ends."""
    try:
        last = date.fromisoformat(day)
        ends = datetime.combine(last + timedelta(days=1), time.min, settings.zone)
    except (ValueError, OverflowError):
        raise UsageError(f"--until {day!r} must be a date such as 2026-12-31") from None
    if last < settings.today():
        raise UsageError(f"--until {day} is in the past; give today or a later date")
    return ends


def _revoke(options: argparse.Namespace, store: KeyStore) -> int:
    if not store.revoke(options.id):
        raise NotFoundError(f"there is no key {options.id!r}; run `tracuu keys list` to see all")
    if wants_json(options):
        print_json({"revoked": options.id})
    else:
        print(f"{options.id} revoked; it is refused from now on")
    return 0

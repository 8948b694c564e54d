"""Fetch copies of the writer's files as they change, until stopped."""

from __future__ import annotations

import argparse

from indexer.commands.copying import stopped_by_signals
from indexer.errors import UsageError
from indexer.replication.follower import Follower
from indexer.replication.manifest import Audience
from indexer.replication.membership import open_shared
from indexer.role_settings import READING_ROLES
from indexer.settings import Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """There are none."""


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Follow until SIGTERM or SIGINT."""
    if settings.role not in READING_ROLES:
        raise UsageError(
            f"a machine with the role {settings.role} has files of its own; set role to {' or '.join(READING_ROLES)}"
        )
    stop = stopped_by_signals(options, "follow")
    audiences: tuple[Audience, ...] = ("web",) if settings.role == "web" else ("web", "standby")
    Follower(settings.data, *open_shared(settings), audiences).run(stop)
    return 0

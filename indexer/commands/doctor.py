"""Check that this machine and the data directory are fit for the service."""

from __future__ import annotations

import argparse
import dataclasses

from indexer.commands.output import print_json, wants_json
from indexer.settings import Settings
from indexer.upkeep.doctor import examine


def add_options(parser: argparse.ArgumentParser) -> None:
    """``tracuu doctor`` has no options of its own."""


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print one line for every check; exit 1 if any check fails."""
    checks = []
    for check in examine(settings):
        checks.append(check)
        if not wants_json(options):
            print(check, flush=True)
    if wants_json(options):
        print_json({"checks": [dataclasses.asdict(check) for check in checks]})
    return 1 if any(check.level == "fault" for check in checks) else 0

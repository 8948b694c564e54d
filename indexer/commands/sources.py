"""List the sources named in the settings with their last run, counts and problems."""

from __future__ import annotations

import argparse
from typing import Any

from indexer.commands.output import print_json, wants_json
from indexer.commands.tally import notice_line
from indexer.settings import Settings
from indexer.sources.opening import check_named
from indexer.upkeep.runs import last_run

_COUNTS = ("indexed", "unchanged", "removed", "failed", "unread")
_PROBLEMS_SHOWN = _NOTICES_SHOWN = 3


def add_options(parser: argparse.ArgumentParser) -> None:
    """It has only the options common to all commands."""


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print them; raises SettingsError if one is not valid."""
    listed: list[dict[str, Any]] = []
    for source in settings.sources.values():
        kind = check_named(source)
        listed.append(
            {
                "name": source.name,
                "kind": source.kind or "path",
                "place": kind.place(source),
                "audience": source.audience,
                "last_run": last_run(settings, source.name) or None,
            }
        )
    if wants_json(options):
        print_json({"sources": listed})
        return 0
    for one in listed:
        run: dict[str, Any] = one["last_run"] or {}
        print(
            f"{one['name']}: {one['kind']}, {one['place']}"
            + (", staff-only" if one["audience"] == "staff" else "")
        )
        if "began" in run:
            print(
                f"  {run['articles']} articles; a run started at {run['began']} and is still running or was interrupted"
            )
        if "at" not in run:
            print(end="" if run else "  not read yet\n")
            continue
        counts = ", ".join(f"{run[name]} {name}" for name in _COUNTS if run[name])
        print(f"  {run['articles']} articles; read {run['at']} in {run['seconds']} s: {counts or 'nothing'}")
        for problem in run["problems"][:_PROBLEMS_SHOWN]:
            print(f"  {problem['item']}: {problem['problem']}")
        if run["problem_count"] > _PROBLEMS_SHOWN:
            print(f"  … and {run['problem_count'] - _PROBLEMS_SHOWN} more problems")
        for notice in run["notices"][:_NOTICES_SHOWN]:
            print(f"  {notice_line(notice)}")
    if not listed:
        print("the settings define no source; see tracuu.toml.example")
    return 0

"""Bring the sources of the settings up to date."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime

from indexer.commands.index import add_removal_options, fetching
from indexer.commands.output import Progress, print_json, wants_json
from indexer.commands.runs import last_run
from indexer.commands.tally import Tally
from indexer.errors import SettingsError, StorageError, UsageError
from indexer.indexing.opening import open_pipeline
from indexer.indexing.outcome import Outcome
from indexer.indexing.pipeline import Pipeline
from indexer.indexing.preview import preview
from indexer.settings import Settings
from indexer.source_settings import RemovalLimit, SourceSettings, nearest
from indexer.sources import Resumed, Source
from indexer.sources.opening import check_named, open_named

_PROBLEMS_KEPT = 20
"""Of a run, for `tracuu sources`."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu sync``."""
    parser.add_argument("names", nargs="*", metavar="NAME", help="sources of the settings; none: all of them")
    parser.add_argument("--due", action="store_true", help="only those whose schedule says that it is time")
    add_removal_options(parser)
    parser.add_argument("--workers", type=int, metavar="N", help="processes that analyse")
    parser.add_argument("--no-ocr", dest="ocr", action="store_false", default=None, help="don't read scans")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Read each source; exit 1 where something could not be read, 3 where a source could not, or too much of it was gone."""
    chosen = _chosen(options, settings)
    results, codes = {}, {0}
    progress = Progress(options)
    marks = {one.name: _mark(settings, one.name) for one in chosen}
    with ExitStack() as stack:
        pipeline = None if options.dry_run or not chosen else stack.enter_context(open_pipeline(settings))
        for one in chosen:
            tally = Tally(options.dry_run)
            mark = marks[one.name]
            source = None
            for source, outcome in _outcomes(one, settings, pipeline, options.max_removed, mark):
                tally.add(outcome)
                progress.show(
                    tally.counts["indexed"] + tally.counts["unchanged"], source.progress() if source else None
                )
            result = results[one.name] = tally.result()
            codes.add(tally.exit_code)
            if pipeline:
                kept = {
                    **result,
                    "problems": result["problems"][:_PROBLEMS_KEPT],
                    "exit_code": tally.exit_code,
                }
                kept["at"] = datetime.now(settings.zone).isoformat(timespec="seconds")
                kept["problem_count"] = len(result["problems"])
                if isinstance(source, Resumed) and not tally.counts["refused"]:
                    mark = source.mark() or mark
                kept["mark"] = mark
                pipeline.note_run(one.name, json.dumps(kept, ensure_ascii=False))
            if not wants_json(options):
                print(f"{one.name}: ", end="")
                tally.show()
    progress.end()
    if wants_json(options):
        print_json(results)
    elif not chosen:
        print("nothing is due" if options.due else "the settings name no source; see tracuu.toml.example")
    return max(codes)


def _chosen(options: argparse.Namespace, settings: Settings) -> Sequence[SourceSettings]:
    for name in options.names:
        if name not in settings.sources:
            raise UsageError(
                f"the settings have no source {name!r}; {nearest(name, tuple(settings.sources))}"
            )
    chosen = [settings.sources[name] for name in dict.fromkeys(options.names or settings.sources)]
    for one in chosen:
        check_named(one)  # all of them before the first is read
    if not options.due:
        return chosen
    now = datetime.now(settings.zone).timestamp()
    return [one for one in chosen if _is_due(one, last_run(settings, one.name).get("at"), now)]


def _is_due(source: SourceSettings, at: str | None, now: float) -> bool:
    """Whether its last run is as long ago as its schedule says; one that lies in the future is of a clock that was wrong."""
    since = now - datetime.fromisoformat(at).timestamp() if at else None
    return since is None or since < 0 or since >= source.schedule


def _mark(settings: Settings, name: str) -> object:
    """Return where the last run came to; nothing where the source has no articles any more, which all are to come in again."""
    last = last_run(settings, name)
    return last.get("mark") if last.get("articles") else None


def _outcomes(
    chosen: SourceSettings,
    settings: Settings,
    pipeline: Pipeline | None,
    limit: RemovalLimit | None,
    mark: object,
) -> Iterator[tuple[Source | None, Outcome]]:
    """Yield what becomes of one source; one that is not there keeps no other from being read."""
    limit = limit or chosen.max_removed
    try:
        source = open_named(chosen, settings)
    except SettingsError:
        raise
    except (UsageError, StorageError) as error:
        yield None, Outcome("refused", chosen.name, str(error))
        return
    if isinstance(source, Resumed):
        source.resume(mark)
    fetch = fetching(settings) if chosen.fetch else None
    outcomes = (
        pipeline.index(source, chosen.prune, limit, fetch)
        if pipeline
        else preview(settings, source, limit if chosen.prune else None, fetch)
    )
    for outcome in outcomes:
        yield source, outcome

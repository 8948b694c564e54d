"""Update the sources named in the settings."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime

from indexer.catalog.format import FILE_NAME
from indexer.commands.index import add_removal_options, fetching
from indexer.commands.output import Progress, print_json, wants_json
from indexer.commands.runs import begun, note_run
from indexer.commands.tally import Tally
from indexer.errors import SettingsError, StorageError, UsageError
from indexer.indexing.crawling import PATIENCE, crawl
from indexer.indexing.opening import open_pipeline
from indexer.indexing.outcome import Outcome
from indexer.indexing.preview import preview
from indexer.setting_tables import nearest
from indexer.settings import Settings
from indexer.source_settings import NO_LIMIT, SourceSettings
from indexer.sources import Resumed, Source
from indexer.sources.opening import check_named, open_named
from indexer.sources.site.source import SiteSource
from indexer.upkeep.runs import last_run


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu sync``."""
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="sources to update (default: all sources in the settings)"
    )
    parser.add_argument("--due", action="store_true", help="only sources that are due by their schedule")
    add_removal_options(parser)
    parser.add_argument("--workers", type=int, metavar="N", help="number of processes that analyse articles")
    parser.add_argument(
        "--no-ocr", dest="ocr", action="store_false", default=None, help="don't read scans by OCR"
    )


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Read each source; exit 1 if an item could not be read, 3 if a source could not, or if too many of its articles were gone."""
    chosen = _chosen(options, settings)
    results, codes = {}, {0}
    progress = Progress(options)
    marks = {one.name: _mark(settings, one.name) for one in chosen}
    for one in chosen:
        tally, mark, source = Tally(options.dry_run), marks[one.name], None
        for source, outcome in _outcomes(one, settings, options, mark):
            tally.add(outcome)
            progress.show(
                tally.counts["indexed"] + tally.counts["unchanged"], source.progress() if source else None
            )
        results[one.name] = tally.result()
        codes.add(tally.exit_code)
        if not options.dry_run:
            if isinstance(source, Resumed) and not tally.counts["refused"]:
                mark = source.mark() or mark
            note_run(settings, one, tally, mark)
            # Another writer that starts between two sources will finish, and the remaining sources must still be read.
            settings = dataclasses.replace(settings, lock_timeout=max(settings.lock_timeout, PATIENCE))
        if not wants_json(options):
            print(f"{one.name}: ", end="")
            tally.show()
    progress.end()
    if wants_json(options):
        print_json(results)
    elif not chosen:
        print("no source is due" if options.due else "the settings define no source; see tracuu.toml.example")
    return max(codes)


def _chosen(options: argparse.Namespace, settings: Settings) -> Sequence[SourceSettings]:
    for name in options.names:
        if name not in settings.sources:
            raise UsageError(
                f"the settings define no source {name!r}; {nearest(name, tuple(settings.sources))}"
            )
    chosen = [settings.sources[name] for name in dict.fromkeys(options.names or settings.sources)]
    chosen.sort(key=lambda one: one.kind == "site")  # these take hours
    for one in chosen:
        check_named(one)  # all names are checked before the first source is read
    if not options.due:
        return chosen
    now = datetime.now(settings.zone)
    return [one for one in chosen if _is_due(one, settings, now)]


def _is_due(source: SourceSettings, settings: Settings, now: datetime) -> bool:
    """Whether its last run is as long ago as its schedule requires, or was cut short by the end of its hours.

    A run in the future comes from a wrong clock, so it counts as due.
    """
    if not check_named(source).is_open(source, settings, now):
        return False
    last = last_run(settings, source.name)
    since = (now - datetime.fromisoformat(last["at"])).total_seconds() if "at" in last else -1.0
    return since < 0 or since >= source.schedule or last.get("goes_on", False)


def _mark(settings: Settings, name: str) -> object:
    """Return how far the last run came; nothing if the source has no articles any more, since all must be read again."""
    last = last_run(settings, name)
    return last.get("mark") if last.get("articles") else None


def _outcomes(
    chosen: SourceSettings, settings: Settings, options: argparse.Namespace, mark: object
) -> Iterator[tuple[Source | None, Outcome]]:
    """Yield the outcomes of one source; a source that is unavailable does not keep the others from being read."""
    # Articles that were public until the settings changed, and may not be met again, as in a feed.
    staff = chosen.audience == "staff"
    last = last_run(settings, chosen.name)
    keeps_in = staff and not options.dry_run and last.get("audience") != "staff"
    limit = (options.max_removed or chosen.max_removed) if chosen.prune else None
    try:
        source = open_named(chosen, settings)
    except SettingsError:
        raise
    except (UsageError, StorageError) as error:
        if keeps_in and (settings.data / FILE_NAME).is_file():
            with open_pipeline(settings) as pipeline:
                pipeline.hide_all(chosen.name)
        yield None, Outcome("refused", chosen.name, str(error))
        return
    if isinstance(source, Resumed):
        source.resume(mark)
    fetch = fetching(settings) if chosen.fetch else None
    with ExitStack() as stack:
        if isinstance(source, SiteSource):
            outcomes = crawl(source, limit, options.dry_run)
        elif options.dry_run:
            outcomes = preview(settings, source, limit, fetch)
        else:
            pipeline = stack.enter_context(open_pipeline(settings))
            pipeline.note_run(chosen.name, begun(settings, last))
            if keeps_in:
                pipeline.take_over(source)
                pipeline.hide_all(source.name)
            outcomes = pipeline.index(source, chosen.prune, limit or NO_LIMIT, fetch)
        for outcome in outcomes:
            yield source, outcome

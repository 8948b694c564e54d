"""Index articles from JSONL files, folders, pages or standard input ("-")."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from indexer.commands.output import Progress, print_json, wants_json
from indexer.commands.tally import Tally
from indexer.errors import UsageError
from indexer.indexing.fetching import Fetch
from indexer.indexing.opening import open_pipeline
from indexer.indexing.outcome import Outcome
from indexer.indexing.preview import preview
from indexer.push.fetch import Fetcher
from indexer.settings import Settings
from indexer.source_settings import DEFAULT_LIMIT, RemovalLimit, check_source_name, read_limit
from indexer.sources import Source
from indexer.sources.named import Named
from indexer.sources.opening import open_source


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu index``."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a .jsonl, .ndjson or .json file, folder, page or document, or - for standard input",
    )
    parser.add_argument("--workers", type=int, metavar="N", help="number of processes that analyse articles")
    parser.add_argument(
        "--prune",
        action="store_true",
        help="remove articles that came from the same PATH before and are gone now",
    )
    parser.add_argument(
        "--source-name", metavar="NAME", help="name of the source for --prune, wherever PATH is today"
    )
    add_removal_options(parser)
    parser.add_argument(
        "--fetch", action="store_true", help="fetch the attachments that articles name by address"
    )
    parser.add_argument(
        "--no-ocr", dest="ocr", action="store_false", default=None, help="don't read scans by OCR"
    )


def add_removal_options(
    parser: argparse.ArgumentParser, dry_run: str = "write nothing; list the articles that would be removed"
) -> None:
    """Add the options about removals for commands that prune; ``dry_run`` describes that option."""
    parser.add_argument(
        "--max-removed",
        type=_limit,
        metavar="N",
        help=f"never remove more than N articles, or N%% of them, at once (default: {str(DEFAULT_LIMIT).replace('%', '%%')})",
    )
    parser.add_argument("--dry-run", action="store_true", help=dry_run)


def _limit(text: str) -> RemovalLimit:
    try:
        return read_limit(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Index every path; exit 1 if some items failed, 3 if more articles are gone than may be removed at once."""
    name = options.source_name
    sources: list[Source] = [open_source(path, settings) for path in options.paths]
    if name is not None:
        if len(sources) != 1:
            raise UsageError("--source-name needs exactly one PATH; run the command once for each")
        try:
            check_source_name(name)
        except ValueError as error:
            raise UsageError(f"--source-name: {error}") from None
        sources = [Named(name, sources[0])]
    limit = options.max_removed or DEFAULT_LIMIT
    tally, progress = Tally(options.dry_run), Progress(options)
    for source, outcome in _outcomes(options, settings, sources, limit):
        tally.add(outcome)
        progress.show(tally.counts["indexed"] + tally.counts["unchanged"], source.progress())
    progress.end()
    if wants_json(options):
        print_json(tally.result())
    else:
        tally.show()
    return tally.exit_code


def fetching(settings: Settings) -> Fetch:
    """Return what fetches attachments by address, under the rules for pushes."""
    fetcher = Fetcher.of(settings)
    return lambda url, path: fetcher.fetch(url, path).media_type


def _outcomes(
    options: argparse.Namespace, settings: Settings, sources: list[Source], limit: RemovalLimit
) -> Iterator[tuple[Source, Outcome]]:
    fetch = fetching(settings) if options.fetch else None
    if options.dry_run:
        for source in sources:
            for outcome in preview(settings, source, limit if options.prune else None, fetch):
                yield source, outcome
        return
    with open_pipeline(settings) as pipeline:
        for source in sources:
            for outcome in pipeline.index(source, options.prune, limit, fetch):
                yield source, outcome

"""Crawl a site: index new and changed pages, remove deleted ones."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Callable
from typing import Any

from indexer.commands.index import add_removal_options
from indexer.commands.output import Progress, print_json, wants_json
from indexer.commands.tally import Tally
from indexer.errors import UsageError
from indexer.indexing.crawling import crawl
from indexer.settings import Settings
from indexer.source_settings import SourceSettings, check_source_name
from indexer.sources.opening import open_site
from indexer.sources.site.options import ADDRESS, LEAVE_OUT, OPTIONS, Option, site_above
from indexer.sources.site.source import usual_name


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu crawl``, which are the settings of a site."""
    parser.add_argument("start", nargs="+", type=_typed(ADDRESS), metavar=ADDRESS.metavar, help=ADDRESS.help)
    parser.add_argument("--name", help="name of the source (default: scheme and host of the first ADDRESS)")
    for key, option in {**OPTIONS, "leave_out": LEAVE_OUT}.items():
        if option.flag:
            parser.add_argument(
                option.flag,
                dest=f"site_{key}",
                type=_typed(option),
                action="append" if option.many else "store",
                metavar=option.metavar,
                help=option.help,
            )
    add_removal_options(parser)
    parser.add_argument(
        "--no-ocr", dest="ocr", action="store_false", default=None, help="don't read scans by OCR"
    )


def _typed(option: Option) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        try:
            return option.read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return read


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Crawl; exit 1 if a start address or an attachment failed, 3 if more articles would be removed than is allowed."""
    chosen = _chosen(options, settings)
    source = open_site(chosen, settings)
    tally, progress = Tally(options.dry_run), Progress(options, "pages")
    for outcome in crawl(source, options.max_removed or chosen.max_removed, options.dry_run):
        tally.add(outcome)
        progress.show(source.report.counts.total(), None)
    progress.end()
    if wants_json(options):
        print_json({**tally.result(), **source.report.as_json()})
    else:
        tally.show()
        if end := source.report.end:
            print(f"{end.requests:,} requests, {end.received:,} bytes")
    return tally.exit_code


def _chosen(options: argparse.Namespace, settings: Settings) -> SourceSettings:
    """Return the site as a source; its settings apply unless an option overrides them."""
    above = site_above(options.start, settings) or SourceSettings(usual_name(options.start), "site")
    name = above.name if options.name is None else options.name
    try:
        check_source_name(name)
    except ValueError as error:
        raise UsageError(f"--name: {error}") from None
    given = {key: value for key in OPTIONS if (value := getattr(options, f"site_{key}", None)) is not None}
    leave_out = options.site_leave_out
    return dataclasses.replace(
        above,
        name=name,
        address=tuple(options.start),
        leave_out=above.leave_out if leave_out is None else tuple(leave_out),
        options={**above.options, **given},
    )

"""Crawl a site: index what is new and changed, remove what is gone for good."""

from __future__ import annotations

import argparse
import sys

from indexer.commands.index import add_removal_options
from indexer.commands.output import Progress, print_json, wants_json
from indexer.commands.tally import Tally
from indexer.errors import StorageError
from indexer.indexing.crawling import Crawled, crawl
from indexer.settings import Settings
from indexer.source_settings import DEFAULT_LIMIT
from indexer.sources.site.settings import SiteSettings
from indexer.sources.site.source import SiteSource
from indexer.sources.site.visit import Became

_REASONS_SHOWN = 15


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu crawl``."""
    usual = SiteSettings(("http://example.org/",))
    add = parser.add_argument
    add("start", nargs="+", metavar="ADDRESS", help="start page, sitemap or feed")
    add("--name", default="", help="name of the source (scheme and host of the first ADDRESS)")
    add("--host", action="append", default=[], dest="hosts", help="a further host that may be asked")
    add(
        "--articles",
        action="append",
        default=[],
        metavar="PATTERN",
        help="only such addresses are articles: '/tin-tuc/*'",
    )
    add("--leave-out", action="append", default=[], metavar="PATTERN", help="don't fetch such addresses")
    add("--contact", dest="crawl_contact", metavar="ADDRESS", help="who answers for it: the site is told")
    add(
        "--delay",
        type=float,
        default=usual.delay,
        metavar="SECONDS",
        help=f"between requests ({usual.delay:g})",
    )
    add(
        "--concurrency",
        type=int,
        default=usual.concurrency,
        metavar="N",
        help=f"requests at once ({usual.concurrency})",
    )
    add("--hours", default="", metavar="FROM-TO", help="fetch at this time of day only: 22:00-05:00")
    add(
        "--max-pages",
        type=int,
        default=usual.max_pages,
        metavar="N",
        help=f"pages of one run ({usual.max_pages})",
    )
    add_removal_options(parser, dry_run="remove nothing: say what would go")
    add("--no-ocr", dest="ocr", action="store_false", default=None, help="don't read scans")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Crawl; exit 1 where a start or an attachment failed, 3 where more would be removed than is allowed."""
    site = SiteSettings(
        start=tuple(options.start),
        name=options.name,
        hosts=tuple(options.hosts),
        articles=tuple(options.articles),
        leave_out=tuple(options.leave_out),
        contact=settings.crawl_contact,
        delay=options.delay,
        concurrency=options.concurrency,
        hours=options.hours,
        max_pages=options.max_pages,
        seconds=settings.fetch_seconds,
    )
    if not site.contact:
        print("tracuu: the site is not told who crawls it; set crawl_contact, or --contact", file=sys.stderr)
    source = SiteSource(site, settings)
    tally, progress, crawled = Tally(), Progress(options, "pages"), Crawled()
    for outcome in crawl(source, settings, crawled, options.max_removed or DEFAULT_LIMIT, options.dry_run):
        tally.add(outcome)
        progress.show(source.report.counts.total(), None)
    progress.end()
    counted = tally.result()
    result = {
        **{
            name: counted[name] for name in ("indexed", "removed", "failed", "missing", "seconds", "problems")
        },
        "unchanged": counted["unchanged"] + source.report.counts[Became.UNCHANGED],
        "gone": crawled.gone,
        "kept": crawled.refused,
        **source.report.as_json(),
    }
    if wants_json(options):
        print_json(result)
    else:
        _print(result, options.dry_run)
        tally.show_problems()
    if crawled.refused:
        return StorageError.exit_code
    return 1 if counted["failed"] or source.report.end is None else 0


def _print(result: dict[str, object], dry_run: bool) -> None:
    print(
        "{indexed} indexed, {unchanged} unchanged, {removed} removed, {failed} failed in {seconds} s".format(
            **result
        )
    )
    if result["requests"]:
        print("{requests:,} requests, {received_bytes:,} bytes".format(**result))
    if result["stopped"]:
        print(f"Not all was visited: {result['stopped']}")
    left = result["left"]
    assert isinstance(left, list)
    for one in left[:_REASONS_SHOWN]:
        print(f"  {one['number']:>6,} {one['became']}: {one['reason']}, as {one['examples'][0]}")
    if len(left) > _REASONS_SHOWN:
        print(f"  … and {len(left) - _REASONS_SHOWN} more reasons; --json has all")
    if dry_run and result["gone"]:
        print(f"Would be removed: {', '.join(map(str, result['gone']))}")  # type: ignore[call-overload]
    if result["kept"]:
        print(f"tracuu: {result['kept']}", file=sys.stderr)

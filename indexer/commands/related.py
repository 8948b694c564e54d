"""List the articles related to an article."""

from __future__ import annotations

import argparse

from indexer.commands.language import add_language_option, wording_of
from indexer.commands.output import print_json, wants_json
from indexer.commands.seeing import add_staff_option, article_by_id
from indexer.contract.article_json import related_json
from indexer.errors import UsageError
from indexer.search.related import MOST_RELATED
from indexer.search.service import open_search
from indexer.settings import Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu related``."""
    parser.add_argument("id", metavar="ID")
    add_staff_option(parser)
    add_language_option(parser)
    parser.add_argument(
        "--limit",
        type=int,
        default=10,
        metavar="N",
        help=f"number of articles, 1 to {MOST_RELATED} (default: 10)",
    )


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print the articles, best first; exit 1 if there is no article ID."""
    if not 1 <= options.limit <= MOST_RELATED:
        raise UsageError(f"--limit must be from 1 to {MOST_RELATED}, not {options.limit}")
    service = open_search(settings)
    article = article_by_id(service, options.id, "add --staff to see it", options.staff)
    searcher = service.searcher("staff" if options.staff else "public")
    found, copies = searcher.related(article, options.limit), searcher.copies(article)
    if wants_json(options):
        print_json(related_json(article, found, copies))
        return 0
    words = wording_of(options)
    for copy in copies:
        print(f"{words.copy}\t{copy.published or '–'}\t{', '.join(copy.source)}\t{copy.id}")
    for one in found:
        why = ", ".join(one.shared)
        said = words.cites_it if one.cites_it else words.cited_by_it if one.cited_by_it else why
        print(f"{one.article.published or '–'}\t{one.article.title}\t{one.article.id}\t{said}")
    return 0

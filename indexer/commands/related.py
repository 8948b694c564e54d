"""Show the articles related to one."""

from __future__ import annotations

import argparse

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
    parser.add_argument(
        "--limit", type=int, default=10, metavar="N", help=f"articles, 1 to {MOST_RELATED} (10)"
    )


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print the articles, best first; exit 1 where there is no article ID."""
    if not 1 <= options.limit <= MOST_RELATED:
        raise UsageError(f"--limit is 1 to {MOST_RELATED}, not {options.limit}")
    service = open_search(settings)
    article = article_by_id(service, options.id, "--staff shows it", options.staff)
    searcher = service.searcher("staff" if options.staff else "public")
    found, copies = searcher.related(article, options.limit), searcher.copies(article)
    if wants_json(options):
        print_json(related_json(article, found, copies))
        return 0
    for copy in copies:
        print(f"cũng đăng trên\t{copy.published or '–'}\t{', '.join(copy.source)}\t{copy.id}")
    for one in found:
        why = ", ".join(one.shared)
        said = "viện dẫn bài này" if one.cites_it else "được bài này viện dẫn" if one.cited_by_it else why
        print(f"{one.article.published or '–'}\t{one.article.title}\t{one.article.id}\t{said}")
    return 0

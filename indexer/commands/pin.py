"""Pin articles to a query, so that they come first."""

from __future__ import annotations

import argparse

from indexer.commands.output import print_json, wants_json
from indexer.commands.seeing import article_by_id
from indexer.commands.user import curator
from indexer.search.service import open_search
from indexer.settings import Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu pin``."""
    parser.add_argument("query", metavar="QUERY")
    parser.add_argument("ids", nargs="+", metavar="ID")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Pin articles, replacing earlier pins; NotFoundError for an id that is not public. Takes effect at once in serving processes."""
    service = open_search(settings)
    ids = list(dict.fromkeys(options.ids))
    titles = [article_by_id(service, id, "only public articles can be pinned").title for id in ids]
    curator(settings).pin(options.query, ids)
    if wants_json(options):
        print_json({"query": options.query, "ids": ids})
    else:
        print(
            f"{options.query}:",
            *(f"  {id}  {title}" for id, title in zip(ids, titles, strict=True)),
            sep="\n",
        )
    return 0

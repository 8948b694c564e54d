"""Show one article."""

from __future__ import annotations

import argparse

from indexer.commands.output import print_json, wants_json
from indexer.commands.seeing import add_staff_option, article_by_id
from indexer.contract.article_json import article_json
from indexer.search.service import open_search
from indexer.settings import Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu show``."""
    parser.add_argument("id", metavar="ID")
    add_staff_option(parser)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print the article; exit 1 where there is none."""
    article = article_by_id(open_search(settings), options.id, "--staff shows it", options.staff)
    if wants_json(options):
        print_json(article_json(article))
        return 0
    print(article.title)
    print(" · ".join(filter(None, [*article.sources, article.category, article.published])))
    for name, numbers in (("Số, ký hiệu", article.numbers), ("Viện dẫn", article.cites)):
        if numbers:
            print(f"{name}: {', '.join(numbers)}")
    for file in article.files:
        print(f"Tệp đính kèm: {file.name} ({file.state})")
    print("\n" + "\n\n".join(filter(None, [article.summary, article.body])))
    return 0

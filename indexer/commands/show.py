"""Show an article."""

from __future__ import annotations

import argparse

from indexer.commands.language import add_language_option, wording_of
from indexer.commands.output import print_json, wants_json
from indexer.commands.seeing import add_staff_option, article_by_id
from indexer.contract.article_json import article_json
from indexer.search.service import open_search
from indexer.settings import Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu show``."""
    parser.add_argument("id", metavar="ID")
    add_staff_option(parser)
    add_language_option(parser)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print the article; exit 1 if there is none."""
    article = article_by_id(open_search(settings), options.id, "add --staff to see it", options.staff)
    if wants_json(options):
        print_json(article_json(article))
        return 0
    words = wording_of(options)
    print(article.title)
    print(" · ".join(filter(None, [*article.sources, article.category, article.published])))
    for name, numbers in ((words.number, article.numbers), (words.cites, article.cites)):
        if numbers:
            print(f"{name}: {', '.join(numbers)}")
    for file in article.files:
        print(f"{words.attachment}: {file.name} ({words.file_states[file.state]})")
    print("\n" + "\n\n".join(filter(None, [article.summary, article.body])))
    return 0

"""Show who cites a document and whether it is in force."""

from __future__ import annotations

import argparse

from indexer.commands.language import add_language_option, wording_of
from indexer.commands.output import print_json, wants_json
from indexer.commands.seeing import add_staff_option, opened
from indexer.contract.directive_json import directive_json
from indexer.settings import Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu directive``."""
    parser.add_argument(
        "number",
        metavar="NUMBER",
        nargs="+",
        help="number of the document, in any spelling: 38-CT/TW, chi thi 38 tw",
    )
    parser.add_argument("--year", type=int, help="year of issue, if several documents have the number")
    parser.add_argument("--kind", help="type, if documents of two types have the number")
    parser.add_argument("--place", help="place of issue, for numbers that every province uses")
    add_staff_option(parser)
    add_language_option(parser)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print the document; exit 1 if no article bears or cites it."""
    number = " ".join(options.number)
    view = opened(options, settings).directives.view(number, options.year, options.place, options.kind)
    if wants_json(options):
        print_json(directive_json(view))
        return 0
    card, words = view.card, wording_of(options)
    print(card.label + (f" · {view.issuer}" if view.issuer else ""))
    if card.legal_status.status:
        said = f" – “{card.legal_status.sentence}”" if card.legal_status.sentence else ""
        print(f"{words.status}: {words.legal_status(card.legal_status.status)}{said}")
    for article in card.texts:
        print(f"{words.text}: {article.title} ({article.address})")
    counts = [f"{words.relation(name)} {words.count(n)}" for name, n in card.by_relation.items()]
    print(" · ".join([words.cited_by(card.cited_by), *counts]))
    for variant in view.variants:
        print(f"  {variant.label}: {words.count(variant.articles)}")
    for group in view.groups:
        for one in group.articles:
            print(f"{words.relation(group.relation)}\t{one.article.published or '–'}\t{one.article.title}")
    for other in view.alike:
        print(f"{words.similar}: {other.label}")
    return 0

"""Show who cites a document, what it cites, and whether it still holds."""

from __future__ import annotations

import argparse

from indexer.commands.output import print_json, wants_json
from indexer.commands.seeing import add_staff_option, opened
from indexer.contract.directive_json import directive_json
from indexer.settings import Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu directive``."""
    parser.add_argument(
        "number", metavar="NUMBER", nargs="+", help="in any spelling: 38-CT/TW, chi thi 38 tw"
    )
    parser.add_argument("--year", type=int, help="of issue, where the number stands for several documents")
    parser.add_argument("--kind", help="type, of numbers that two types may have")
    parser.add_argument("--place", help="of issue, of numbers that every province has")
    add_staff_option(parser)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print the document; exit 1 where no article bears or cites it."""
    number = " ".join(options.number)
    view = opened(options, settings).directives.view(number, options.year, options.place, options.kind)
    if wants_json(options):
        print_json(directive_json(view))
        return 0
    card = view.card
    print(card.label + (f" · {view.issuer}" if view.issuer else ""))
    if card.legal_status.status:
        said = f" – “{card.legal_status.sentence}”" if card.legal_status.sentence else ""
        print(f"Hiệu lực: {card.legal_status.status}{said}")
    for article in card.texts:
        print(f"Văn bản: {article.title} ({article.address})")
    print(
        f"{card.cited_by:,} bài viện dẫn"
        + "".join(f" · {name} {n:,}" for name, n in card.by_relation.items())
    )
    for variant in view.variants:
        print(f"  {variant.label}: {variant.articles:,}")
    for group in view.groups:
        for one in group.articles:
            print(f"{group.relation}\t{one.article.published or '–'}\t{one.article.title}")
    for other in view.alike:
        print(f"Gần giống: {other.label}")
    return 0

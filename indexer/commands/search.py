"""Search the index."""

from __future__ import annotations

import argparse

from indexer.commands.language import add_language_option, language_of, wording_of
from indexer.commands.output import print_json, wants_json
from indexer.commands.seeing import add_staff_option, opened
from indexer.commands.wording import Wording
from indexer.contract.parameters import read_request
from indexer.contract.search_json import response_json
from indexer.model import Marked
from indexer.search.response import Hit
from indexer.settings import Settings

_REPEATABLE = {
    "source": "only this source; repeatable, like the next six",
    "category": "only this category",
    "type": "only this type of document",
    "issuer": "only documents of this issuer",
    "status": "only documents with this legal status",
    "file_type": "only with attachments of this type: pdf, docx, xlsx …",
    "date": "only this date: YYYY, YYYY-MM or none (undated)",
}
_SINGLE = {
    "from": ("DATE", "published on or after YYYY[-MM[-DD]]"),
    "to": ("DATE", "published on or before YYYY[-MM[-DD]]"),
    "reading": ("READING", "exact, close or some of the words (default: exact, or close if nothing matches)"),
    "in": ("AREA", "where to search: all, title, body or files"),
    "sort": ("ORDER", "order of the results: relevance, newest or oldest"),
    "page": ("N", "page of results, from 1"),
    "size": ("N", "results per page, 1 to 100"),
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu search``."""
    parser.add_argument(
        "query",
        nargs="+",
        metavar="QUERY",
        help="words to search; put -- before a query that starts with a minus",
    )
    for name, meaning in _REPEATABLE.items():
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(option, dest=name, action="append", default=[], metavar="VALUE", help=meaning)
    for name, (metavar, meaning) in _SINGLE.items():
        parser.add_argument(f"--{name}", dest=f"{name}_", metavar=metavar, help=meaning)
    parser.add_argument("--strict", action="store_true", help="match accents exactly as typed")
    add_staff_option(parser)
    add_language_option(parser)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Search and print the response."""
    parameters = {name: getattr(options, name) for name in _REPEATABLE}
    parameters |= {name: [value] for name in _SINGLE if (value := getattr(options, f"{name}_")) is not None}
    parameters |= {"q": [" ".join(options.query)], **({"strict": ["1"]} if options.strict else {})}
    given = {name: values for name, values in parameters.items() if values}
    request = read_request(given, strict_names=True, language=language_of(options))
    response = opened(options, settings).search(request)
    if wants_json(options):
        print_json(response_json(response))
        return 0
    words = wording_of(options)
    for line in response.query.interpretation:
        print(f"({line})")
    print(words.found(response.total, response.took_ms))
    for number, hit in enumerate(response.hits, (response.page - 1) * response.size + 1):
        _print_hit(number, hit, words)
    if response.relaxed:
        heading = words.close if response.relaxed.reading == "close" else words.some
        print(f"\n{heading} ({words.count(response.relaxed.total)}):")
        for number, hit in enumerate(response.relaxed.hits, 1):
            _print_hit(number, hit, words)
    return 0


def _print_hit(number: int, hit: Hit, words: Wording) -> None:
    print(f"\n{number}. {_bracketed(hit.title)}")
    about = [*hit.source, hit.category, hit.published, hit.id]
    print("   " + " · ".join(filter(None, about)))
    print(f"   {_bracketed(hit.snippet)}")
    for file in hit.files:
        page = f", {words.page.format(n=file.page)}" if file.page else ""
        name = "" if file.snippet.text == file.name else f"{file.name}{page}: "
        print(f"   {name}{_bracketed(file.snippet)}")


def _bracketed(marked: Marked) -> str:
    text, at = "", 0
    for start, end in marked.marks:
        text += f"{marked.text[at:start]}[{marked.text[start:end]}]"
        at = end
    return text + marked.text[at:]

"""Search the index."""

from __future__ import annotations

import argparse

from indexer.commands.output import print_json, wants_json
from indexer.commands.seeing import add_staff_option, opened
from indexer.contract.parameters import read_request
from indexer.contract.search_json import response_json
from indexer.model import Marked
from indexer.search.response import Hit
from indexer.settings import Settings

_REPEATABLE = {
    "source": "only this source; repeatable, as the next six",
    "category": "only this category",
    "type": "only this type of document",
    "issuer": "only documents of this issuer",
    "status": "only documents with this legal status",
    "file_type": "only with attachments of this type: pdf, docx, xlsx …",
    "date": "YYYY, YYYY-MM or none (undated)",
}
_RELAXED = {
    "close": "Có đủ các chữ đã gõ, nhưng khác dấu hoặc không liền nhau",
    "some": "Chỉ chứa một số từ đã gõ",
}
_SINGLE = {
    "from": ("DATE", "published on or after YYYY[-MM[-DD]]"),
    "to": ("DATE", "published on or before YYYY[-MM[-DD]]"),
    "reading": ("READING", "exact, close or some; without it exact, or close where nothing is"),
    "in": ("AREA", "all, title, body or files"),
    "sort": ("ORDER", "relevance, newest or oldest"),
    "page": ("N", "page of results, from 1"),
    "size": ("N", "results a page, 1 to 100"),
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu search``."""
    parser.add_argument(
        "query", nargs="+", metavar="QUERY", help="put -- before one that begins with a minus"
    )
    for name, meaning in _REPEATABLE.items():
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(option, dest=name, action="append", default=[], metavar="VALUE", help=meaning)
    for name, (metavar, meaning) in _SINGLE.items():
        parser.add_argument(f"--{name}", dest=f"{name}_", metavar=metavar, help=meaning)
    parser.add_argument("--strict", action="store_true", help="accents as typed")
    add_staff_option(parser)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Search and print the response."""
    parameters = {name: getattr(options, name) for name in _REPEATABLE}
    parameters |= {name: [value] for name in _SINGLE if (value := getattr(options, f"{name}_")) is not None}
    parameters |= {"q": [" ".join(options.query)], **({"strict": ["1"]} if options.strict else {})}
    request = read_request({k: v for k, v in parameters.items() if v}, strict_names=True)
    response = opened(options, settings).search(request)
    if wants_json(options):
        print_json(response_json(response))
        return 0
    for line in response.query.interpretation:
        print(f"({line})")
    print(f"{response.total} kết quả, {response.took_ms} ms")
    for number, hit in enumerate(response.hits, (response.page - 1) * response.size + 1):
        _print_hit(number, hit)
    if response.relaxed:
        print(f"\n{_RELAXED[response.relaxed.reading]} ({response.relaxed.total}):")
        for number, hit in enumerate(response.relaxed.hits, 1):
            _print_hit(number, hit)
    return 0


def _print_hit(number: int, hit: Hit) -> None:
    print(f"\n{number}. {_bracketed(hit.title)}")
    about = [*hit.source, hit.category, hit.published, hit.id]
    print("   " + " · ".join(filter(None, about)))
    print(f"   {_bracketed(hit.snippet)}")
    for file in hit.files:
        page = f", trang {file.page}" if file.page else ""
        name = "" if file.snippet.text == file.name else f"{file.name}{page}: "
        print(f"   {name}{_bracketed(file.snippet)}")


def _bracketed(marked: Marked) -> str:
    text, at = "", 0
    for start, end in marked.marks:
        text += f"{marked.text[at:start]}[{marked.text[start:end]}]"
        at = end
    return text + marked.text[at:]

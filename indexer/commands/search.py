"""Search the index."""

from __future__ import annotations

import argparse

from indexer.commands.output import print_json, wants_json
from indexer.model import Hit, Marked
from indexer.request import read_request
from indexer.search import open_search
from indexer.search_json import response_json
from indexer.settings import Settings

_REPEATABLE = ("source", "category", "type", "issuer", "file_type", "date")
_SINGLE = ("from", "to", "in", "sort", "page", "size")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu search``."""
    parser.add_argument("query", metavar="QUERY")
    for name in _REPEATABLE:
        parser.add_argument(f"--{name.replace('_', '-')}", dest=name, action="append", default=[])
    for name in _SINGLE:
        parser.add_argument(f"--{name}", dest=f"{name}_")
    parser.add_argument("--strict", action="store_true", help="accents as typed")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Search and print the response."""
    parameters = {name: getattr(options, name) for name in _REPEATABLE}
    parameters |= {name: [value] for name in _SINGLE if (value := getattr(options, f"{name}_")) is not None}
    parameters |= {"q": [options.query], **({"strict": ["1"]} if options.strict else {})}
    request = read_request({k: v for k, v in parameters.items() if v}, strict_names=True)
    response = open_search(settings).search(request)
    if wants_json(options):
        print_json(response_json(response))
        return 0
    for line in response.query.interpretation:
        print(f"({line})")
    print(f"{response.total} kết quả, {response.took_ms} ms")
    for number, hit in enumerate(response.hits, (response.page - 1) * response.size + 1):
        _print_hit(number, hit)
    if response.looser:
        print(f"\nCó một số từ trong truy vấn ({response.looser.total}):")
        for number, hit in enumerate(response.looser.hits, 1):
            _print_hit(number, hit)
    return 0


def _print_hit(number: int, hit: Hit) -> None:
    print(f"\n{number}. {_bracketed(hit.title)}")
    about = [*hit.source, hit.category, hit.published, hit.id]
    print("   " + " · ".join(filter(None, about)))
    print(f"   {_bracketed(hit.snippet)}")
    for file in hit.files:
        page = f", trang {file.page}" if file.page else ""
        print(f"   {file.name}{page}: {_bracketed(file.snippet)}")


def _bracketed(marked: Marked) -> str:
    text, at = "", 0
    for start, end in marked.marks:
        text += f"{marked.text[at:start]}[{marked.text[start:end]}]"
        at = end
    return text + marked.text[at:]

"""PURE: a saved search as it is kept, as it is asked, and as people call it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import parse_qs, parse_qsl, urlencode

from indexer.contract.limits import PARAMETERS
from indexer.contract.parameters import read_request
from indexer.errors import ParameterError
from indexer.in_words import day_in_words
from indexer.model import Language
from indexer.search.facets import date_label
from indexer.search.request import SearchRequest

NOT_SAVED = ("sort", "size", "page", "lang", "cursor", "fields")
"""Parameters that say nothing of what is looked for."""
LONGEST_QUERY = 2_000
"""Characters of a search that is kept."""
_CITING = re.compile(r"viện dẫn:(\S+)")
_WORDS: Mapping[Language, Mapping[str, str]] = {
    "vi": {"citing": "Bài viện dẫn {}", "all": "Bài mới", "from": "từ {}", "to": "đến {}"},
    "en": {"citing": "Articles citing {}", "all": "New articles", "from": "from {}", "to": "to {}"},
}


def read_search(query: str, language: Language = "vi", *, strict_names: bool = False) -> SearchRequest:
    """Return the search that is kept as ``query``; raises ParameterError where it is none any more."""
    given = {name: values for name, values in parse_qs(query).items() if name not in NOT_SAVED}
    return replace(read_request(given, strict_names=strict_names, language=language), sort="newest")


def canonical_query(typed: str, *, strict_names: bool = False) -> str:
    """Return the search that was typed, or copied with the address of its page, as it is kept.

    Raises ParameterError where it is none, with ``strict_names`` for unknown names, too; else these are left out.
    """
    query = typed.partition("?")[2] or typed
    known = PARAMETERS - {*NOT_SAVED}
    given = [pair for pair in parse_qsl(query) if pair[0] not in NOT_SAVED]
    pairs = given if strict_names else [pair for pair in given if pair[0] in known]
    kept = urlencode(sorted(pairs, key=lambda pair: (pair[0] != "q", pair[0])), errors="replace")
    if len(kept) > LONGEST_QUERY:
        raise ParameterError({"q": f"is too long to be saved; use at most {LONGEST_QUERY:,} characters"})
    read_search(kept, strict_names=strict_names)
    return kept


def title_of(query: str, language: Language) -> str:
    """Return what people call a search that is kept: its words and all that is ticked."""
    return " · ".join(_parts(read_search(query, language), language)) or _WORDS[language]["all"]


def _parts(request: SearchRequest, language: Language) -> Iterator[str]:
    words = _WORDS[language]
    citing = _CITING.fullmatch(request.text)
    if request.text:
        yield words["citing"].format(citing[1]) if citing else request.text
    for name in ("source", "category", "type", "issuer", "status", "file_type"):
        yield from getattr(request, name)
    for value in request.date:
        yield date_label(value, language)
    for name, day in (("from", request.date_from), ("to", request.date_to)):
        if day:
            yield words[name].format(day_in_words(day, language))

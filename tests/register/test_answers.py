"""What the register answers is what a look at every document that the whole index tells of gives."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.directives.issuer_names import asked_issuers
from indexer.model import UNDATED, Audience
from indexer.register.entry import Entry
from indexer.register.file import folded_value, wanted_words, words_of
from indexer.register.gathering import entries_of
from indexer.search.register.request import REGISTER_FACETS, RegisterRequest
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import index
from tests.register.test_following import made

_SEED = 20_261_129
_ASKED: dict[str, tuple[Any, ...]] = {
    "text": ("7/QĐ", "luat", "quyet dinh cho", "5/2024", "không có"),
    "type": (("Luật",), ("LUẬT", "Thông tư"), ("Nghị định",), ("lạ",)),
    "year": (("2013",), ("2024", UNDATED), ("1999",)),
    "issuer": (("Quốc hội",), ("bộ tài chính", "UBND"), ("lạ",)),
    "status": (("in_force",), ("unknown", "amended")),
    "kept": (("article",), ("record", "none")),
    "scope": ("held", "missing", "all"),
    "sort": ("newest", "oldest", "number", "cited"),
}


def one_spelling(entries: list[Entry]) -> list[Entry]:
    counts = Counter(value for one in entries for value in (*one.issuers, *([one.type] if one.type else [])))
    shown: dict[str, str] = {}
    for value in sorted(counts, key=lambda value: (value.isupper(), -counts[value], value)):
        shown.setdefault(folded_value(value), value)
    return [
        replace(
            one,
            issuers=tuple(dict.fromkeys(shown[folded_value(issuer)] for issuer in one.issuers)),
            type=shown[folded_value(one.type)] if one.type else None,
        )
        for one in entries
    ]


def values(entry: Entry, facet: str) -> tuple[str, ...]:
    if facet == "issuer":
        return entry.issuers
    found: str | None = getattr(entry, facet)
    return (found or UNDATED,) if facet == "year" else (found,) if found else ()


def place(entry: Entry, sort: str) -> tuple[Any, ...]:
    if sort == "cited":
        return -(entry.cited_by or 0), entry.key
    if sort == "number":
        number = entry.key.partition("|")[0]
        years = -int(entry.year) if entry.year else -9999
        return int(number) if number.isdigit() else 10**9, years, entry.key
    day = entry.day if sort == "oldest" else "".join(chr(0x10FFFF - ord(c)) for c in entry.day)
    return not entry.day, day, entry.key


def expected(entries: list[Entry], request: RegisterRequest) -> tuple[list[Entry], dict[str, dict[str, int]]]:
    found: list[Entry] = []
    counts: dict[str, Counter[str]] = {name: Counter() for name in REGISTER_FACETS}
    asked = {name: getattr(request, name) for name in REGISTER_FACETS if getattr(request, name)}
    asked |= {"issuer": asked_issuers(asked["issuer"])} if "issuer" in asked else {}
    for entry in one_spelling(entries):
        missing = entry.kept == "none"
        if request.scope != "all" and missing != (request.scope == "missing"):
            continue
        if not all(word in words_of(entry) for word in wanted_words(request.text)):
            continue
        failed = [
            name
            for name, wanted in asked.items()
            if not {*map(folded_value, wanted)} & {*map(folded_value, values(entry, name))}
        ]
        for name in REGISTER_FACETS if not failed else failed if len(failed) == 1 else ():
            counts[name].update(values(entry, name))
        found += [] if failed else [entry]
    found.sort(key=lambda entry: place(entry, request.sort))
    return found, {name: dict(of_one) for name, of_one in counts.items()}


@pytest.mark.parametrize("audience", ["public", "staff"])
def test_pages_lists_and_counts(tmp_path: Path, audience: Audience) -> None:
    chance = random.Random(_SEED)
    settings = Settings(data=tmp_path)
    index(settings, [made(chance, f"{n}") for n in range(60)])
    with closing(open_search(settings)) as service:
        searcher = service.searcher(audience)
        entries = list(entries_of(searcher.index))
        assert {entry.kept for entry in entries} >= {"article", "none"}
        for _ in range(150):
            chosen = {name: chance.choice(given) for name, given in _ASKED.items() if chance.random() < 0.35}
            request = RegisterRequest(**chosen, page=chance.randrange(1, 3), size=chance.choice((3, 100)))
            found, counts = expected(entries, request)
            page = searcher.directives.register.page(request)
            first = (request.page - 1) * request.size
            assert list(page.entries) == found[first : first + request.size]
            assert page.total == len(found)
            assert list(searcher.directives.register.listed(request, 5)) == found[:5]
            for name in REGISTER_FACETS:
                shown = {value.value: value.count for value in page.facets[name] if value.count}
                assert shown == counts[name], (name, request)

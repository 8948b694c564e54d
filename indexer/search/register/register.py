"""Answers from all entries of one commit: filters, counts, orders and pages."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from indexer.directives.issuer_names import asked_issuers
from indexer.model import UNDATED
from indexer.search.register.entry import KEPT, Entry
from indexer.search.register.request import REGISTER_FACETS, RegisterRequest, RegisterResponse, RegisterSort
from indexer.search.response import FacetValue
from indexer.vietnamese.letters import fold

_REMEMBERED = 16
"""Number of requests whose answers are cached: the whole register, and what a reader pages through."""
Label = Callable[[str], str]
"""Returns the name that articles use for a document that is only cited, by its key."""


class Register:
    """All documents of one commit, held in memory; safe to use from several threads.

    It takes some 3 KB per document, and examines each of them for a request that is not cached: 2,700 take 8 ms, 100,000 would
    take 400.
    """

    def __init__(self, entries: Iterable[Entry], label: Label) -> None:
        self._entries = _one_spelling(list(entries))
        self._values = [_values(entry) for entry in self._entries]
        self._folded = [
            {name: frozenset(map(_folded, values)) for name, values in of_entry.items()}
            for of_entry in self._values
        ]
        self._label = label
        self._found = functools.lru_cache(maxsize=_REMEMBERED)(self._find)
        self._named: dict[str, str] = {}

    def page(self, request: RegisterRequest) -> RegisterResponse:
        """Return the requested page, with counts by facet."""
        found, counts = self._answer(request)
        first = (request.page - 1) * request.size
        held = sum(entry.kept != "none" for entry in self._entries)
        return RegisterResponse(
            len(found),
            tuple(map(self._shown, found[first : first + request.size])),
            {name: _facet(name, counts[name], _asked(request, name)) for name in REGISTER_FACETS},
            {"held": held, "missing": len(self._entries) - held, "all": len(self._entries)},
        )

    def listed(self, request: RegisterRequest, most: int) -> Iterator[Entry]:
        """Return the first ``most`` documents for ``request``, in its order, ignoring its page."""
        return map(self._shown, self._answer(request)[0][:most])

    def _answer(self, request: RegisterRequest) -> tuple[list[Entry], dict[str, Counter[str]]]:
        """Return the part of the answer shared by all pages of a request."""
        return self._found(replace(request, page=1, size=1))

    def _find(self, request: RegisterRequest) -> tuple[list[Entry], dict[str, Counter[str]]]:
        """Return the matches in order, and how many documents each value of a facet would leave."""
        asked = {
            name: frozenset(map(_folded, values))
            for name in REGISTER_FACETS
            if (values := _asked(request, name))
        }
        words = _wanted(request.text)
        counts: dict[str, Counter[str]] = {name: Counter() for name in REGISTER_FACETS}
        found: list[Entry] = []
        for at in self._orders[request.sort]:
            entry, of_entry, folded = self._entries[at], self._values[at], self._folded[at]
            if request.scope != "all" and (entry.kept == "none") != (request.scope == "missing"):
                continue
            if words and not all(word in self._words[at] for word in words):
                continue
            failed = [name for name, wanted in asked.items() if wanted.isdisjoint(folded[name])]
            if len(failed) > 1:
                continue
            for name in failed or REGISTER_FACETS:
                counts[name].update(of_entry[name])
            if not failed:
                found.append(entry)
        return found, counts

    def _shown(self, entry: Entry) -> Entry:
        if entry.kept != "none":
            return entry
        if entry.key not in self._named:
            self._named[entry.key] = self._label(entry.key)
        return replace(entry, label=self._named[entry.key])

    @functools.cached_property
    def _orders(self) -> Mapping[RegisterSort, Sequence[int]]:
        """The positions of the entries in each order; ties are in the order of the keys."""
        places = sorted(range(len(self._entries)), key=lambda at: self._entries[at].key)
        days = [entry.day for entry in self._entries]
        cited = [entry.cited_by or 0 for entry in self._entries]
        # Undated entries come last in either direction.
        dated, undated = [at for at in places if days[at]], [at for at in places if not days[at]]
        return {
            "newest": [*sorted(dated, key=days.__getitem__, reverse=True), *undated],
            "oldest": [*sorted(dated, key=days.__getitem__), *undated],
            "number": sorted(places, key=lambda at: _number_key(self._entries[at])),
            "cited": sorted(places, key=cited.__getitem__, reverse=True),
        }

    @functools.cached_property
    def _words(self) -> Sequence[str]:
        return [
            f" {_searched(' '.join((e.label, e.subject or '', *e.issuers, *(one.title for one in e.bearers[:3]))))} "
            for e in self._entries
        ]


def _searched(text: str) -> str:
    """Return the words of ``text`` for matching: ``05/2024/TT-BTC`` becomes ``5 2024 tt btc``."""
    words = re.findall(r"[^\W_]+", fold(text))
    return " ".join(word.lstrip("0") or "0" if word.isdigit() else word for word in words)


def _wanted(text: str) -> list[str]:
    """Return what the words of a document must contain for each word of ``text``: prefixes of words, whole numbers."""
    words = filter(None, map(_searched, text.split()))
    return [f" {word} " if word[-1].isdigit() else f" {word}" for word in words]


def _values(entry: Entry) -> Mapping[str, tuple[str, ...]]:
    return {
        "type": (entry.type,) if entry.type else (),
        "year": (entry.year or UNDATED,),
        "issuer": entry.issuers,
        "status": (entry.status,) if entry.status else (),
        "kept": (entry.kept,),
    }


def _asked(request: RegisterRequest, name: str) -> tuple[str, ...]:
    values: tuple[str, ...] = getattr(request, name)
    return asked_issuers(values) if name == "issuer" else values


def _facet(name: str, counts: Counter[str], asked: Sequence[str]) -> tuple[FacetValue, ...]:
    """Return values with counts: years from the newest on, legal statuses in a fixed order, all others by count."""
    counts = Counter(counts)  # which others read, too
    ticked = set(map(_folded, asked))
    known = set(map(_folded, counts))
    for value in asked:
        if _folded(value) not in known:
            counts[value] = 0
    values = sorted(counts, key=lambda value: (-counts[value], value))
    if name == "year":
        values = sorted(counts, key=lambda value: (value != UNDATED, value), reverse=True)
    elif name == "kept":
        values = sorted(counts, key=lambda value: KEPT.index(value) if value in KEPT else len(KEPT))
    return tuple(FacetValue(value, value, counts[value], _folded(value) in ticked) for value in values)


def _number_key(entry: Entry) -> tuple[int, str, str]:
    """Return a sort key that puts 9 before 10, and numbers of newer years first."""
    number = entry.key.partition("|")[0]
    figure = re.match(r"\d+", number)
    return (
        int(figure[0]) if figure else 10**9,
        "".join(chr(0x10FFFF - ord(c)) for c in entry.year or ""),
        entry.key,
    )


def _one_spelling(entries: list[Entry]) -> list[Entry]:
    """Return ``entries`` with one spelling for each issuer and type: the most frequent, preferably not in capitals."""
    counts: Counter[str] = Counter()
    for entry in entries:
        counts.update(entry.issuers)
        counts.update([entry.type] if entry.type else [])
    spelled: dict[str, str] = {}
    for value in sorted(counts, key=lambda value: (value.isupper(), -counts[value], value)):
        spelled.setdefault(_folded(value), value)
    return [
        replace(
            entry,
            issuers=tuple(dict.fromkeys(spelled[_folded(one)] for one in entry.issuers)),
            type=spelled[_folded(entry.type)] if entry.type else None,
        )
        for entry in entries
    ]


def _folded(value: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(value)))

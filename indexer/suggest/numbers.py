"""Completions of a partly typed document number: ``kh 74``, ``thông tư 34/20``, ``38-ct``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from indexer.directives.number import parse_number
from indexer.directives.pattern import NumberPattern, bare_code
from indexer.directives.typed import read_typed
from indexer.directives.typed_names import apart
from indexer.vietnamese.letters import fold, nfc

Rows = Callable[[str, Sequence[str | int]], Iterable[tuple[str, int]]]
"""Runs an SQLite statement with its values."""

_BEGUN = re.compile(r"0*([0-9]+[a-z]?)\S*")
"""A number of which at least the first figures were typed."""
_LABELS = frozenset(("", "so", "so hieu", "ky hieu", "so ky hieu", "van ban so"))
_MOST_READ = 2_000
"""Maximum number of document numbers with the same first figures to examine: in the news, some 1,500 begin with 1."""


def numbers_begun(rows: Rows, typed: str, limit: int) -> list[tuple[str, int]]:
    """Return up to ``limit`` numbers that complete ``typed``, with numbers of articles: an exact match first, then by articles.

    A type, and issuers after the number, narrow the choice.
    """
    words = [part for word in nfc(typed).split() for part in apart(word)]
    at = next((n for n, word in enumerate(words) if _BEGUN.fullmatch(fold(word))), None)
    if at is None:
        return []
    head, number, rest = words[:at], number_key(words[at]).lstrip("0"), words[at + 1 :]
    patterns = list(_patterns(head, number, rest))
    if not patterns:
        plain = not rest and " ".join(map(fold, head)).strip(":") in _LABELS
        return list(_most_frequent(rows, number, limit)) if plain else []
    found: dict[str, tuple[bool, int]] = {}
    for text, articles in _beginning_with(rows, f"{number}[^0-9]*" if rest else f"{number}*"):
        read = parse_number(text)
        own = read.key.split("|")[0] if read else ""
        if read and any(
            replace(pattern, number=own).matches(read.key) and last in bare_code(read.number)
            for pattern, last in patterns
        ):
            found[text] = (own != patterns[0][0].number, -articles)
    first = sorted(found, key=lambda text: (*found[text], text))[:limit]
    return [(text, -found[text][1]) for text in first]


def number_key(number: str) -> str:
    """Return the lookup key of a document number: folded and without blanks."""
    return "".join(fold(nfc(number)).split())


def _patterns(head: Sequence[str], number: str, rest: Sequence[str]) -> Iterator[tuple[NumberPattern, str]]:
    """Yield what was typed as a pattern, and as a pattern without its last word plus that word, which may begin a code."""
    figures = _BEGUN.fullmatch(number)
    whole = number if rest and parse_number(number) else figures[1] if figures else number
    for kept in (rest, rest[:-1]) if rest else (rest,):
        read = read_typed([*head, whole, *kept])
        if read and read[1] == len(head) + 1 + len(kept):
            yield replace(read[0], strict=None), bare_code("".join(rest[len(kept) :]))


def _beginning_with(rows: Rows, begun: str) -> Iterator[tuple[str, int]]:
    """Yield the numbers that match the GLOB ``begun``, with or without leading zeros."""
    for zeros in ("", "0", "00"):
        yield from rows(
            f"SELECT text, articles FROM numbers WHERE key GLOB ? LIMIT {_MOST_READ}", (zeros + begun,)
        )


def _most_frequent(rows: Rows, begun: str, limit: int) -> Iterator[tuple[str, int]]:
    """Yield the matching numbers with most articles."""
    ranges = [(key, f"{key}\U0010ffff") for key in (begun, f"0{begun}", f"00{begun}")]
    yield from rows(
        "SELECT text, articles FROM numbers WHERE (key >= ? AND key < ?) OR (key >= ? AND key < ?) OR (key >= ? AND key < ?)"
        " ORDER BY articles DESC LIMIT ?",
        (*chain.from_iterable(ranges), limit),
    )

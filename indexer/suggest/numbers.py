"""What is typed of a document number -> the numbers that it may go on to: ``kh 74``, ``thông tư 34/20``, ``38-ct``."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from indexer.directives.number import parse_number
from indexer.directives.pattern import NumberPattern, bare_code
from indexer.directives.typed import read_typed
from indexer.directives.typed_names import apart
from indexer.vietnamese.letters import fold, nfc

_BEGUN = re.compile(r"0*([0-9]+[a-z]?)\S*")
"""A number of which the first figures were typed, and perhaps more."""
_LABELS = frozenset(("", "so", "so hieu", "ky hieu", "so ky hieu", "van ban so"))
_MOST_READ = 2_000
"""Numbers with the same first figures that are looked at: the news has some 1,500 that begin with 1."""


def numbers_begun(database: sqlite3.Connection, typed: str, limit: int) -> list[tuple[str, int]]:
    """Return up to ``limit`` numbers that ``typed`` may go on to, with their articles: just that number first, then by articles.

    A type, and issuers behind the number, choose among them.
    """
    words = [part for word in nfc(typed).split() for part in apart(word)]
    at = next((n for n, word in enumerate(words) if _BEGUN.fullmatch(fold(word))), None)
    if at is None:
        return []
    head, number, rest = words[:at], number_key(words[at]).lstrip("0"), words[at + 1 :]
    pattern = _pattern(head, number, rest)
    if pattern is None:
        plain = not rest and " ".join(map(fold, head)).strip(":") in _LABELS
        return list(_most_frequent(database, number, limit)) if plain else []
    last = bare_code(rest[-1]) if rest else ""
    found: dict[str, tuple[bool, int]] = {}
    for text, articles in _beginning_with(database, f"{number}[^0-9]*" if rest else f"{number}*"):
        read = parse_number(text)
        own = read.key.split("|")[0] if read else ""
        if read and replace(pattern, number=own).matches(read.key) and last in bare_code(read.number):
            found[text] = (own != pattern.number, -articles)
    first = sorted(found, key=lambda text: (*found[text], text))[:limit]
    return [(text, -found[text][1]) for text in first]


def number_key(number: str) -> str:
    """Return what a document number is found by: folded, without blanks."""
    return "".join(fold(nfc(number)).split())


def _pattern(head: Sequence[str], number: str, rest: Sequence[str]) -> NumberPattern | None:
    """Return what was typed as a pattern; the last word, which may be a beginning, says no more than its letters."""
    figures = _BEGUN.fullmatch(number)
    whole = number if rest and parse_number(number) else figures[1] if figures else number
    for kept in (rest, rest[:-1]):
        read = read_typed([*head, whole, *kept])
        if read and read[1] == len(head) + 1 + len(kept):
            return replace(read[0], strict=None)
    return None


def _beginning_with(database: sqlite3.Connection, begun: str) -> Iterator[tuple[str, int]]:
    """Yield the numbers that fit the GLOB ``begun``, with zeros before it or without."""
    for zeros in ("", "0", "00"):
        yield from database.execute(
            f"SELECT text, articles FROM numbers WHERE key GLOB ? LIMIT {_MOST_READ}", (zeros + begun,)
        )


def _most_frequent(database: sqlite3.Connection, begun: str, limit: int) -> Iterator[tuple[str, int]]:
    """Yield the numbers that most articles have of those that begin so."""
    ranges = [(key, f"{key}\U0010ffff") for key in (begun, f"0{begun}", f"00{begun}")]
    yield from database.execute(
        "SELECT text, articles FROM numbers WHERE (key >= ? AND key < ?) OR (key >= ? AND key < ?) OR (key >= ? AND key < ?)"
        " ORDER BY articles DESC LIMIT ?",
        (*chain.from_iterable(ranges), limit),
    )

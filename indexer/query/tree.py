"""The query tree: what the user asked for, before any expansion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Word:
    """Text without blanks; matches in any accents. ``area`` is None for everywhere."""

    text: str
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """An exact phrase, strict about accents that were typed."""

    text: str
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Another form of words that were typed, as a phrase; ``exact`` is strict about its accents.

    ``why`` is a :data:`indexer.lexicon.lexicon.Kind`.
    """

    text: str
    why: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A date, quarter, amount or numeral in any spelling; ``spellings`` are the usual ones, to mark."""

    term: str
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document number typed in words: ``chỉ thị 38 tw``; ``keys`` are those it may mean, the likeliest first."""

    number: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """``words`` as they were typed, all of them and in one area, or one of ``others`` there."""

    words: tuple[Word, ...]
    others: tuple[Reading | Quantity | Document, ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """Words that need not match and only rank: what makes a question of a search."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word of which only the beginning was typed."""

    text: str
    area: str | None = None
    before: str | None = None
    """The word typed before a beginning of one letter: ``kinh t*``."""


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word that may hold one typo."""

    text: str
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A field holds these words: ``nguồn:"báo lam giang"``. ``field`` is one of ``LABELS``."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class NumberIs:
    """``số:`` (``field`` "number") or ``viện dẫn:`` (``field`` "cites") followed by a number."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Dates:
    """Published between two civil days, both inclusive and either open; undated never match."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class NoDate:
    """``ngày:none``: without a publication date."""


@dataclass(frozen=True, slots=True)
class Everything:
    """``*``."""


@dataclass(frozen=True, slots=True)
class And:
    """All of ``nodes``; none means everything."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of ``nodes``."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What ``node`` does not match."""

    node: Node


Node = (
    Word
    | Quoted
    | Either
    | Hint
    | Prefix
    | Fuzzy
    | Label
    | NumberIs
    | Dates
    | NoDate
    | Everything
    | And
    | Or
    | Not
)
LABELS = ("source", "category", "type", "issuer", "file")
"""Fields that are searched by the words of their values."""
AREAS = {"title": "title"}
"""Query fields that restrict words to an area."""
EVERYTHING = And(())
"""The tree of an empty query."""


def parts_of(node: Node) -> tuple[Node, ...]:
    """Return the conjuncts of ``node``, itself where it is no conjunction."""
    return node.nodes if isinstance(node, And) else (node,)


def words_of(node: Node) -> list[str]:
    """Return the words, phrases and beginnings that ``node`` asks for, in their order; not negated ones."""
    match node:
        case Word() | Quoted() | Fuzzy():
            return [node.text]
        case Either() | Hint():
            return [word.text for word in node.words]
        case Prefix():
            return [*([node.before] if node.before else []), node.text]
        case And() | Or():
            return [word for child in node.nodes for word in words_of(child)]
        case _:
            return []

"""The query tree: what the user asked for, and its other forms.

Nodes with a :class:`Text` carry its syllables and its document number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from indexer.query.spelled import date_spellings
from indexer.query.text import Text
from indexer.vietnamese.terms import Syllable, syllables


@dataclass(frozen=True, slots=True)
class Word(Text):
    """Text without blanks; matches with any accents. ``area`` is None for everywhere."""

    area: str | None = None


@dataclass(frozen=True, slots=True)
class Quoted(Text):
    """An exact phrase; typed accents must match."""

    area: str | None = None


@dataclass(frozen=True, slots=True)
class Prefix(Text):
    """The beginning of a word."""

    area: str | None = None
    before: Word | None = None
    """The word before a prefix of one letter: ``kinh t*``."""


@dataclass(frozen=True, slots=True)
class Fuzzy(Text):
    """A word in which one typo is allowed."""

    area: str | None = None


@dataclass(frozen=True, slots=True)
class NumberIs(Text):
    """``số:`` (``field`` "number") or ``viện dẫn:`` (``field`` "cites") followed by a number."""

    field: str


@dataclass(frozen=True, slots=True)
class Reading(Text):
    """Another form of typed words, as a phrase; ``exact`` means that its accents must match.

    ``why`` is a :data:`indexer.lexicon.lexicon.Kind`.
    """

    why: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Document(Text):
    """The official form of a number typed in words, ``chỉ thị 38 tw``; ``keys`` are the documents it may mean, likeliest first."""

    keys: tuple[str, ...]
    sure: bool = True
    """Whether it can mean nothing else: "thông báo 5 thí sinh" counts candidates."""
    issued: tuple[date, date] | None = None
    """The first and last possible day of issue as typed; affects ranking."""
    kind: str | None = None
    """The Vietnamese name of the typed document type."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A date, quarter, amount, percentage or numeral in any spelling, as a term of :mod:`indexer.vietnamese.quantities`."""

    term: str
    spellings: tuple[tuple[Syllable, ...], ...] = field(init=False, compare=False, repr=False)
    """The usual spellings of a date, as syllables."""

    def __post_init__(self) -> None:
        spellings = tuple(tuple(syllables(spelling)) for spelling in date_spellings(self.term))
        object.__setattr__(self, "spellings", spellings)


Other = Reading | Quantity | Document
"""Another form of what was typed."""


class _Words:
    """Neighbouring words in one area that form one part of the query; there is at least one."""

    __slots__ = ()
    words: tuple[Word, ...]

    @property
    def area(self) -> str | None:
        return self.words[0].area

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def syllables(self) -> tuple[Syllable, ...]:
        return tuple(chain.from_iterable(word.syllables for word in self.words))


@dataclass(frozen=True, slots=True)
class Either(_Words):
    """All of ``words`` as typed, or one of ``others``, in their area."""

    words: tuple[Word, ...]
    others: tuple[Other, ...]
    parts: tuple[Node, ...] = ()
    """``words`` split into words, if there is more than one; empty if they are a single name."""


@dataclass(frozen=True, slots=True)
class Hint(_Words):
    """Optional words that only affect ranking, such as those that turn a search into a question."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Compound(_Words):
    """One-syllable words that together form one word: their syllables must be side by side."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Label(Text):
    """A field with these words: ``nguồn:"báo lam giang"``. ``field`` is one of ``LABELS``."""

    field: str


@dataclass(frozen=True, slots=True)
class Dates:
    """Published between two dates, both inclusive and either open; undated articles never match."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class NoDate:
    """``ngày:none``: without a date of publication."""


@dataclass(frozen=True, slots=True)
class Everything:
    """``*``."""


@dataclass(frozen=True, slots=True)
class And:
    """All of ``nodes``; none means everything."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of ``nodes``. ``inline`` means among other words, without brackets of its own."""

    nodes: tuple[Node, ...]
    inline: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """What ``node`` does not match."""

    node: Node


Node = (
    Word
    | Quoted
    | Either
    | Hint
    | Compound
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
    """Return the conjuncts of ``node``, or the node itself if it is not a conjunction."""
    return node.nodes if isinstance(node, And) else (node,)


def asked_of(node: Node) -> Iterator[Node]:
    """Yield the parts of ``node`` that ask for something, in order, without exclusions."""
    match node:
        case And() | Or():
            for child in node.nodes:
                yield from asked_of(child)
        case Not():
            return
        case _:
            yield node


def words_of(node: Node) -> list[Text]:
    """Return the words, phrases and prefixes in ``node``, in order, without exclusions."""
    words: list[Text] = []
    for part in asked_of(node):
        match part:
            case Word() | Quoted() | Fuzzy():
                words.append(part)
            case Either() | Hint() | Compound():
                words += part.words
            case Prefix():
                words += (part.before, part) if part.before else (part,)
    return words


def has_accents(node: Node) -> bool:
    """Tell whether any requested syllable in ``node`` was typed with accents."""
    return any(one.is_accented for word in words_of(node) for one in word.syllables)


def words_in(text: str, area: str | None = None) -> tuple[Word, ...]:
    """Return the words of ``text``, ignoring operators; text without letters or digits has none."""
    return tuple(word for part in text.split() if (word := Word(part, area)).syllables)

"""A text in a query with its analysis, done once when the node is created, so that later stages need not repeat it."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.directives.number import DocumentNumber, parse_number
from indexer.vietnamese.terms import Syllable, syllables


@dataclass(frozen=True, slots=True)
class Text:
    """A text that equals any other with the same characters, because its analysis follows from them."""

    text: str
    syllables: tuple[Syllable, ...] = field(init=False, compare=False, repr=False)
    number: DocumentNumber | None = field(init=False, compare=False, repr=False)
    """The document number that the whole text represents, None if it is not one."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "syllables", tuple(syllables(self.text)))
        object.__setattr__(self, "number", parse_number(self.text))

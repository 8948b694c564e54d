"""A text of a query and what is read of it: once, when its node is made, so that no later stage reads it again."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.directives.number import DocumentNumber, parse_number
from indexer.vietnamese.terms import Syllable, syllables


@dataclass(frozen=True, slots=True)
class Text:
    """A text, equal to any other of the same letters: what is known of it follows from them."""

    text: str
    syllables: tuple[Syllable, ...] = field(init=False, compare=False, repr=False)
    number: DocumentNumber | None = field(init=False, compare=False, repr=False)
    """The document number that the whole text is, None if it is none."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "syllables", tuple(syllables(self.text)))
        object.__setattr__(self, "number", parse_number(self.text))

"""One place where a text names a document."""

from __future__ import annotations

from dataclasses import dataclass

RELATIONS = (
    "issues", "according_to", "based_on", "carries_out", "guides", "amends", "replaces", "repeals",
    "consolidates", "corrects", "extends", "suspends", "postpones", "amended_by", "replaced_by", "repealed_by", "affirms",
    "expired",
)  # fmt: skip
"""What a text does with a document it cites; ``according_to`` where nothing says more. Three are what a text says that
the cited document does to it: "Khoản này được sửa đổi theo quy định tại …". The last two say that it is in force, or listed
among those that are so no longer."""
AFFIRMS, EXPIRED = RELATIONS[-2:]

REVERSED = {"amended_by": "amends", "replaced_by": "replaces", "repealed_by": "repeals"}
"""Relation of a text to what changed it -> the same seen from there."""

CHANGES = frozenset(RELATIONS[5:13])
"""The relations that change a document: what its legal status follows from."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a document; offsets are characters of the NFC text, ``[start, end)``."""

    text: str
    start: int
    end: int
    number: str
    """The number as it is officially written; the name of a law, ``Nghị định 67`` without code."""
    key: str
    """Strict key of the number; ``law:luat_dat_dai@2024`` of a law that is named only, ``NĐ:67@2014`` of
    a number without code, each with its year where it is known."""
    type: str | None
    """Vietnamese name; from the word before where the number itself has none."""
    issuer: str | None
    """Vietnamese name, or the code where the name is not known."""
    date: str | None
    """ISO day of issue, where the text gives it beside the number."""
    relation: str = "according_to"
    """One of :data:`RELATIONS`."""
    subject: str | None = None
    """Key of the document that stands in the relation; None for the text itself."""
    part: bool = False
    """The relation, one of :data:`CHANGES`, is to some articles or words of the document only."""
    resolved: bool = False
    """The text has no code here; the key is that of the document it names in full elsewhere."""
    earlier: tuple[tuple[str, str, bool], ...] = ()
    """What the same mention says others did to the document: relation, key of the one that did it, whether in part."""
    heading: str = ""
    """Of the list that says what is done with its documents, where the row itself does not."""

"""A mention of a document in a text."""

from __future__ import annotations

from dataclasses import dataclass

RELATIONS = (
    "issues", "according_to", "based_on", "carries_out", "guides", "amends", "replaces", "repeals",
    "consolidates", "corrects", "extends", "suspends", "postpones", "amended_by", "replaced_by", "repealed_by", "affirms",
    "expired",
)  # fmt: skip
"""Relations of a text to a document that it cites; ``according_to`` if nothing more is stated. Three describe what the cited
document does to the text: "Khoản này được sửa đổi theo quy định tại …". The last two state that the document is in force, or is
listed as no longer in force."""
AFFIRMS, EXPIRED = RELATIONS[-2:]

REVERSED = {"amended_by": "amends", "replaced_by": "replaces", "repealed_by": "repeals"}
"""Relation of a text to the document that changed it -> the inverse relation."""

CHANGES = frozenset(RELATIONS[5:13])
"""Relations that change a document; its legal status follows from these."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of a document; offsets are characters of the NFC text, ``[start, end)``."""

    text: str
    start: int
    end: int
    number: str
    """The number in its official form; otherwise the name of a law, or ``Nghị định 67`` without codes."""
    key: str
    """Strict key of the number; ``law:luat_dat_dai@2024`` for a law cited by name, ``NĐ:67@2014`` for a number without codes,
    each with its year if known."""
    type: str | None
    """Vietnamese name of the type; from the preceding word if the number has none."""
    issuer: str | None
    """Vietnamese name of the issuer, or its code if the name is unknown."""
    date: str | None
    """ISO date of issue, if stated beside the number."""
    relation: str = "according_to"
    """One of :data:`RELATIONS`."""
    subject: str | None = None
    """Key of the document that has the relation to the cited one; None for the text itself."""
    part: bool = False
    """The relation, one of :data:`CHANGES`, concerns only some articles or words of the document."""
    resolved: bool = False
    """The citation has no codes; its key is that of a document that the text names in full elsewhere."""
    earlier: tuple[tuple[str, str, bool], ...] = ()
    """What the same mention says other documents did to this one: relation, key of the other document, whether partial."""
    heading: str = ""
    """Relation stated by the heading of a list, if the row itself states none."""

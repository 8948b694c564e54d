"""The divisions of a text: Phần, Chương, Mục, Tiểu mục, Điều and Khoản. Frozen values."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["part", "chapter", "section", "subsection", "article", "clause", "appendix"]

LEVELS: dict[Kind, int] = {
    "part": 1, "appendix": 1, "chapter": 2, "section": 3, "subsection": 4, "article": 5, "clause": 6,
}  # fmt: skip
"""Levels of the divisions, in the order of Decree 34/2016/NĐ-CP, article 62."""
SLUGS: dict[Kind, str] = {
    "part": "phan", "chapter": "chuong", "section": "muc", "subsection": "tieu-muc", "article": "dieu",
    "clause": "khoan", "appendix": "phu-luc",
}  # fmt: skip
"""Names of the divisions in addresses."""


@dataclass(frozen=True, slots=True)
class Provision:
    """The stretch ``text[start:end]``; offsets are characters of the text with the outline."""

    kind: Kind
    number: str
    """In Arabic figures, with its letter if any: ``5``, ``5a``, ``2`` for Chương II; empty for an unnumbered appendix."""
    label: str
    """The label that people use: ``Điều 5``, ``Chương II``, ``Khoản 2``."""
    title: str
    """On one line; empty if there is none."""
    anchor: str
    """Its address, unique within the text: ``dieu-5``, ``dieu-5-khoan-2``, ``van-ban-2-dieu-5``."""
    start: int
    head: int
    """The end of its heading, including the title."""
    end: int
    document: int = 1
    """Number of the document, counted from 1, in a text that contains several."""
    article: str = ""
    """For clauses, the number of the article."""

    @property
    def level(self) -> int:
        """From 1 for a part to 6 for a clause."""
        return LEVELS[self.kind]

    @property
    def name(self) -> str:
        """The full label: ``Khoản 2 Điều 5``."""
        return f"{self.label} Điều {self.article}" if self.kind == "clause" else self.label

    @property
    def heading(self) -> str:
        """Label and title: ``Điều 5. Giải thích từ ngữ``."""
        return f"{self.label}. {self.title}" if self.title else self.label


@dataclass(frozen=True, slots=True)
class Outline:
    """The provisions of a text in order; an article comes before its clauses."""

    provisions: tuple[Provision, ...] = ()
    names: tuple[str, ...] = ()
    """For each document in the text, the line with its name, ``QUY CHẾ``; empty if there is none."""
    quoted: tuple[tuple[int, int], ...] = ()
    """Stretches that quote new text of another document, in order."""
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _by_anchor: dict[str, Provision] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(one.start for one in self.provisions))
        object.__setattr__(self, "_by_anchor", {one.anchor: one for one in self.provisions})

    def __bool__(self) -> bool:
        return bool(self.provisions)

    @property
    def articles(self) -> Iterator[Provision]:
        """The articles (Điều)."""
        return (one for one in self.provisions if one.kind == "article")

    @property
    def headings(self) -> Iterator[Provision]:
        """All provisions except clauses."""
        return (one for one in self.provisions if one.kind != "clause")

    def anchored(self, anchor: str) -> Provision | None:
        """Return the provision with an address."""
        return self._by_anchor.get(anchor)

    def find(self, article: str, clause: str | None = None, document: int = 1) -> Provision | None:
        """Return an article, or a clause of it, by number; None if the document has none."""
        return self.anchored(anchor_of(article, clause, document))

    def at(self, place: int) -> Provision | None:
        """Return the innermost article or clause that contains the character at ``place``."""
        index = bisect_right(self._starts, place) - 1
        one = self.provisions[index] if index >= 0 else None
        return one if one and one.kind in ("article", "clause") and place < one.end else None


def anchor_of(article: str, clause: str | None = None, document: int = 1) -> str:
    """Return the address of an article, or of a clause in it: ``dieu-5-khoan-2``."""
    inner = f"-khoan-{clause}" if clause else ""
    return f"{prefix_of(document)}dieu-{article}{inner}".replace("đ", "dd")


def prefix_of(document: int) -> str:
    """Return the prefix of addresses in all documents but the first."""
    return f"van-ban-{document}-" if document > 1 else ""

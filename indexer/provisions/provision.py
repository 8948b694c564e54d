"""What a text is divided into: Phần, Chương, Mục, Tiểu mục, Điều and Khoản. Frozen values."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["part", "chapter", "section", "subsection", "article", "clause", "appendix"]

LEVELS: dict[Kind, int] = {
    "part": 1, "appendix": 1, "chapter": 2, "section": 3, "subsection": 4, "article": 5, "clause": 6,
}  # fmt: skip
"""How deep each stands: the order of Decree 34/2016/NĐ-CP, article 62."""
SLUGS: dict[Kind, str] = {
    "part": "phan", "chapter": "chuong", "section": "muc", "subsection": "tieu-muc", "article": "dieu",
    "clause": "khoan", "appendix": "phu-luc",
}  # fmt: skip
"""What each is called in addresses."""


@dataclass(frozen=True, slots=True)
class Provision:
    """``text[start:end]``; offsets are characters of the text that the outline is of."""

    kind: Kind
    number: str
    """Arabic, with a letter where it has one: ``5``, ``5a``, ``2`` of Chương II; empty of an appendix without a number."""
    label: str
    """As people say it: ``Điều 5``, ``Chương II``, ``Khoản 2``."""
    title: str
    """One line; empty where it has none."""
    anchor: str
    """Its address within the text, unique there: ``dieu-5``, ``dieu-5-khoan-2``, ``van-ban-2-dieu-5``."""
    start: int
    head: int
    """Where its heading ends, its title included."""
    end: int
    document: int = 1
    """Of the documents that the text holds one behind the other, from 1."""
    article: str = ""
    """Of a clause the number of its article."""

    @property
    def level(self) -> int:
        """1 of a part to 6 of a clause."""
        return LEVELS[self.kind]

    @property
    def name(self) -> str:
        """What it is called by itself: ``Khoản 2 Điều 5``."""
        return f"{self.label} Điều {self.article}" if self.kind == "clause" else self.label

    @property
    def heading(self) -> str:
        """Label and title: ``Điều 5. Giải thích từ ngữ``."""
        return f"{self.label}. {self.title}" if self.title else self.label


@dataclass(frozen=True, slots=True)
class Outline:
    """The provisions of one text, in its order; an article comes before its clauses."""

    provisions: tuple[Provision, ...] = ()
    names: tuple[str, ...] = ()
    """Of each document of the text the line that names it, ``QUY CHẾ``; empty where none does."""
    quoted: tuple[tuple[int, int], ...] = ()
    """Stretches of the text that are quoted as the new text of another document, in order."""
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
        """All but the clauses."""
        return (one for one in self.provisions if one.kind != "clause")

    def anchored(self, anchor: str) -> Provision | None:
        """Return the provision at an address."""
        return self._by_anchor.get(anchor)

    def find(self, article: str, clause: str | None = None, document: int = 1) -> Provision | None:
        """Return an article, or a clause of it, by number; None where the document has none of that number."""
        return self.anchored(anchor_of(article, clause, document))

    def at(self, place: int) -> Provision | None:
        """Return the innermost article or clause that holds the character at ``place``."""
        index = bisect_right(self._starts, place) - 1
        one = self.provisions[index] if index >= 0 else None
        return one if one and one.kind in ("article", "clause") and place < one.end else None


def anchor_of(article: str, clause: str | None = None, document: int = 1) -> str:
    """Return the address of an article, or of a clause of it: ``dieu-5-khoan-2``."""
    inner = f"-khoan-{clause}" if clause else ""
    return f"{prefix_of(document)}dieu-{article}{inner}".replace("đ", "dd")


def prefix_of(document: int) -> str:
    """Return what addresses of the documents behind the first begin with."""
    return f"van-ban-{document}-" if document > 1 else ""

"""The sources of the demo portal's attachments: a header of values, and blocks of text in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
STATE = ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
SIGNED = "(Đã ký)"


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a document.

    ``kind`` is ``heading``, ``bold``, ``text``, ``item``, ``table``, ``break`` (of the page) or
    ``signature``. A table's cells are in ``rows``, its head first; other words are in ``text``.
    """

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One attachment as written: the values of its header, and its blocks in reading order."""

    name: str
    head: dict[str, str]
    blocks: tuple[Block, ...]

    @property
    def target(self) -> Path:
        """Where the built file belongs: in the folder named after its page."""
        return HERE / "portal" / self.head["page"] / self.name

    @property
    def date(self) -> datetime:
        """The date of issue at midnight UTC: the only date in the built file."""
        return datetime.fromisoformat(self.head["date"]).replace(tzinfo=UTC)

    def lines(self, key: str) -> list[str]:
        """Return the parts of a header value that are set on separate lines."""
        return [part.strip() for part in self.head.get(key, "").split(" / ") if part.strip()]


def read_source(path: Path) -> Source:
    """Read ``key: value`` lines up to the first empty line, then blocks separated by empty lines."""
    head, _, body = path.read_text("utf-8").partition("\n\n")
    pairs = (line.partition(": ") for line in head.splitlines())
    fields = {key: value for key, _, value in pairs}
    return Source(path.name.removesuffix(".md"), fields, tuple(_blocks(body)))


def _blocks(body: str) -> Iterator[Block]:
    for piece in re.split(r"\n{2,}", body.strip()):
        if piece == "---":
            yield Block("break")
        elif piece == "!signature":
            yield Block("signature")
        elif piece.startswith("|"):
            cells = (line.strip().strip("|").split("|") for line in piece.splitlines())
            yield Block("table", rows=tuple(tuple(cell.strip() for cell in row) for row in cells))
        elif piece.startswith("- "):
            yield from (Block("item", line.removeprefix("- ")) for line in piece.splitlines())
        elif piece.startswith("#"):
            yield Block("heading", piece.lstrip("# "))
        elif piece.startswith("**") and piece.endswith("**"):
            yield Block("bold", piece.strip("*"))
        else:
            yield Block("text", piece)


def letterhead(source: Source) -> list[tuple[str, str]]:
    """Return the rows above the title: the side of the issuing body and that of the state."""
    if "issuer" not in source.head:
        return []
    place = f"Lam Giang, ngày {source.date:%d} tháng {source.date.month} năm {source.date.year}"
    issuer = source.lines("issuer")
    return [*zip(issuer, STATE, strict=True), (f"Số: {source.head['number']}", place)]


def signature(source: Source) -> list[str]:
    """Return the signing authority, by office only, and the note that the document is signed."""
    return [*source.lines("signature"), SIGNED]

"""``python -m benchmarks.ocr [PAGES]``: how accurately scans of the demo portal's documents are read (``benchmarks.scans``).

PAGES is the maximum number of pages, or letters, for each kind of scan, spread over the documents; all of them take an hour.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from PIL import Image

from benchmarks import scans
from benchmarks.made_pages import MadePage, has_fonts, letter, ruled_table, two_columns
from benchmarks.tables import table
from indexer.directives.closing import read_signer
from indexer.directives.head import read_head
from indexer.directives.number import parse_number
from indexer.extract.ocr import ocr
from indexer.extract.tesseract import tesseract_missing
from indexer.vietnamese.letters import nfc
from indexer.vietnamese.terms import syllables

SEED = 20_241_122
_SECONDS = 60.0


def wrong(true: Sequence[str], read: Sequence[str]) -> list[str]:
    """Return the elements of ``true`` that are missing in ``read``, as often as they are.

    Order is ignored: two columns of a heading can be read across or down, and both are right.
    """
    left = Counter(read)
    missed = []
    for one in true:
        if left[one]:
            left[one] -= 1
        else:
            missed.append(one)
    return missed


def letters_wrong(true: Sequence[str], read: Sequence[str]) -> int:
    """Return how many letters of the wrong syllables are wrong, comparing each with the most similar superfluous one."""
    spare = wrong(read, true)
    number = 0
    for one in wrong(true, read):
        likest = max(spare, key=lambda other: _same(one, other), default="")
        number += len(one) - _same(one, likest)
        if likest:
            spare.remove(likest)
    return number


def _same(one: str, other: str) -> int:
    return sum(
        block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    )


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of wrong letters, syllables, and syllables without diacritics, and pages per minute."""

    letters: float
    toned: float
    folded: float
    pages: float


def measure(kind: str, dpi: int, documents: Sequence[Path], most: int | None = None) -> Rates:
    """Return how accurately ``documents``, or at most that many of their pages, are read when degraded like that kind of scan."""
    chance = random.Random(f"{SEED} {kind} {dpi}")
    spoil = scans.KINDS[kind]
    pages = [page for document in documents for page in scans.drawn(document, dpi)]
    if most:
        pages = pages[:: max(1, len(pages) // most)][:most]
    return rates(((spoil(page, chance), text) for page, text in pages), dpi)


def measure_made(make: Callable[[random.Random, int], MadePage], kind: str, dpi: int, number: int) -> Rates:
    """Return how accurately ``number`` pages drawn by ``make`` are read after being degraded like that kind of scan."""
    chance = random.Random(f"{SEED} {kind} {dpi}")
    made = (make(chance, dpi) for _ in range(number))
    return rates(((scans.KINDS[kind](page.picture, chance), page.text) for page in made), dpi)


def rates(pages: Iterable[tuple[Image.Image, str]], dpi: int) -> Rates:
    """Return how accurately pictures are read, each given with its text."""
    errors, totals, number, seconds = [0, 0, 0], [0, 0, 0], 0, 0.0
    for picture, text in pages:
        start = time.perf_counter()
        read = read_scan(picture, dpi)
        seconds += time.perf_counter() - start
        number += 1
        (toned, folded), (read_toned, read_folded) = _levels(text), _levels(read)
        errors[0] += letters_wrong(toned, read_toned)
        errors[1] += len(wrong(toned, read_toned))
        errors[2] += len(wrong(folded, read_folded))
        totals[0] += sum(map(len, toned))
        totals[1] += len(toned)
        totals[2] += len(folded)
    letters, toned_, folded_ = (error / total for error, total in zip(errors, totals, strict=True))
    return Rates(letters, toned_, folded_, number / seconds * 60)


def read_scan(picture: Image.Image, dpi: int) -> str:
    """Return what OCR reads in a PDF with that page; empty if nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "scan.pdf")
        path.write_bytes(scans.as_pdf([picture], dpi))
        found = ocr(path, 1, _SECONDS)
    return found.page.text if found.page else ""


def _levels(text: str) -> tuple[Sequence[str], Sequence[str]]:
    found = list(syllables(nfc(text)))
    return [one.toned for one in found], [one.folded for one in found]


def told(text: str, made: MadePage) -> tuple[bool, bool, bool]:
    """Return whether ``text`` contains number, date and signer of the letter."""
    head, signer, number = read_head(text), read_signer(text), parse_number(made.number)
    return (
        bool(head and head.number and number and head.number.key == number.key),
        bool(head and head.day == made.day),
        bool(signer and signer.name == made.signer),
    )


_LETTERS: Mapping[str, tuple[str, bool]] = {
    "clean": ("clean", True),
    "grey stamp": ("clean", False),
    "skewed": ("skewed", True),
    "photograph": ("photograph", True),
    "noisy, grey stamp": ("noisy", False),
}
"""Kinds of letters: how they are degraded, and whether their stamp is still red."""


@dataclass(slots=True)
class Told:
    """How many letters yield the right number, date and signer, and how many of these three are wrong."""

    right: list[int] = field(default_factory=lambda: [0, 0, 0])
    wrong: list[int] = field(default_factory=lambda: [0, 0, 0])


def letters_told(kind: str, dpi: int, number: int) -> Told:
    """Return what ``number`` stamped letters yield."""
    spoil, in_colours = _LETTERS[kind]
    chance = random.Random(f"letters {spoil} {dpi}")
    found = Told()
    for _ in range(number):
        made = letter(chance, dpi)
        picture = scans.red_stamp(made.picture, made.stamp) if made.stamp else made.picture
        spoilt = scans.KINDS[spoil](picture if in_colours else picture.convert("L"), chance)
        text = read_scan(spoilt, dpi)
        for at, (right, said) in enumerate(zip(told(text, made), _said(text), strict=True)):
            found.right[at] += right
            found.wrong[at] += said and not right
    return found


def _said(text: str) -> tuple[bool, bool, bool]:
    """Return whether ``text`` contains any number, date and signer."""
    head = read_head(text)
    return bool(head and head.number), bool(head and head.day), read_signer(text) is not None


def letters_section(number: int) -> str:
    """Return the table of what is read of letterheads and signers."""
    rows = []
    for kind in _LETTERS:
        for dpi in (300, 150):
            of = letters_told(kind, dpi, number)
            rows.append(
                (
                    f"{dpi} dpi, {kind}",
                    *(f"{right} ({wrong})" for right, wrong in zip(of.right, of.wrong, strict=True)),
                )
            )
    return (
        f"### Letterheads of scans: {number} letters of each kind, drawn by a seed, with a stamp on the signature\n\n"
        "Correct values, with wrong values in brackets; the others are not given.\n\n"
        + table(("scan", "number", "day", "signer"), rows)
    )


def section(most: int | None = None) -> str:
    """Return the tables, of at most so many pages and letters of each kind."""
    if missing := tesseract_missing():
        return f"## Scans (`python -m benchmarks.ocr`)\n\nNot measured: {missing}."
    documents = scans.documents()
    found = {
        f"{dpi} dpi, {kind}": measure(kind, dpi, documents, most)
        for dpi in (300, 150)
        for kind in scans.KINDS
    }
    if has_fonts():
        for name, make in (("table with rules", ruled_table), ("two columns", two_columns)):
            found |= {f"{dpi} dpi, {name}": measure_made(make, "clean", dpi, most or 6) for dpi in (300, 150)}
            found[f"300 dpi, {name}, photograph"] = measure_made(make, "photograph", 300, most or 6)
    rows = [
        (
            name,
            f"{of.letters:.2%}",
            f"{of.toned:.2%}",
            f"{1 - of.folded:.2%}",
            _target(name),
            f"{of.pages:.0f}",
        )
        for name, of in found.items()
    ]
    heads = (
        "scan",
        "letters wrong",
        "syllables wrong",
        "right without diacritics",
        "target",
        "pages/min, one process",
    )
    return (
        f"## Scans (`python -m benchmarks.ocr`): {_which(most, len(documents))} of the demo portal, drawn and spoilt by a seed\n\n"
        + table(heads, rows)
        + (f"\n\n{letters_section(most or 20)}" if has_fonts() else "")
    )


def _which(most: int | None, documents: int) -> str:
    return f"{most} pages of {documents} documents" if most else f"{documents} documents"


def _target(name: str) -> str:
    return (
        "95 %"
        if name.startswith("300")
        else {"150 dpi, clean": "90 %", "150 dpi, noisy": "92 %"}.get(name, "–")
    )


if __name__ == "__main__":
    print(section(int(sys.argv[1]) if sys.argv[1:] else None))

"""``python -m benchmarks.ocr``: how much of scans is read right, made of the demo portal's documents (``benchmarks.scans``)."""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path

from benchmarks import scans
from benchmarks.tables import table
from indexer.extract.ocr import ocr
from indexer.extract.tesseract import tesseract_missing
from indexer.vietnamese.letters import nfc
from indexer.vietnamese.terms import syllables

SEED = 20_241_122
_SECONDS = 60.0


def wrong(true: Sequence[str], read: Sequence[str]) -> list[str]:
    """Return those of ``true`` that are not in ``read``, each as often.

    Order is left aside: two columns of a heading can be read across or down, and both are right.
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
    """Return how many letters of the syllables that are wrong are wrong, each against the likest that was read too much."""
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


def measure(kind: str, dpi: int, documents: Sequence[Path]) -> tuple[float, float, float, float]:
    """Return the error rates of letters, of syllables and of folded syllables, and pages a minute."""
    chance = random.Random(f"{SEED} {kind} {dpi}")
    errors, totals, pages, seconds = [0, 0, 0], [0, 0, 0], 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        for document in documents:
            drawn = scans.drawn(document, dpi)
            path = Path(folder, "scan.pdf")
            path.write_bytes(scans.as_pdf([scans.KINDS[kind](page, chance) for page, _ in drawn], dpi))
            for number, (_, text) in enumerate(drawn, 1):
                start = time.perf_counter()
                found = ocr(path, number, _SECONDS)
                seconds += time.perf_counter() - start
                pages += 1
                read = found.page.text if found.page else ""
                (toned, folded), (read_toned, read_folded) = _levels(text), _levels(read)
                errors[0] += letters_wrong(toned, read_toned)
                errors[1] += len(wrong(toned, read_toned))
                errors[2] += len(wrong(folded, read_folded))
                totals[0] += sum(map(len, toned))
                totals[1] += len(toned)
                totals[2] += len(folded)
    rates = [error / total for error, total in zip(errors, totals, strict=True)]
    return rates[0], rates[1], rates[2], pages / seconds * 60


def _levels(text: str) -> tuple[Sequence[str], Sequence[str]]:
    found = list(syllables(nfc(text)))
    return [one.toned for one in found], [one.folded for one in found]


def section() -> str:
    """Return the table."""
    missing = tesseract_missing()
    if missing:
        return f"## Scans (`python -m benchmarks.ocr`)\n\nNot measured: {missing}."
    rows = []
    for dpi in (300, 150):
        for kind in scans.KINDS:
            letters, toned, folded, pages = measure(kind, dpi, scans.documents())
            target = "95 %" if dpi == 300 else "90 %" if kind == "clean" else "–"
            rows.append(
                (
                    f"{dpi} dpi, {kind}",
                    f"{letters:.2%}",
                    f"{toned:.2%}",
                    f"{1 - folded:.2%}",
                    target,
                    f"{pages:.0f}",
                )
            )
    return (
        f"## Scans (`python -m benchmarks.ocr`): {len(scans.documents())} documents of the demo portal, drawn and spoilt by a seed\n\n"
        + table(
            (
                "scan",
                "letters wrong",
                "syllables wrong",
                "right without diacritics",
                "target",
                "pages/min, one process",
            ),
            rows,
        )
    )


if __name__ == "__main__":
    print(section())

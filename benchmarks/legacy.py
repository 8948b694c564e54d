"""``python -m benchmarks.legacy``: pre-Unicode encodings on the samples, and clean text that must stay unchanged."""

from __future__ import annotations

import time
from collections import defaultdict

from benchmarks.corpus import CORPORA, records
from benchmarks.tables import table
from indexer.vietnamese.legacy import decode, mend
from indexer.vietnamese.letters import nfc

_CLEAN = 5_000


def section() -> str:
    """Return the tables."""
    folder = CORPORA / "legacy_samples"
    same, letters = defaultdict[str, int](int), defaultdict[str, int](int)
    for path in sorted(folder.glob("*.*.txt")):
        kind = path.name.split(".")[1]
        want = nfc((folder / f"{path.name[:2]}.utf8_nfc.txt").read_text(encoding="utf-8"))
        got = decode(path.read_bytes()).text
        same[kind] += sum(a == b for a, b in zip(want, got, strict=False))
        letters[kind] += max(len(want), len(got))
    rows = [(kind, f"{letters[kind]:,}", f"{same[kind] / letters[kind]:.4%}") for kind in sorted(letters)]
    texts = [nfc(record["body"]) for record in records(only_bodies=True, limit=_CLEAN)]
    start = time.perf_counter()
    changed = sum(mend([text])[0].text != text for text in texts)
    speed = sum(map(len, texts)) / (time.perf_counter() - start)
    return (
        "## Encodings (`python -m benchmarks.legacy`); targets: 99.5 % of characters, no clean article changed\n\n"
        + table(("samples", "characters", "as they were"), rows)
        + f"\n\nOf {_CLEAN:,} articles of clean news {changed} are changed, at {speed:,.0f} characters/s."
    )


if __name__ == "__main__":
    print(section())

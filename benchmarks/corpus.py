"""The input of the benchmarks: articles, and queries derived from their titles."""

from __future__ import annotations

import gzip
import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.vietnamese.letters import fold, nfc

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
NEWS = CORPORA / "news.jsonl.gz"
WITH_BODIES = 20_000
QUERIES = 200
_SEED = 20_241_122


def records(only_bodies: bool = False, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield news records, at most ``limit``, optionally only those with a body."""
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        found = (record for line in lines if (record := json.loads(line))["body"] or not only_bodies)
        yield from itertools.islice(found, limit)


def queries() -> list[str]:
    """Return 200 sequences of 1 to 6 words from titles, every second one without diacritics."""
    chance = random.Random(_SEED)
    titles = [nfc(record["title"]).split() for record in records()]
    made: list[str] = []
    while len(made) < QUERIES:
        words, number = chance.choice(titles), chance.randint(1, 6)
        if len(words) >= number:
            start = chance.randint(0, len(words) - number)
            text = " ".join(words[start : start + number])
            made.append(fold(text) if len(made) % 2 else text)
    return made


def month(record: dict[str, Any]) -> str:
    """Return the month of publication as text, ``none`` when undated."""
    return (record["published"] or "none")[:7]

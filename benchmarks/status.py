"""``python -m benchmarks.status``: the legal status of documents compared with titles and laws in the corpora.

``status.tsv`` has labels made by reading: what titles of gazette records and the closing articles of laws do to other
documents, as number, fate, and acting document. They are complemented by records that none of these texts changes.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.directives import gazette, laws
from benchmarks.tables import table
from indexer.directives.legal_status import AMENDED, ENDED, PART_ENDED, SINCE, UNKNOWN
from indexer.directives.number import parse_number
from indexer.indexing.opening import open_pipeline
from indexer.search.service import open_search
from indexer.settings import Settings
from indexer.sources.jsonl import JsonlSource

_JUDGED = Path(__file__).with_name("status.tsv")
_RIGHT = {"ended": {ENDED}, "part": {PART_ENDED, ENDED}, "amended": {AMENDED}, "nothing": {SINCE, UNKNOWN}}
"""Fate -> acceptable statuses."""
_EVERY = 10
"""One in this many unchanged records is judged."""


@cache
def judged() -> tuple[tuple[str, str], ...]:
    """Return keys of documents and their fates."""
    lines = _JUDGED.read_text(encoding="utf-8").splitlines()
    return tuple((_key(number), fate) for number, fate, _ in (line.split("\t") for line in lines))


def unchanged() -> list[str]:
    """Return the keys of records whose number occurs in no other title and in no law."""
    texts = [record["trich_yeu"] or "" for record in gazette()] + [record["body"] for record in laws()]
    whole = "\n".join(texts)
    alone = [record["so_hieu"] for record in gazette() if record["so_hieu"] not in whole]
    return [key for key in map(_key, alone[::_EVERY]) if "|" in key]


def said() -> Mapping[str, str | None]:
    """Index gazette and laws; return the status of each judged document."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "documents.jsonl"
        source.write_text("\n".join(map(json.dumps, articles())), encoding="utf-8")
        settings = Settings(data=Path(folder) / "data")
        with open_pipeline(settings) as pipeline:
            for _ in pipeline.index(JsonlSource(source, settings)):
                pass
        directives = open_search(settings).searcher().directives
        cards = {key: directives.card(key) for key in (*(key for key, _ in judged()), *unchanged())}
    return {key: card.legal_status.status if card else None for key, card in cards.items()}


def articles() -> Iterator[dict[str, Any]]:
    """Yield gazette and laws as articles."""
    for record in (*gazette(), *laws()):
        if record["so_hieu"]:
            yield {
                "id": record["id"],
                "title": record["title"],
                "body": record.get("body", ""),
                "number": record["so_hieu"],
                "type": record["loai"],
                "published": record["ngay_ban_hanh"],
            }


def _key(number: str) -> str:
    parsed = parse_number(number)
    return parsed.key if parsed else number


def section() -> str:
    """Return the tables."""
    found = said()
    fates = [*judged(), *((key, "nothing") for key in unchanged())]
    rows = []
    for fate, right in _RIGHT.items():
        counts = Counter(found[key] for key, its in fates if its == fate)
        total = sum(counts.values())
        good = sum(
            n for status, n in counts.items() if status in right or (fate == "nothing" and status is None)
        )
        rest = ", ".join(
            f"{status or 'none'} {n}" for status, n in counts.most_common() if status not in right
        )
        rows.append((fate, str(total), str(good), f"{good / total:.3f}", rest))
    told = [(key, fate) for key, fate in fates if fate != "nothing"]
    covered = sum(found[key] in _RIGHT[fate] for key, fate in told)
    in_force = [key for key, fate in told if fate in ("ended", "part") and found[key] == SINCE]
    ended = [
        key for key, fate in fates if fate in ("amended", "nothing") and found[key] in (ENDED, PART_ENDED)
    ]
    return (
        f"## Legal status (`python -m benchmarks.status`): {len(told)} documents whose fate titles in the gazette or laws state,"
        f" and {len(fates) - len(told)} that these texts do not change\n\n"
        + table(("fate", "documents", "right", "share", "other statuses"), rows)
        + f"\n\nCoverage of the stated fates: {covered / len(told):.3f} (target 0.9). False “in force”: {len(in_force)}."
        f" False “replaced” or “ended”: {len(ended)}.\n\n"
        + "Different from the texts: "
        + ", ".join(f"{key} ({fate}: {found[key]})" for key, fate in told if found[key] not in _RIGHT[fate])
        + "."
    )


if __name__ == "__main__":
    print(section())

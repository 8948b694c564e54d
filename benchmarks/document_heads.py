"""``python -m benchmarks.document_heads``: what documents say about themselves, compared with what is known about them.

Only the bodies of laws are read, and compared with number, date, type and title in their records. Records of the gazette have
titles but no bodies, so their numbers are read from the titles. News have no numbers; any that is found is an error. If a
record contradicts the law itself (it has the number or date of another law cited in the preamble), the law is right:
:data:`MISTAKEN`.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.corpus import CORPORA, records
from benchmarks.tables import table
from indexer.directives.head import DocumentHead, read_head
from indexer.directives.number import parse_number
from indexer.directives.own import own_facts
from indexer.directives.titled import titled_number
from indexer.vietnamese.letters import fold, nfc

MISTAKEN = frozenset(["vlc-luat-dien-anh", "vlc-luat-dien-luc"])
"""Laws whose records have ``51/2001/QH10``, which amends the constitution; checked by hand."""
_KINDS = {"Bộ luật": "Luật", "Hiến pháp": "Luật"}
"""Types that the records call laws."""


def _key(number: str | None) -> str | None:
    parsed = parse_number(number or "")
    return parsed.key if parsed else None


def _gazette(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(CORPORA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


_FIELDS: tuple[
    tuple[str, Callable[[dict[str, Any]], str | None], Callable[[DocumentHead], str | None]], ...
] = (
    ("own number", lambda law: _key(law["so_hieu"]), lambda head: head.number.key if head.number else None),
    (
        "day of issue",
        lambda law: law["ngay_ban_hanh"],
        lambda head: head.day.isoformat() if head.day else None,
    ),
    ("type", lambda law: law["loai"], lambda head: _KINDS.get(head.type or "", head.type)),
    (
        "issuer",
        lambda law: law["co_quan"],
        lambda head: (head.number and head.number.issuer_name) or head.issuer,
    ),
    ("title", lambda law: fold(nfc(law["title"])), lambda head: fold(head.title) or None),
)


def section() -> str:
    """Return the tables."""
    laws = [law for law in _gazette("laws_fulltext") if law["body"] and law["id"] not in MISTAKEN]
    heads = [read_head(nfc(law["body"])) or DocumentHead() for law in laws]
    rows = []
    for name, given, told in _FIELDS:
        pairs = [(given(law), told(head)) for law, head in zip(laws, heads, strict=True)]
        read = [(want, got) for want, got in pairs if got]
        known = [(want, got) for want, got in read if want]
        right = sum(want == got for want, got in known)
        rows.append(
            (
                name,
                str(sum(bool(want) for want, _ in pairs)),
                str(len(read)),
                str(right),
                str(len(known) - right),
            )
        )
    titles = [(titled_number(nfc(one["title"])), _key(one["so_hieu"])) for one in _gazette("legal_docs")]
    found = [(number.key, key) for number, key in titles if number]
    news = [(nfc(one["title"]), nfc(one["body"])) for one in records(only_bodies=True)]
    start = time.perf_counter()
    false = sum(bool(own_facts(title, body).numbers) for title, body in news)
    speed = len(news) / (time.perf_counter() - start)
    return (
        "## What documents say of themselves (`python -m benchmarks.document_heads`)\n\n"
        f"{len(laws)} laws, their bodies alone:\n\n"
        + table(("", "given", "read", "as given", "otherwise"), rows)
        + f"\n\nNumbers of the gazette from its titles alone: {len(found):,} of {len(titles):,} read, "
        f"{sum(read != key for read, key in found)} of them another's. News that are taken for a document: {false} of "
        f"{len(news):,}, at {speed:,.0f} articles/s."
    )


if __name__ == "__main__":
    print(section())

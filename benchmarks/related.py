"""``python -m benchmarks.related [FOLDER]``: the gazette's own lists of related documents as truth, against BM25 of
titles; and how long it takes over the whole of the news, whose index ``make bench`` leaves in FOLDER.

The lists need cleaning: numbers that are cut short and those of documents that the gazette's records don't hold, or
that mean the document itself, are left out.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.directives import gazette
from benchmarks.tables import table
from indexer.catalog.catalog import Catalog
from indexer.directives.number import parse_number
from indexer.engine import clauses as c
from indexer.engine.opening import open_engine
from indexer.engine.protocol import Engine, EngineRequest
from indexer.indexing.opening import open_pipeline
from indexer.model import Article
from indexer.search.related import related
from indexer.search.service import open_search
from indexer.settings import Settings
from indexer.stored.article import unpack
from indexer.vietnamese.terms import term_streams
from indexer.visible.index import VisibleIndex

_SHOWN = 10
_TIMED = 400
_SEED = 20_241_122


@dataclass
class _Gazette:
    """The records as a source of articles without text: their titles and numbers are all there is."""

    records: list[dict[str, Any]]
    name: str = "gazette"

    def items(self) -> Iterator[Article]:
        for record in self.records:
            yield Article(
                record["id"],
                record["title"],
                number=record["so_hieu"],
                type=record["loai"],
                issuer=record["co_quan"],
                published=datetime.fromisoformat(record["ngay_ban_hanh"]).replace(tzinfo=UTC),
            )

    def progress(self) -> float | None:
        return None


def truth(records: list[dict[str, Any]]) -> dict[str, set[str]]:
    """Return the ids of the records related to each record that has any."""
    by_key: defaultdict[str, set[str]] = defaultdict(set)
    for record in records:
        number = parse_number(record["so_hieu"])
        if number:
            by_key[number.key].add(record["id"])
    found: dict[str, set[str]] = {}
    for record in records:
        own = parse_number(record["so_hieu"])
        others = {n.key for n in map(parse_number, record["lien_quan"]) if n and own and n.key != own.key}
        found[record["id"]] = {id for key in others for id in by_key.get(key, ())} - {record["id"]}
    return {id: others for id, others in found.items() if others}


def recall(find: Callable[[str], list[str]], judged: dict[str, set[str]]) -> float:
    """Return the mean share of related documents among the first ten, of ten at most."""
    shares = [len(set(find(id)) & others) / min(_SHOWN, len(others)) for id, others in judged.items()]
    return sum(shares) / len(shares)


def _by_title(engine: Engine, id: str) -> list[str]:
    title = unpack(engine.snapshot().documents([id])[id]).title
    terms = dict.fromkeys(term_streams(title).text.split()[::2])
    match = c.any_of(tuple(c.Term("text", term) for term in terms))
    hits = engine.snapshot().search(EngineRequest(match, limit=_SHOWN + 1)).hits
    return [hit.id for hit in hits if hit.id != id][:_SHOWN]


def _ours(engine: Engine, id: str) -> list[str]:
    index = VisibleIndex(engine.snapshot(), "staff")
    return [one.article.id for one in related(index, index.by_id([id])[id], _SHOWN)]


def section(folder: Path | None = None) -> str:
    """Return the tables; the second only where ``folder`` holds the index."""
    records = gazette()
    judged = truth(records)
    with tempfile.TemporaryDirectory() as data:
        settings = Settings(data=Path(data))
        with open_pipeline(settings) as pipeline:
            for _ in pipeline.index(_Gazette(records)):
                pass
        engine = open_engine(settings)
        rows = [
            ("BM25 of titles", f"{recall(lambda id: _by_title(engine, id), judged):.4f}"),
            ("Tra Cứu", f"{recall(lambda id: _ours(engine, id), judged):.4f}"),
        ]
        engine.close()
    links = sum(map(len, judged.values()))
    parts = [
        f"## Related articles (`python -m benchmarks.related FOLDER`): {len(judged):,} records of the gazette with"
        f" {links:,} related ones, by their titles alone",
        table(("", "recall@10"), rows),
    ]
    if folder is not None and (folder / "ours-all").is_dir():
        parts.append(table(("over all 86,416 articles", "ms", "target"), _times(folder / "ours-all")))
    return "\n\n".join(parts)


def _times(data: Path) -> list[tuple[str, str, str]]:
    service = open_search(Settings(data=data))
    catalog = Catalog(data)
    ids = random.Random(_SEED).sample(sorted(catalog.ids()), _TIMED)
    catalog.close()
    times = []
    for article in map(service.searcher().articles.by_id, ids):
        start = time.perf_counter()
        service.searcher().related(article, _SHOWN)
        service.searcher().copies(article)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return [
        ("related and copies, p50", f"{times[_TIMED // 2]:.1f}", "–"),
        ("related and copies, p95", f"{times[_TIMED * 95 // 100]:.1f}", "below 30"),
    ]


if __name__ == "__main__":
    print(section(Path(sys.argv[1]) if len(sys.argv) > 1 else None))

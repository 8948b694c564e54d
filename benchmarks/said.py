"""``python -m benchmarks.said [SEED]``: every legal status stated in gazette, laws and news, and a sample of relations to read.

News are those that mention force or changes. Each status is listed with the sentence it is based on; a reader marks the false
ones, which no rule can do.
"""

from __future__ import annotations

import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpus import records
from benchmarks.status import articles
from indexer.directives.citations import AFFIRMS, CHANGES, EXPIRED
from indexer.directives.legal_status import UNKNOWN
from indexer.engine import clauses as c
from indexer.engine.opening import open_engine
from indexer.engine.protocol import EngineRequest
from indexer.indexing.opening import open_pipeline
from indexer.search.service import open_search
from indexer.settings import Settings
from indexer.sources.jsonl import JsonlSource
from indexer.stored.article import StoredArticle, unpack
from indexer.stored.relation import read_relation
from indexer.visible.index import VisibleIndex

_SPEAKS = re.compile(
    r"hiệu lực|bãi bỏ|hủy bỏ|huỷ bỏ|thay thế (?:Nghị|Quyết|Thông|Luật|Bộ luật|Chỉ thị|cho)|đình chỉ|thu hồi Quyết định"
    r"|sửa đổi|kéo dài|gia hạn"
)
_DOCUMENT = re.compile(r"\d+/[\dA-ZĐ]|Luật|Pháp lệnh")
_SAMPLE = 200
_PLAIN = ("according_to", "based_on")
"""Relations that are not sampled: a mention and a basis."""


def _given() -> Iterator[dict[str, Any]]:
    yield from articles()
    for record in records():
        text = f"{record['title']} {record.get('summary', '')} {record['body']}"
        if _SPEAKS.search(text) and _DOCUMENT.search(text):
            yield {
                name: record[name]
                for name in ("id", "title", "summary", "body", "published")
                if record.get(name)
            }


def main(seed: int) -> None:
    """Print the lists; the sample is that of ``seed``."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "documents.jsonl"
        source.write_text("\n".join(map(json.dumps, _given())), encoding="utf-8")
        settings = Settings(data=Path(folder) / "data")
        with open_pipeline(settings) as pipeline:
            for _ in pipeline.index(JsonlSource(source, settings)):
                pass
        _print_statuses(settings, seed)


def _print_statuses(settings: Settings, seed: int) -> None:
    index = VisibleIndex(open_engine(settings).snapshot(), "public")
    counted = index.search(EngineRequest(c.Everything(), facets=("relation", "number"), limit=0)).facets
    values = {value: read_relation(value) for value in counted["relation"]}
    changed = {one.key for one in values.values() if one.relation in CHANGES | {AFFIRMS, EXPIRED}}
    directives = open_search(settings).searcher().directives
    counts: Counter[str | None] = Counter()
    for key in sorted(changed | set(counted["number"])):
        card = directives.card(key)
        if card is None:
            continue
        legal = card.legal_status
        counts[legal.status] += 1
        if legal.status not in (None, UNKNOWN):
            print(key, legal.status, legal.since, legal.by, legal.sentence, sep="\t")
    print(dict(counts))
    sampled = sorted(value for value, one in values.items() if one.relation not in _PLAIN)
    for value in random.Random(seed).sample(sampled, _SAMPLE):
        one = values[value]
        hit = index.search(EngineRequest(c.Term("relation", value), limit=1, sort="newest")).hits[0]
        print(one.subject, one.relation, one.key, _sentence(unpack(hit.stored), value), sep="\t")


def _sentence(article: StoredArticle, value: str) -> str | None:
    one = read_relation(value)
    return next(
        (
            said.sentence
            for said in article.citations
            if (said.key, said.relation, said.subject) == (one.key, one.relation, one.subject)
        ),
        None,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)

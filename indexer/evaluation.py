"""Relevance figures on a judged set, by the any-word reading, as the product itself ranks.

nDCG@k uses gains as judged and log2 discounts (Järvelin & Kekäläinen 2002); MRR@k is the mean of
1/rank of the first relevant document (Voorhees 1999); recall@k is the share of the relevant
documents of a query among the first k; all are means over the queries that have a judgement.
"""

from __future__ import annotations

import json
import math
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.errors import UsageError
from indexer.indexing.opening import open_pipeline
from indexer.model import Article
from indexer.search.service import open_search
from indexer.settings import Settings
from indexer.vietnamese.letters import fold, nfc

_DEPTH = 100


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Documents, queries by id, and ``{query: {document: relevance}}``."""

    documents: tuple[Article, ...]
    queries: dict[str, str]
    relevance: dict[str, dict[str, int]]


def read_judged_set(folder: Path) -> JudgedSet:
    """Read ``corpus.jsonl``, ``queries.jsonl`` and ``qrels.tsv``; UsageError names what is wrong."""
    try:
        documents = tuple(
            Article(str(row["id"]), nfc(str(row.get("title") or "")), nfc(str(row.get("text") or "")))
            for row in _rows(folder / "corpus.jsonl")
        )
        queries = {str(row["id"]): str(row["text"]) for row in _rows(folder / "queries.jsonl")}
        relevance: dict[str, dict[str, int]] = {}
        for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
            if line.strip():
                query, document, grade = line.split("\t")
                relevance.setdefault(query, {})[document] = int(grade)
    except OSError as error:
        raise UsageError(f"{error.filename} can't be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{folder} is not a judged set: {error!r}") from error
    return JudgedSet(documents, queries, relevance)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


class _Documents:
    """A judged corpus as a source."""

    def __init__(self, judged: JudgedSet) -> None:
        self.name = "judged set"
        self._judged = judged

    def items(self) -> Iterator[Article]:
        """Yield the documents."""
        yield from self._judged.documents

    def progress(self) -> None:
        """Unknown; nothing is drawn."""


def index_documents(judged: JudgedSet, settings: Settings) -> None:
    """Index the documents of ``judged`` into ``settings.data``."""
    with open_pipeline(settings) as pipeline:
        for _ in pipeline.index(_Documents(judged)):
            pass


def evaluate(judged: JudgedSet, settings: Settings, unaccented: bool = False) -> dict[str, Any]:
    """Index ``judged`` into ``settings.data`` and return the figures of the contract."""
    index_documents(judged, settings)
    service = open_search(settings)
    ranked: list[tuple[dict[str, int], list[str]]] = []
    times = []
    for id, text in judged.queries.items():
        relevant = {d: grade for d, grade in judged.relevance.get(id, {}).items() if grade > 0}
        if not relevant:
            continue
        start = time.perf_counter()
        hits = service.searcher().ranked(fold(text) if unaccented else text, _DEPTH)
        times.append(round((time.perf_counter() - start) * 1000, 2))
        ranked.append((relevant, hits))
    if not ranked:
        raise UsageError("the judged set has no query with a relevant document")
    return {
        "ndcg@10": _mean(ndcg(relevant, hits, 10) for relevant, hits in ranked),
        "mrr@10": _mean(reciprocal_rank(relevant, hits, 10) for relevant, hits in ranked),
        "recall@10": _mean(recall(relevant, hits, 10) for relevant, hits in ranked),
        "recall@100": _mean(recall(relevant, hits, 100) for relevant, hits in ranked),
        "p@1": _mean(float(bool(hits) and hits[0] in relevant) for relevant, hits in ranked),
        "queries": len(ranked),
        "documents": len(judged.documents),
        "query_ms": {"p50": percentile(times, 50), "p95": percentile(times, 95)},
    }


def ndcg(relevant: dict[str, int], hits: Sequence[str], depth: int) -> float:
    """Return the normalised discounted cumulative gain of the first ``depth`` hits."""
    gain = sum(relevant.get(hit, 0) / math.log2(rank + 1) for rank, hit in enumerate(hits[:depth], 1))
    best = sorted(relevant.values(), reverse=True)[:depth]
    return gain / sum(grade / math.log2(rank + 1) for rank, grade in enumerate(best, 1))


def reciprocal_rank(relevant: dict[str, int], hits: Sequence[str], depth: int) -> float:
    """Return 1/rank of the first relevant hit within ``depth``, 0 without one."""
    return next((1 / rank for rank, hit in enumerate(hits[:depth], 1) if hit in relevant), 0.0)


def recall(relevant: dict[str, int], hits: Sequence[str], depth: int) -> float:
    """Return the share of the relevant documents among the first ``depth`` hits."""
    return len(set(hits[:depth]) & relevant.keys()) / len(relevant)


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the ``percent``-th percentile by nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def _mean(values: Iterator[float]) -> float:
    return round(statistics.fmean(values), 4)

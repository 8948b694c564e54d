"""Costs relative to other costs, measured alternately in one run by CPU time, on 5,000 news articles."""

from __future__ import annotations

import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import fmean
from typing import Any
from urllib.parse import quote_plus

from benchmarks.corpus import queries, records
from benchmarks.measure import folder_mb, times
from benchmarks.peers.inputs import documents
from benchmarks.peers.ours import Ours
from benchmarks.peers.protocol import Document
from benchmarks.peers.tantivy_limit import Limit
from benchmarks.peers.whoosh_pyvi import WhooshPyvi
from benchmarks.processor import spent
from benchmarks.suggestions import beginnings, slips
from indexer.evaluation import percentile
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import Settings
from indexer.vietnamese.words import raw_segmenter
from webui import create_app

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pyvi import ViTokenizer

ARTICLES = 5_000
_PLAIN = 300
"""Number of articles of the plain build, which takes ten times as long per article."""
_SEGMENTED = 300
_SLIPS = 60
_ROUNDS = 3


def costs() -> dict[str, float]:
    """Return every cost by name; below 1 means cheaper than what it is compared with."""
    chosen = list(islice(documents("bodies"), ARTICLES))
    with tempfile.TemporaryDirectory(prefix="tracuu-bench-check-") as place:
        folder = Path(place, "ours")
        found = {"indexing to Whoosh + pyvi": _indexing(chosen, folder, Path(place, "plain"))}
        text = sum(len(f"{one.title}{one.text}".encode()) for one in chosen) / 1e6
        found["disk to text"] = folder_mb(folder) / text
        found["segmentation to pyvi"] = _segmentation([one.text for one in chosen[:_SEGMENTED]])
        service = open_search(Settings(data=folder))
        found.update(_searching(service, folder))
        service.close()
    return found


def _indexing(chosen: Sequence[Document], ours: Path, plain: Path) -> float:
    """Return our CPU seconds per article relative to those of the plain build, which runs before and after."""
    before = _seconds(lambda: WhooshPyvi().build(plain / "1", chosen[:_PLAIN]))
    taken = _seconds(lambda: Ours().build(ours, chosen))
    after = _seconds(lambda: WhooshPyvi().build(plain / "2", chosen[:_PLAIN]))
    return (taken / len(chosen)) / (min(before, after) / _PLAIN)


def _segmentation(texts: list[str]) -> float:
    segmenter = raw_segmenter()
    taken = _best({"ours": (segmenter.segment, texts), "pyvi": (ViTokenizer.tokenize, texts)}, rounds=1)
    return sum(taken["ours"]) / sum(taken["pyvi"])


def _searching(service: SearchService, folder: Path) -> Iterator[tuple[str, float]]:
    """Yield the relative costs of searches; everything alternates, query by query."""
    asked = queries()
    limit, client = Limit(folder / "tantivy"), create_app(service).test_client()
    titles = [record["title"] for record in records(only_bodies=True, limit=ARTICLES)]
    wrong = slips(titles, _SLIPS)
    search = service.search
    search(SearchRequest("khong co tu nay"))  # the vocabulary is read once
    taken = _best(
        {
            "limit": (limit.search, [limit.prepare(text) for text in asked]),
            "response": (lambda text: search(SearchRequest(text)), asked),
            "newest": (lambda text: search(SearchRequest(text, sort="newest")), asked),
            "page": (lambda text: client.get(f"/search?q={quote_plus(text)}").data, asked),
            "api": (lambda text: client.get(f"/api/v1/search?q={quote_plus(text)}").data, asked),
            "beginning": (service.suggest, beginnings(titles, len(asked))),
            "slip": (lambda text: search(SearchRequest(text)), [text for _, text, _ in wrong]),
            "meant": (lambda text: search(SearchRequest(text)), [text for _, _, text in wrong]),
            "hundred": (lambda text: search(SearchRequest(text, size=100)), asked[:20]),
            "ten": (lambda text: search(SearchRequest(text)), asked[:20]),
        }
    )
    for name, one, other in (
        ("whole response to the engine alone", "response", "limit"),
        ("newest first to by relevance", "newest", "response"),
        ("page of results to the search", "page", "response"),
        ("JSON of results to the search", "api", "response"),
        ("did you mean to the search that was meant", "slip", "meant"),
        ("what a beginning goes on to, to a search", "beginning", "response"),
        ("a hundred results to ten", "hundred", "ten"),
    ):
        yield name, fmean(taken[one]) / fmean(taken[other])
    yield "p95 to p50 of responses", percentile(taken["response"], 95) / percentile(taken["response"], 50)
    yield "p95 to p50 of newest first", percentile(taken["newest"], 95) / percentile(taken["newest"], 50)


def _best(
    runs: dict[str, tuple[Callable[[Any], Any], Sequence[Any]]], rounds: int = _ROUNDS
) -> dict[str, list[float]]:
    return times(runs, rounds, time.process_time)


def _seconds(work: Callable[[], None]) -> float:
    used = spent()
    work()
    return spent() - used

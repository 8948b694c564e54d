"""``python -m benchmarks.precision [FOLDER]``: how many of the counted matches for a query contain its words.

It uses 6,000 news articles with bodies, and 304 queries of one to four words from their titles, selected with a seed. A match
is true if every word of the query, as segmented by pyvi in the title, occurs in the article with its accents and its syllables
side by side. On the first page, ranking hides wrong matches; but totals, facets, orders by date and feeds are based on all of
them.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median

from benchmarks.corpus import NEWS, records
from benchmarks.tables import table
from indexer.indexing.opening import open_pipeline
from indexer.model import Article
from indexer.search.request import Reading, SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import Settings
from indexer.sources import Problem
from indexer.sources.jsonl import JsonlSource
from indexer.vietnamese.letters import fold, nfc
from indexer.vietnamese.terms import syllables
from indexer.vietnamese.words import canonical_words

_ARTICLES = 6_000
_QUERIES = 304
_SEED = 20_261_128
_END = re.compile(r"[.!?…]+(?=[\s\"'”’»)]|$)|[;:()\[\]{}]|\n\s*\n")
_DEPTH = 10_000
_READINGS: tuple[tuple[str, Reading | None], ...] = (
    ("exact", "exact"),
    ("close", "close"),
    ("as answered", None),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A query, and the ids of the articles that contain its words."""

    text: str
    words: int
    truth: frozenset[str]


def section(folder: Path | None = None) -> str:
    """Return the tables; the index is created in ``folder`` unless it exists."""
    with tempfile.TemporaryDirectory() as temporary:
        settings = Settings(data=(folder or Path(temporary)) / "precision")
        texts = sample()
        if not settings.data.is_dir():
            with open_pipeline(settings) as pipeline:
                for _ in pipeline.index(_Chosen(settings, frozenset(texts))):
                    pass
        service = open_search(settings)
        judged = judged_queries(texts)
        rows = []
        counts = []
        for name, reading in _READINGS:
            for way, spelled in (("as typed", str), ("without accents", fold)):
                found = {one: _found(service, spelled(one.text), reading) for one in judged}
                rows.append((f"{name}, {way}", *_figures(found.items())))
                if reading == "exact":
                    for words in range(1, 5):
                        some = [(one, ids) for one, ids in found.items() if one.words == words]
                        counts.append((f"{way}, {words} words", str(len(some)), *_figures(some)))
        service.close()
    heading = (
        f"## What is counted (`python -m benchmarks.precision`): {_ARTICLES:,} articles with bodies, {len(judged)} queries of 1 to 4"
        " words from titles; targets: exact as typed 0.97 at a recall of 0.99, without accents 0.67 at 0.98"
    )
    means = table(("reading, typed", "precision", "median", "recall", "counted / true"), rows)
    by_words = table(("exact reading", "queries", "precision", "median", "recall", "counted / true"), counts)
    return f"{heading}\n\n{means}\n\n{by_words}\n"


def sample() -> dict[str, tuple[str, str]]:
    """Return title and full text of the selected articles, by id."""
    chosen = random.Random(_SEED).sample(list(records(only_bodies=True)), _ARTICLES)
    return {
        record["id"]: (
            nfc(record["title"]),
            nfc(f"{record['title']}\n\n{record['summary'] or ''}\n{record['body']}"),
        )
        for record in chosen
    }


class _Chosen:
    """The chosen articles through our own source."""

    name = "news"

    def __init__(self, settings: Settings, ids: frozenset[str]) -> None:
        self._source = JsonlSource(NEWS, settings)
        self._ids = ids

    def items(self) -> Iterator[Article | Problem]:
        """Yield articles."""
        return (item for item in self._source.items() if isinstance(item, Article) and item.id in self._ids)

    def progress(self) -> float | None:
        """Not drawn."""
        return None


def judged_queries(texts: Mapping[str, tuple[str, str]]) -> list[Judged]:
    runs = {id: [_terms(part) for part in _END.split(text)] for id, (_, text) in texts.items()}
    holders: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for id, clauses in runs.items():
        for clause in clauses:
            for size in (1, 2):
                for at in range(len(clause) - size + 1):
                    holders[clause[at : at + size]].add(id)
    chance, titles = random.Random(_SEED), [title for title, _ in texts.values()]
    judged: list[Judged] = []
    while len(judged) < _QUERIES:
        title, number = chance.choice(titles), chance.randint(1, 4)
        words = [title[start:end] for start, end in canonical_words(title)]
        words = [word for word in words if _terms(word)]
        if len(words) < number:
            continue
        start = chance.randint(0, len(words) - number)
        chosen = words[start : start + number]
        truth = frozenset.intersection(*(_holding(_terms(word), holders, runs) for word in chosen))
        judged.append(Judged(" ".join(chosen), number, truth))
    return judged


def _terms(text: str) -> tuple[str, ...]:
    return tuple(syllable.toned for syllable in syllables(text))


def _holding(
    word: tuple[str, ...],
    holders: Mapping[tuple[str, ...], set[str]],
    runs: Mapping[str, list[tuple[str, ...]]],
) -> frozenset[str]:
    """Return the ids of the articles with ``word`` side by side in one clause."""
    if len(word) <= 2:
        return frozenset(holders.get(word, ()))
    likely = set.intersection(*(holders.get(pair, set()) for pair in pairwise(word)))
    size = len(word)
    return frozenset(
        id
        for id in likely
        if any(clause[at : at + size] == word for clause in runs[id] for at in range(len(clause) - size + 1))
    )


def _found(service: SearchService, text: str, reading: Reading | None) -> frozenset[str]:
    request = SearchRequest(text, reading=reading)
    return frozenset(article.id for article in service.searcher("staff").scan(request, _DEPTH))


def _figures(found: Iterable[tuple[Judged, frozenset[str]]]) -> tuple[str, ...]:
    """Return mean and median precision, mean recall, and the number of counted articles per true one."""
    pairs = list(found)
    precision = [len(ids & one.truth) / len(ids) if ids else 1.0 for one, ids in pairs]
    recall = [len(ids & one.truth) / len(one.truth) for one, ids in pairs]
    counted = sum(len(ids) for _, ids in pairs) / sum(len(one.truth) for one, _ in pairs)
    return f"{fmean(precision):.3f}", f"{median(precision):.2f}", f"{fmean(recall):.4f}", f"{counted:.2f}"


if __name__ == "__main__":
    print(section(Path(sys.argv[1]) if len(sys.argv) > 1 else None))

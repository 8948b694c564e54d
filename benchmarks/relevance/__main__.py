"""``python -m benchmarks.relevance [DIR...]``: judged sets (the shared ones by default) and titles of the news."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from benchmarks.corpus import CORPORA
from benchmarks.relevance.baselines import BASELINES
from benchmarks.relevance.judging import MODES, Figures, Ranker, figures, interval
from benchmarks.relevance.news_titles import news_by_title
from benchmarks.relevance.ours import SIGNALS, as_answered, indexed, ranker
from benchmarks.tables import table
from indexer.evaluation import JudgedSet, percentile, read_judged_set
from indexer.search.request import Reading

_HEAD = (
    "questions",
    "ranking",
    "nDCG@10",
    "MRR@10",
    "recall@10",
    "recall@100",
    "ours better in nDCG@10 by (95 %)",
)


def section(given: list[Path] | None = None) -> str:
    """Return all tables; ``given`` are folders of judged sets."""
    folders = given or sorted(path for path in (CORPORA / "retrieval").iterdir() if path.is_dir())
    sets = {folder.name: read_judged_set(folder) for folder in folders}
    with tempfile.TemporaryDirectory(prefix="tracuu-relevance-") as made:
        place = Path(made)
        parts = ["## Relevance (`python -m benchmarks.relevance [DIR...]`)\n\n" + _ABOUT]
        for name, judged in sets.items():
            _say(name)
            parts.append(_against_baselines(name, judged, place))
        _say("signals")
        parts.append(_signals(sets, place))
        _say("engines")
        parts.append(_engines(sets, place))
        if given is None:
            _say("titles of the news")
            parts.append(_news(place))
    return "\n\n".join(parts)


_ABOUT = (
    "Any-word reading. *Half of them*: every word of the question loses its diacritics with a chance of a half, by a"
    " fixed seed. Intervals are of a paired bootstrap over the questions, 2,000 resamples."
)


def _against_baselines(name: str, judged: JudgedSet, place: Path) -> str:
    rankers = {title: build(judged.documents, place) for title, build in BASELINES.items()}
    rows = []
    with indexed(judged, place, "tantivy") as engine:
        for mode in MODES:
            ours = figures(judged, mode, ranker(engine))
            rows.append((mode, "Tra Cứu", *ours.means(), ""))
            for title, rank in rankers.items():
                found = figures(judged, mode, rank)
                rows.append((mode, title, *found.means(), _better(ours, found)))
    return f"### {name}: {len(judged.queries)} questions, {len(judged.documents):,} documents\n\n" + table(
        _HEAD, rows
    )


def _better(ours: Figures, other: Figures) -> str:
    low, high = interval(ours.ndcg10, other.ndcg10)
    return f"{low:+.3f} … {high:+.3f}"


def _signals(sets: dict[str, JudgedSet], place: Path) -> str:
    rows: dict[str, list[str]] = {title: [title] for title in SIGNALS}
    for judged in sets.values():
        with indexed(judged, place, "tantivy") as engine:
            for title, weights in SIGNALS.items():
                rank = ranker(engine, weights)
                rows[title] += [figures(judged, mode, rank).means()[0] for mode in MODES]
    head = ["nDCG@10", *(f"{name}, {mode}" for name in sets for mode in MODES)]
    return "### What each signal gives\n\n" + table(head, list(rows.values()))


def _engines(sets: dict[str, JudgedSet], place: Path) -> str:
    rows = []
    for name, judged in sets.items():
        for kind in ("tantivy", "whoosh"):
            with indexed(judged, place, kind) as engine:
                timed, taken = _timed(ranker(engine))
                found = figures(judged, MODES[0], timed)
            rows.append(
                (name, kind, found.means()[0], f"{percentile(taken, 50):.1f}", f"{percentile(taken, 95):.1f}")
            )
    return "### tantivy and Whoosh, whole questions as typed, 100 hits\n\n" + table(
        ("set", "engine", "nDCG@10", "p50 ms", "p95 ms"), rows
    )


def _timed(rank: Ranker) -> tuple[Ranker, list[float]]:
    taken: list[float] = []

    def timed(text: str) -> list[str]:
        start = time.perf_counter()
        hits = rank(text)
        taken.append((time.perf_counter() - start) * 1000)
        return hits

    return timed, taken


_READINGS: tuple[tuple[Reading, str], ...] = (
    ("exact", "Tra Cứu, every word as a word (exact)"),
    ("close", "Tra Cứu, every syllable (close)"),
    ("some", "Tra Cứu, some of the words"),
)


def _news(place: Path) -> str:
    whole, some = news_by_title()
    # Whoosh takes a second for a whole title among 20,000 articles: a quarter of an hour for this table.
    rankers = {
        title: build(whole.documents, place) for title, build in BASELINES.items() if "Whoosh" not in title
    }
    rows = []
    with indexed(whole, place, "tantivy") as engine:
        for mode in MODES:
            for title, rank in {"Tra Cứu": ranker(engine), **rankers}.items():
                rows.append(("whole title", mode, title, figures(whole, mode, rank).means()[1]))
            for reading, title in _READINGS:
                found = figures(some, mode, ranker(engine, reading=reading))
                rows.append(("three words of it", mode, title, found.means()[1]))
            found = figures(some, mode, as_answered(engine))
            rows.append(
                ("three words of it", mode, "Tra Cứu, the readings one beneath the other", found.means()[1])
            )
    return (
        f"### The article of a title: {len(whole.queries):,} titles, {len(whole.documents):,} articles"
        " indexed without titles\n\n" + table(("question", "typed", "ranking", "MRR@10"), rows)
    )


def _say(what: str) -> None:
    print(f"relevance: {what} …", file=sys.stderr)


if __name__ == "__main__":
    print(section([Path(argument) for argument in sys.argv[1:]] or None))

"""Writes ready changes to catalog and index, and reports the outcome of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from indexer.indexing.pipeline import Pipeline
from indexer.model import Article
from indexer.push.arrivals import Ready
from indexer.push.task import Result
from indexer.sources import Problem

PLACE = "push"
"""The source of pushed articles, as seen by ``--prune`` of other sources."""
_MISSING = "it is missing"


class _Batch:
    """Articles as a source for the pipeline."""

    name = PLACE

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles

    def items(self) -> Iterator[Article | Problem]:
        yield from self._articles

    def progress(self) -> float | None:
        """Return None: the progress is not used."""
        return None


def write_batch(pipeline: Pipeline, ready: Sequence[Ready]) -> dict[int, tuple[Result, Sequence[str]]]:
    """Write changes together; return outcome and attachment problems of each, by task."""
    results: dict[int, tuple[Result, Sequence[str]]] = {}
    articles = [one.article for one in ready if one.article]
    kinds, problems = _outcomes(pipeline, articles) if articles else ({}, {})
    ids = {one.push.task: pipeline.id_of(one.push.slug) for one in ready if not one.article}
    there = [id for id in ids.values() if id is not None]
    gone = set(pipeline.remove(there)) if there else set()
    for one in ready:
        if one.article:
            id = one.article.id
            # The reason why a file could not be fetched replaces the problem that it is missing.
            said = {f"{problem.partition(': ')[0]}: {_MISSING}" for problem in one.problems}
            others = [problem for problem in problems.get(id, ()) if problem not in said]
            results[one.push.task] = (kinds.get(id, "failed"), [*one.problems, *others])
        else:
            results[one.push.task] = ("removed" if ids[one.push.task] in gone else "unknown", ())
    return results


def _outcomes(
    pipeline: Pipeline, articles: Sequence[Article]
) -> tuple[Mapping[str, Result], Mapping[str, list[str]]]:
    """Index ``articles``; return outcome and attachment problems of each, by id."""
    kinds: dict[str, Result] = {}
    problems: defaultdict[str, list[str]] = defaultdict(list)
    ids = {article.id for article in articles}
    for outcome in pipeline.index(_Batch(articles)):
        if outcome.item in ids and outcome.kind in ("indexed", "unchanged"):
            kinds[outcome.item] = "indexed" if outcome.kind == "indexed" else "unchanged"
        else:
            id = next((id for id in ids if outcome.item == id or outcome.item.startswith(f"{id}: ")), None)
            if id is not None:
                name = outcome.item[len(id) + 2 :]
                problems[id].append(": ".join(filter(None, (name, outcome.problem or _MISSING))))
    return kinds, problems

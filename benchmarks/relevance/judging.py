"""Questions as people type them, metrics of a ranking, and the certainty of differences."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.evaluation import JudgedSet, ndcg, recall, reciprocal_rank
from indexer.vietnamese.letters import fold, nfc

Ranker = Callable[[str], list[str]]
"""Returns the ids of the best articles for the words of a question."""

DEPTH = 100
MODES = ("as typed", "without diacritics", "half of them")
_SEED = 20_241_122
_RESAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Figures:
    """One value per question, in the order of the questions."""

    ndcg10: tuple[float, ...]
    mrr10: tuple[float, ...]
    recall10: tuple[float, ...]
    recall100: tuple[float, ...]

    def means(self) -> list[str]:
        """Return the four means as text."""
        return [
            f"{statistics.fmean(values):.4f}"
            for values in (self.ndcg10, self.mrr10, self.recall10, self.recall100)
        ]


def typed(text: str, mode: str, key: str) -> str:
    """Return a question as typed in ``mode``; ``key`` determines which words lose their diacritics."""
    if mode == "as typed":
        return text
    if mode == "without diacritics":
        return fold(nfc(text))
    chance = random.Random(f"{_SEED}-{key}")
    return " ".join(fold(word) if chance.random() < 0.5 else word for word in nfc(text).split())


def figures(judged: JudgedSet, mode: str, rank: Ranker) -> Figures:
    """Ask every judged question and score the results."""
    rows = []
    for key, text in judged.queries.items():
        relevant = {id: grade for id, grade in judged.relevance.get(key, {}).items() if grade > 0}
        if relevant:
            hits = rank(typed(text, mode, key))[:DEPTH]
            rows.append(
                (
                    ndcg(relevant, hits, 10),
                    reciprocal_rank(relevant, hits, 10),
                    recall(relevant, hits, 10),
                    recall(relevant, hits, 100),
                )
            )
    return Figures(*zip(*rows, strict=True))


def interval(ours: Sequence[float], other: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % interval of the mean of ``ours - other`` by a paired bootstrap over questions."""
    differences = [one - two for one, two in zip(ours, other, strict=True)]
    chance = random.Random(_SEED)
    means = sorted(
        statistics.fmean(chance.choices(differences, k=len(differences))) for _ in range(_RESAMPLES)
    )
    return means[round(_RESAMPLES * 0.025)], means[round(_RESAMPLES * 0.975) - 1]

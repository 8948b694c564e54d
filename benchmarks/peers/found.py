"""The results of a peer: precision and recall for all words, and its ranking of judged documents."""

from __future__ import annotations

from collections.abc import Callable
from statistics import fmean
from typing import Any

from benchmarks.peers.inputs import judged_set
from benchmarks.peers.protocol import HITS, Searcher
from benchmarks.precision import judged_queries, sample
from benchmarks.questions.judged import KINDS, asked, grades
from benchmarks.relevance.judging import MODES, figures
from indexer.evaluation import ndcg
from indexer.vietnamese.letters import fold

JUDGED_MODES = MODES[:2]
_SPELLED: dict[str, Callable[[str], str]] = {"as typed": str, "without accents": fold}


def judge(collection: str, searcher: Searcher) -> dict[str, Any]:
    """Return the figures for one judged collection, by way of typing."""
    if collection == "precision":
        return _counted(searcher)
    if collection == "questions":
        return _everyday(searcher)
    judged = judged_set(collection)
    return {
        mode: fmean(figures(judged, mode, lambda text: searcher.ranked(text, HITS)).ndcg10)
        for mode in JUDGED_MODES
    }


def _counted(searcher: Searcher) -> dict[str, Any]:
    """Return mean precision and recall of the counted matches for the queries of :mod:`benchmarks.precision`."""
    judged = judged_queries(sample())
    found: dict[str, Any] = {}
    for way, spelled in _SPELLED.items():
        pairs = [(one.truth, searcher.matching(spelled(one.text))) for one in judged]
        found[way] = {
            "precision": fmean(len(ids & truth) / len(ids) if ids else 1.0 for truth, ids in pairs),
            "recall": fmean(len(ids & truth) / len(truth) for truth, ids in pairs),
        }
    return found


def _everyday(searcher: Searcher) -> dict[str, Any]:
    """Return mean nDCG@10 of the first page by kind of question, and the share of its results that were ever judged.

    Grades were given to results of our own ranking, so each page is judged without unjudged results (condensed lists: Sakai
    2007); the share tells how much that leaves out.
    """
    read, shares = grades(), []
    scores: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for one in asked():
        graded, page = read[one.need], searcher.shown(one.text)
        known = [id for id in page if id in graded]
        scores[one.kind].append(ndcg({id: grade for id, grade in graded.items() if grade}, known, HITS))
        shares.append(len(known) / max(1, len(page)))
    whole = [score for of_kind in scores.values() for score in of_kind]
    return {
        **{kind: fmean(of_kind) for kind, of_kind in scores.items()},
        "all": fmean(whole),
        "read": fmean(shares),
    }

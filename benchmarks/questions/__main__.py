"""``python -m benchmarks.questions FOLDER``: the first page for everyday questions, by kind of query.

The collection is indexed in FOLDER if it is not there yet. Pages are judged as displayed: the hits, followed by less relevant
ones if they do not fill the page.
"""

from __future__ import annotations

import statistics
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import results
from benchmarks.questions.collection import indexed
from benchmarks.questions.judged import KINDS, asked, grades
from benchmarks.tables import table
from indexer.evaluation import ndcg
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search

_PAGE, _FIRST = 10, 5
_BEFORE = {
    "accents": ("0.724", "0.622"),
    "bare": ("0.675", "0.593"),
    "question": ("0.562", "0.416"),
    "slip": ("0.607", "0.543"),
    "law": ("0.871", "0.544"),
    "all": ("0.691", "0.568"),
}
"""nDCG@10 and P@5 of the ranking for which the questions were written, with the current grades."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of one query, from 0 to 1."""

    ndcg10: float
    precision5: float
    """Share of useful or answering results among the first five."""
    read: float
    """Share of graded results among the first ten; results without a grade count as useless."""


def shown(service: SearchService, text: str) -> list[str]:
    """Return the ids of the first page for ``text``."""
    response = service.search(SearchRequest(text, size=_PAGE))
    relaxed = response.relaxed.hits if response.relaxed else ()
    return [hit.id for hit in (*response.hits, *relaxed)][:_PAGE]


def scores(graded: Mapping[str, int], page: Sequence[str]) -> Scores:
    """Score one page of ids by the grades of what is needed."""
    return Scores(
        ndcg({id: grade for id, grade in graded.items() if grade}, page, _PAGE),
        sum(graded.get(id, 0) > 0 for id in page[:_FIRST]) / _FIRST,
        sum(id in graded for id in page) / max(1, len(page)),
    )


def judge(service: SearchService) -> dict[str, list[Scores]]:
    """Return the scores of all queries by their kind."""
    read = grades()
    found: defaultdict[str, list[Scores]] = defaultdict(list)
    for one in asked():
        found[one.kind].append(scores(read[one.need], shown(service, one.text)))
    return dict(found)


def section(folder: Path) -> str:
    """Return the table."""
    service = open_search(indexed(folder))
    by_kind = judge(service)
    service.close()
    by_kind["all"] = [score for of_kind in by_kind.values() for score in of_kind]
    rows = [
        (
            KINDS.get(kind, kind),
            str(len(of_kind)),
            *_BEFORE[kind],
            *(
                f"{statistics.fmean(values):.3f}"
                for values in zip(*((s.ndcg10, s.precision5, s.read) for s in of_kind), strict=True)
            ),
        )
        for kind, of_kind in by_kind.items()
    ]
    return (
        "## Everyday questions (`python -m benchmarks.questions FOLDER`): demo portal, 20,000 news with bodies, laws, gazette\n\n"
        + table(
            ("query", "queries", "nDCG@10 before", "P@5 before", "nDCG@10", "P@5", "read of the first ten"),
            rows,
        )
    )


if __name__ == "__main__":
    results.put([section(Path(sys.argv[1]))])

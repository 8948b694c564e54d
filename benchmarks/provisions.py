"""``python -m benchmarks.provisions``: chapters, articles and clauses in the full texts of laws, and references to them."""

from __future__ import annotations

import time

from benchmarks.directives import laws
from benchmarks.tables import table
from indexer.directives.citations import find_citations
from indexer.provisions.outline import outline_of
from indexer.provisions.references import references_in

_TOGETHER = 12
"""How often all laws are joined into one text, to check that time grows linearly."""


def section() -> str:
    """Return what is found in the laws, whether its numbers are in sequence, and how long it takes."""
    bodies = [str(law["body"]) for law in laws() if law["body"]]
    start = time.process_time()
    outlines = [outline_of(body) for body in bodies]
    reading = time.process_time() - start
    megabytes = sum(len(body.encode()) for body in bodies) / 1e6
    whole = "\n".join(bodies * _TOGETHER)
    start = time.process_time()
    outline_of(whole)
    together = (time.process_time() - start) / (len(whole.encode()) / 1e6)
    references = [
        one
        for body, outline in zip(bodies, outlines, strict=True)
        for one in references_in(body, outline, find_citations(body))
    ]
    rising = sum(
        [one.number for one in outline.articles]
        == [str(n) for n in range(1, sum(1 for _ in outline.articles) + 1)]
        for outline in outlines
    )
    kinds = [one.kind for outline in outlines for one in outline.provisions]
    rows = [
        ("laws with a text", f"{len(bodies)}"),
        ("of which the numbers of articles rise by one from 1, none besides", f"{rising}"),
        *(
            (f"{kind}s", f"{kinds.count(kind):,}")
            for kind in ("part", "chapter", "section", "article", "clause")
        ),
        (
            "mentions that lead to an article of the same text",
            f"{sum(one.key is None for one in references):,}",
        ),
        ("mentions of articles of another document", f"{sum(one.key is not None for one in references):,}"),
        ("ms a megabyte, each law by itself", f"{1000 * reading / megabytes:.0f}"),
        (f"ms a megabyte, all {_TOGETHER} times in one text", f"{1000 * together:.0f}"),
    ]
    return "## Long texts (`python -m benchmarks.provisions`)\n\n" + table(("", ""), rows)


if __name__ == "__main__":
    print(section())

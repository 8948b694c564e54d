"""``python -m benchmarks.hurting FOLDER [DATA]``: what the dearest queries that one can think of cost beside usual ones.

Of the news in FOLDER, or of the data directory DATA. Among them is the longest facet request: all values of one facet.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from random import Random

from benchmarks.corpus import queries
from benchmarks.tables import table
from indexer.contract.limits import LONGEST_QUERY
from indexer.evaluation import percentile
from indexer.search.facets import KEYWORD_FACETS
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import Settings
from webui import create_app

MOST = 60
"""Maximum ratio to the median of usual queries."""
_ROUNDS = 3
_COUNTED: tuple[dict[str, list[str]], ...] = (
    {},
    {"q": ["nam"]},
    {"q": ["nam"], "reading": ["some"]},
    {"q": ["của các"], "date": ["2024", "2023"], "source": ["x", "y"], "category": ["x", "y"]},
)
"""Parameters of facet requests."""
_SEED = 20_250_701
_COMMON = "hội ninh bình hải phòng tỉnh nam thành phố công an nhân dân thị xã đường quận huyện phường".split()
_SHORT = "UBND HĐND QH CP TW TU BCH BTV BBT UBKT CTN CBCC NTM QPAN CCVC XHCN VPCP TTCP KTNN BTCTW".split()


def hurting() -> Iterator[tuple[str, SearchRequest]]:
    """Yield classes of queries by name, the same in every run; each text has the maximum length of a query."""
    random = Random(_SEED)
    onsets, rimes = (
        "b c d g h k l m n p q r s t v x th tr nh ng ph kh ch".split(),
        "a e i o u an in on".split(),
    )
    syllables = [onset + rime for onset in onsets for rime in rimes]
    random.shuffle(syllables)
    many = _COMMON * 20
    texts = {
        "`a*`": "a*",
        "`th*`": "th*",
        "all beginnings of two letters": " ".join(f"{one[:2]}*" for one in syllables),
        "beginnings of one letter behind words": " ".join(f"{word} t*" for word in many),
        "one letter OR another, 100 times": " OR ".join(random.choices("abcdehiklmnoprstuvxy", k=500)),
        "a common word OR another, 60 times": " OR ".join(many),
        "nested brackets": "(" * 250 + "a" + ")" * 250,
        "nested NOT": "NOT (" * 60 + "a b" + ")" * 60,
        "nested OR": "".join(f"({word} OR " for word in many)[:400] + "x" + ")" * 100,
        "`[* TO *]`": "[* TO *]",
        "`ngày:[* TO *]`": "ngày:[* TO *]",
        "512 quotes": '"' * LONGEST_QUERY,
        "one phrase of 512 characters": f'"{" ".join(many)[:500]}"',
        "phrases of function words": " ".join(f'"{a} {b}"' for a in ("của", "các", "và") for b in _COMMON),
        "a typo allowed in every word": " ".join(f"{word}~" for word in many),
        "a typo allowed in every letter": "a~ b~ c~ d~ e~ " * 40,
        "words that all articles have": "và của các là trong có cho được với một " * 12,
        "170 different words": " ".join(syllables),
        "nothing but exclusions": " ".join(f"-{word}" for word in many),
        "abbreviations": " ".join(_SHORT * 8),
        "numbers of documents": " ".join(f"{n}/QĐ-UBND" for n in range(1, 100)),
        "dates": " ".join(f"ngày {n}/1/2020" for n in range(1, 100)),
        "one word of 512 letters": "a" * LONGEST_QUERY,
        "combining marks": "a\u0301\u0323" * 170,
        "everything, many times": "* OR " * 100 + "*",
        "names of files": " OR ".join(f"tệp:{word}" for word in many),
    }
    for name, text in texts.items():
        yield name, SearchRequest(text[:LONGEST_QUERY])
    yield "the last page of all", SearchRequest("nam", page=1000)
    yield "the last page of a hundred results", SearchRequest("nam", page=100, size=100)
    yield "a hundred results", SearchRequest("ninh bình", size=100)
    values = tuple(f"x{n}" for n in range(50))
    dates = tuple(str(year) for year in range(1975, 2025))
    yield "150 ticks", SearchRequest("nam", source=values, category=values, date=dates)


def cost(service: SearchService, request: SearchRequest, rounds: int = _ROUNDS) -> float:
    """Return the milliseconds that ``request`` takes, the best of ``rounds``."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        service.search(request)
        best = min(best, (time.perf_counter() - start) * 1000)
    return best


def facet_cost(service: SearchService) -> float:
    """Return the milliseconds of the longest request for all values of a facet: of all articles, with ticks, of a common word."""
    client = create_app(service).test_client()
    found = []
    for facet, query in product(KEYWORD_FACETS, _COUNTED):
        took = []
        for _ in range(_ROUNDS):
            start = time.perf_counter()
            answer = client.get(f"/search/values/{facet}", query_string=query)
            took.append((time.perf_counter() - start) * 1000)
            if answer.status_code != 200:
                raise RuntimeError(f"{facet} {query}: {answer.status}")
        found.append(min(took))
    return max(found)


def section(folder: Path, data: Path | None = None) -> str:
    """Return the table; all in one process and run. ``data`` is another data directory than that of the news in ``folder``."""
    service = open_search(Settings(data=data or folder / "ours-all", rate_limit=0))
    articles = service.searcher().index.snapshot.count()
    usual = [cost(service, SearchRequest(text)) for text in queries()]
    median = percentile(usual, 50)
    rows = [("usual queries, median", f"{median:.1f}", "1")]
    rows.append(
        ("usual queries, p95", f"{percentile(usual, 95):.1f}", f"{percentile(usual, 95) / median:.1f}")
    )
    costs = [(cost(service, request), name) for name, request in hurting()]
    found = sorted([*costs, (facet_cost(service), "the longest facet request, as a page")], reverse=True)
    rows += [(name, f"{ms:.1f}", f"{ms / median:.1f}") for ms, name in found]
    return (
        "## Queries that hurt (`python -m benchmarks.hurting FOLDER [DATA]`): "
        f"{articles:,} articles; limit {MOST} times the median\n\n"
        + table(("", "ms", "times the median"), rows)
    )


if __name__ == "__main__":
    print(section(Path(sys.argv[1]), *map(Path, sys.argv[2:3])))

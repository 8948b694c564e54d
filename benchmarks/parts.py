"""The parts of ``make bench`` by their names in commands; each turns FOLDER into a section of RESULTS.md.

``HOUR`` has those that a quiet machine with two processors completes within an hour; those in ``LONGER`` are measured on
request by name. Add a line here for a new table.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks import (
    attachments,
    bulk,
    crawl,
    directives,
    document_heads,
    duplicates,
    find,
    first_requests,
    gold,
    grown_find,
    hurting,
    keys,
    legacy,
    news_index,
    ocr,
    overload,
    pages,
    precision,
    provisions,
    push,
    related,
    saved_pages,
    scaling,
    segmentation,
    service_kills,
    serving,
    shares,
    site,
    status,
    suggestions,
)
from benchmarks.peers import section as peers
from benchmarks.questions import __main__ as questions
from benchmarks.relevance import __main__ as relevance

Part = Callable[[Path], str]


def _alone(section: Callable[[], str]) -> Part:
    """Return a part that needs no index."""
    return lambda folder: section()


def _over_all(section: Part) -> Part:
    """Return a part that searches all of the news."""

    def over_all(folder: Path) -> str:
        news_index.built(folder, "all")
        return section(folder)

    return over_all


def _grown(folder: Path) -> str:
    for size in ("all", "grown"):
        news_index.built(folder, size)
    return grown_find.section([folder / "ours-all", folder / "ours-grown"])


_SPEED: dict[str, Part] = {
    "indexing": news_index.indexing,
    "size": news_index.size,
    "find": _over_all(find.section),
    "hurting": _over_all(hurting.section),
    "shares": _over_all(shares.section),
    "serving": _over_all(serving.section),
    "site": _over_all(site.section),
    "overload": _over_all(overload.section),
    "push": push.section,
    "first_requests": first_requests.section,
    "bulk": _alone(bulk.section),
    "keys": _alone(keys.section),
    "segmentation": _alone(segmentation.section),
}
_FOUND: dict[str, Part] = {
    "suggestions": _over_all(suggestions.section),
    "precision": precision.section,
    "questions": questions.section,
    "related": _over_all(related.section),
    "duplicates": _alone(duplicates.section),
}
_READ: dict[str, Part] = {
    "directives": _alone(directives.section),
    "provisions": _alone(provisions.section),
    "document_heads": _alone(document_heads.section),
    "gold": _alone(gold.section),
    "status": _alone(status.section),
    "attachments": _alone(attachments.section),
    "pages": _alone(pages.section),
    "legacy": _alone(legacy.section),
    "saved_pages": _alone(saved_pages.section),
    "crawl": _alone(crawl.section),
}
HOUR: dict[str, Part] = {**_SPEED, "peers": partial(peers.section, whole=False), **_FOUND, **_READ}
LONGER: dict[str, Part] = {
    "peers_whole": peers.section,
    "grown_find": _grown,
    "scaling": scaling.section,
    "relevance": _alone(relevance.section),
    "ocr": _alone(ocr.section),
    "service_kills": service_kills.section,
}

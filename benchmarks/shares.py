"""``python -m benchmarks.shares FOLDER [INDEX [QUERY…]]``: how the time of a page of results is spent, for FOLDER/ours-all or
another index, by the 200 queries of :mod:`benchmarks.corpus` or the given ones.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import flask

from benchmarks.corpus import queries
from benchmarks.tables import table
from indexer.engine.opening import open_engine
from indexer.evaluation import percentile
from indexer.search import answer as answering
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService
from indexer.settings import Settings
from webui import create_app
from webui.context.clock import today
from webui.presenters.page_meta import results_meta
from webui.presenters.results import results_view
from webui.presenters.search_summary import search_summary

_ROUNDS = 3
_ENGINE = ("search", "documents", "by_slug", "pages", "frequencies", "terms")


class _Clock:
    """Sums up the seconds spent in what it wraps, excluding wrapped parts inside."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._inner = 0.0

    def wrap(self, owner: object, name: str, share: str) -> None:
        run: Callable[..., Any] = getattr(owner, name)

        def timed(*arguments: Any, **options: Any) -> Any:
            outer, self._inner, start = self._inner, 0.0, time.perf_counter()
            try:
                return run(*arguments, **options)
            finally:
                whole = time.perf_counter() - start
                self.spent[share] = self.spent.get(share, 0.0) + whole - self._inner
                self._inner = outer + whole

        setattr(owner, name, timed)


def section(folder: Path, index: str = "ours-all", *asked: str) -> str:
    """Return the table: milliseconds of each part, the best of several rounds for each query, in one process."""
    settings = Settings(data=folder / index)
    engine = open_engine(settings)
    service = SearchService(engine, settings)
    app, clock, texts = create_app(service), _Clock(), asked or queries()
    for name in _ENGINE:
        clock.wrap(engine.snapshot(), name, "engine: match, rank, count")
    clock.wrap(answering, "shown_hits", "stored articles, snippets and marks")
    clock.wrap(service.searcher(), "search", "reading the query, did you mean, facets")
    best: dict[str, dict[str, float]] = {}
    for counted in range(_ROUNDS + 1):
        for text in texts:
            clock.spent = {}
            _page(app, clock, text)
            if counted:
                kept = best.setdefault(text, dict.fromkeys(clock.spent, math.inf))
                for name, spent in clock.spent.items():
                    kept[name] = min(kept.get(name, math.inf), spent * 1000)
    names = list(dict.fromkeys(name for parts in best.values() for name in parts))
    means = {name: sum(parts.get(name, 0.0) for parts in best.values()) / len(best) for name in names}
    whole = sum(means.values())
    rows = [
        (
            name,
            f"{means[name]:.2f}",
            f"{percentile([parts.get(name, 0.0) for parts in best.values()], 95):.2f}",
            f"{means[name] / whole:.0%}",
        )
        for name in names
    ]
    return (
        "## Where the time of `/search` goes (`python -m benchmarks.shares FOLDER`):"
        f" {engine.snapshot().count():,} articles, one process\n\n"
        + table(("", "mean ms", "p95 ms", "share"), rows)
    )


def _page(app: flask.Flask, clock: _Clock, text: str) -> None:
    with app.test_request_context(f"/search?q={quote_plus(text)}"):
        start = time.perf_counter()
        app.preprocess_request()
        clock.spent["server: request, headers, language"] = time.perf_counter() - start
        request = SearchRequest(text)
        response = app.extensions["tracuu"].search(request)
        start = time.perf_counter()
        view = results_view(request, response, today())
        arranged = time.perf_counter()
        page = flask.render_template(
            "results.html",
            view=view,
            text=text,
            ping=None,
            meta=results_meta(view),
            summary=search_summary(request, view.results, today(), flask.request.url),
        )
        rendered = time.perf_counter()
        app.process_response(flask.make_response(page))
        clock.spent["arranging: links, ticks, bars"] = arranged - start
        clock.spent["rendering: the template"] = rendered - arranged
        clock.spent["server: request, headers, language"] += time.perf_counter() - rendered


if __name__ == "__main__":
    print(section(Path(sys.argv[1]), *sys.argv[2:]))

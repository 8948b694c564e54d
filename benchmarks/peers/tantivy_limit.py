"""The limit: tantivy alone with the same clauses, three facets and ten stored documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tantivy

from indexer.engine.protocol import EngineRequest
from indexer.engine.tantivy_.clauses import Translator
from indexer.query.parser import parse
from indexer.query.plan import Planner

_FACETS = {
    name: {"terms": {"field": name, "size": 65_000, "segment_size": 65_000}}
    for name in ("source", "category", "month")
}


class Limit:
    """Queries are prepared in advance; only the library is timed."""

    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        self._searcher = self._index.searcher()
        self._translator = Translator(self._index.schema)

    def prepare(self, text: str) -> tuple[tantivy.Query, tantivy.Query]:
        """Return the query that ranks and the one that counts facets."""
        plan = Planner().plan(parse(text), "close")
        request = EngineRequest(plan.match, plan.rank)
        match = self._translator.query(request.match)
        ranked = [(tantivy.Occur.Should, self._translator.query(clause)) for clause in request.rank]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, match), *ranked]), match

    def search(self, prepared: tuple[tantivy.Query, tantivy.Query]) -> list[Any]:
        """Return ten stored values after counting three facets."""
        ranked, match = prepared
        self._searcher.aggregate(match, _FACETS)
        hits = self._searcher.search(ranked, 10, False).hits
        return [self._searcher.doc(address).get_first("stored") for _, address in hits]

"""Questions that a new index must answer before it becomes the current one."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.catalog.catalog import Catalog
from indexer.contract.limits import LARGEST_PAGE
from indexer.directives.number import parse_number
from indexer.engine import clauses as c
from indexer.engine.fields import ID
from indexer.engine.protocol import Engine, EngineRequest
from indexer.errors import UsageError
from indexer.query import tree
from indexer.query.parser import plain_words
from indexer.query.plan import Planner
from indexer.search.request import SearchRequest
from indexer.search.response import SearchResponse
from indexer.search.service import SearchService
from indexer.stored.article import StoredArticle, unpack

_WITHIN = 10
_SHAPE = '{"query": "khai sinh", "ids": ["an id"], "within": 10}, where within may be omitted'
_SAMPLED = 50
"""Articles that must be found by their own titles and numbers: a field that is missing or differently analysed
misses most of them. Of 20,000 titles of the news none fails on a good index."""


@dataclass(frozen=True, slots=True)
class GoldenQuery:
    """A query and the articles that must be among its first hits."""

    text: str
    ids: tuple[str, ...]
    within: int = _WITHIN
    """So many hits are looked at, at most a page."""


def read_golden(path: Path) -> tuple[GoldenQuery, ...]:
    """Read lines of ``{"query": …, "ids": […], "within": 10}``; UsageError names what is wrong and where."""
    queries = []
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                queries.append(_read(line, f"{path}:{number}"))
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8: {error}") from error
    if not queries:
        raise UsageError(f"{path} contains no query")
    return tuple(queries)


def _read(line: str, where: str) -> GoldenQuery:
    try:
        values = json.loads(line)
        query = GoldenQuery(values.pop("query"), tuple(values.pop("ids")), values.pop("within", _WITHIN))
    except ValueError as error:
        raise UsageError(f"{where} is not JSON: {error}") from error
    except KeyError as error:
        raise UsageError(f"{where} has no {error.args[0]}; it must be {_SHAPE}") from error
    except (TypeError, AttributeError) as error:
        raise UsageError(f"{where} must be {_SHAPE}") from error
    if values:
        raise UsageError(f"{where}: unknown {', '.join(values)}; use query, ids and within")
    if not isinstance(query.text, str) or not query.ids or not all(isinstance(id, str) for id in query.ids):
        raise UsageError(f"{where}: query must be a string, and ids a list of strings")
    if not isinstance(query.within, int) or not 1 <= query.within <= LARGEST_PAGE:
        raise UsageError(f"{where}: within must be from 1 to {LARGEST_PAGE}")
    return query


def failing(service: SearchService, queries: Sequence[GoldenQuery]) -> Iterator[str]:
    """Yield a sentence for every query that does not find all its articles."""
    for query in queries:
        response = service.search(SearchRequest(query.text, size=query.within))
        missing = [id for id in query.ids if id not in _first(response, query.within)]
        if missing:
            yield f"{query.text!r} does not find {', '.join(missing)} among the first {query.within}"


def _first(response: SearchResponse, number: int) -> set[str]:
    """Return the ids of the first hits as people see them: the relaxed ones behind the others, copies beside theirs."""
    hits = [*response.hits, *(response.relaxed.hits if response.relaxed else ())][:number]
    return {id for hit in hits for id in (hit.id, *(copy.id for copy in hit.copies))}


def unfound(catalog: Catalog, engine: Engine) -> Iterator[str]:
    """Yield a sentence for every article of a sample that is not found by its own title and numbers."""
    ids = list(catalog.ids())
    for id in random.Random(len(ids)).sample(ids, min(len(ids), _SAMPLED)):
        change = catalog.change(id)
        if change is not None and change.record is not None:
            for what, match in _own(unpack(change.record.stored)):
                asked = EngineRequest(c.All((match, c.Term(ID, id))), limit=0)
                if engine.snapshot().search(asked).total != 1:
                    yield f"article {id!r} can't be found by its {what}"


def _own(article: StoredArticle) -> Iterator[tuple[str, c.Clause]]:
    title = plain_words(article.title)
    if tree.words_of(title):
        yield "title", Planner().plan(title, "close").match
    for number in filter(None, map(parse_number, article.numbers)):
        yield f"number {number.number}", c.Term("number", number.key)

"""``python -m benchmarks.large_index FOLDER [MILLIONS]``: limits of the cluster's engine on that many articles, by default 2 million.

The articles are made up, and sent past our analysis, which would take hours: each has six words and some ten values, so two
million have more than thirty million postings. The numbers of values are those of a large collection where limits are doubted:
values of facets, documents borne and cited, copies of texts. All counts are
compared with the truth. Three nodes run on this machine (``tests/cluster/nodes.py``) with 256 MB of heap each and do not cache
answers.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from benchmarks.cluster import keep_no_answers
from benchmarks.tables import table
from indexer.engine.clauses import Everything, Term
from indexer.engine.fields import ANY_TEXT, SAME_TEXT, WHOLE_TEXT
from indexer.engine.opening import index_path, index_size, open_engine, remove_index
from indexer.engine.opensearch_.administration import index_name
from indexer.engine.opensearch_.connection import Connection
from indexer.engine.opensearch_.schema import FOLD, counted_twin
from indexer.engine.protocol import Engine, EngineRequest, EngineResponse, Snapshot
from indexer.engine.sort_keys import sort_keys
from indexer.model import UNDATED
from indexer.opensearch_settings import OpenSearchSettings
from indexer.settings import Settings
from tests.cluster import nodes
from tests.engine.entries import entry

_BLOCK = 100_000
"""Articles that are made once and sent again and again with other ids."""
_CHUNK = 8_000
_MARK = "§§§"
"""Stands for the number of the round in which a block is sent."""
_SIZES = {"source": 3_000, "category": 60, "type": 40, "issuer": 20_000, "cites": 300_000}
"""Number of values; they are distributed as words are (Zipf), so a block may not have all."""
_WORDS = 60_000
_SHARDS = 6
_SECONDS = 600.0
_LONG = 30.0
"""Seconds from which a question is asked only once."""
_SIX = ("source", "category", "type", "issuer", "file_type", "month")
"""Facets of a page of results."""
_OURS = 2
"""Articles beside the made ones, which the engine has put itself."""
_RIGHT = {True: "right", False: "WRONG"}


def main() -> None:
    """Print the table."""
    if reason := nodes.use():
        sys.exit(reason)
    millions = float(sys.argv[2]) if len(sys.argv) > 2 else 2.0
    settings = Settings(
        data=Path(sys.argv[1]),
        engine="opensearch",
        opensearch=OpenSearchSettings(
            hosts=nodes.HOSTS, index="large", shards=_SHARDS, replicas=0, search_seconds=_SECONDS
        ),
    )
    settings.data.mkdir(parents=True)
    with closing(open_engine(settings, create=True)) as engine:
        try:
            print(section(settings, engine, round(millions * 1e6 / _BLOCK)))
        finally:
            remove_index(settings, index_path(settings))


def section(settings: Settings, engine: Engine, rounds: int) -> str:
    """Return the table."""
    _commit(engine, "first")
    block = list(_block(random.Random(31)))
    made = [json.dumps(one, ensure_ascii=False) for one in block]
    start = time.perf_counter()
    index = index_name(index_path(settings))
    with closing(Connection(settings.opensearch)) as connection, ThreadPoolExecutor(2) as senders:
        for number in range(rounds):
            lines = [one.replace(_MARK, f"{number:03}") for one in made]
            list(senders.map(lambda part: _send(connection, f"/{index}/_bulk", part), _parts(lines)))
        filled = time.perf_counter() - start
        committed = _taken(lambda: _commit(engine, "last"))
        keep_no_answers(settings)
        rows = list(_questions(engine, block, rounds))
        for number in range(25):
            _commit(engine, f"commit {number}")
        state = connection.ask("GET", f"/{settings.opensearch.index}-state/_doc/{index}")["_source"]
    size = index_size(settings) / rounds / _BLOCK
    said = f"State document after 27 commits of {_SHARDS} shards: {len(json.dumps(state)) / 1000:,.1f} KB."
    return (
        f"{rounds * _BLOCK:,} articles in {_SHARDS} shards, sent in {filled:,.0f} s and committed in {committed[0]:,.1f} s;"
        f" {size:,.0f} bytes each, without their texts.\n\n"
        f"{table(('', 'seconds', 'answer', 'here', 'peak heap of a node'), rows)}\n\n{said}"
    )


def _questions(engine: Engine, block: Sequence[dict[str, Any]], rounds: int) -> Iterator[Sequence[str]]:
    """Yield a row for each question, with what it took and whether the answer is right."""
    truth = _Truth(block, rounds)
    newest = EngineRequest(Everything(), facets=_SIX, sort="newest")
    some = random.Random(3).sample(sorted({value for one in block for value in one["cites"]}), 300)
    asked: dict[str, tuple[Callable[[Snapshot], Any], Callable[[Any], str]]] = {
        "everything, newest first, six facets": (lambda one: one.search(newest), truth.of_everything),
        "the same, copies folded": (lambda one: one.search(replace(newest, fold=True)), truth.of_everything),
        "the most frequent word, ranked, six facets": (_word("=w0"), _total),
        "the rarest word": (_word(f"=w{_WORDS - 1}"), _total),
        "the facet of cited documents": (_facet("cites"), truth.of_everything),
        "the facet of numbers": (_facet("number"), truth.of_everything),
        "the 100 most cited documents": (lambda one: one.terms("cites", "", 100), truth.of_most_cited),
        "articles that cite each of 300 documents": (
            lambda one: dict(zip(some, one.frequencies("cites", some), strict=True)),
            truth.of_citing,
        ),
    }
    for name, (ask, judge) in asked.items():
        snapshot = engine.snapshot()
        seconds, answer = _taken(lambda: ask(snapshot))  # noqa: B023 - called at once
        again = _taken(lambda: ask(snapshot))[0] if seconds < _LONG else seconds  # noqa: B023
        memory = f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB"
        yield name, f"{seconds:.2f}, then {again:.2f}", judge(answer), memory, f"{_heap():,.0f} MB"


def _word(term: str) -> Callable[[Snapshot], EngineResponse]:
    return lambda one: one.search(EngineRequest(Term(WHOLE_TEXT, term), facets=_SIX))


def _facet(name: str) -> Callable[[Snapshot], EngineResponse]:
    return lambda one: one.search(EngineRequest(Everything(), facets=(name,), sort="newest"))


def _total(found: EngineResponse) -> str:
    return f"{found.total:,} articles"


class _Truth:
    """What is to be found: each value of a block as often as it was sent."""

    def __init__(self, block: Sequence[dict[str, Any]], rounds: int) -> None:
        self._block, self._rounds = block, rounds

    def counts(self, field: str) -> dict[str, int]:
        """Return the values of ``field`` with their numbers of articles."""
        values = Counter(value for one in self._block for value in _values(one.get(field, ())))
        if field == "number":
            numbers = range(self._rounds)
            return {value.replace(_MARK, f"{n:03}"): one for value, one in values.items() for n in numbers}
        undated = {UNDATED: _OURS} if field == "month" else {}
        return {value: one * self._rounds for value, one in values.items()} | undated

    def of_everything(self, found: EngineResponse) -> str:
        values = sum(map(len, found.facets.values()))
        right = found.total == self._rounds * _BLOCK + _OURS and all(
            self.counts(name) == counted for name, counted in found.facets.items()
        )
        folded = f", {found.folded:,} folded of {self._rounds * _BLOCK // 5:,}" if found.folded else ""
        return f"{found.total:,} articles, {values:,} values: {_RIGHT[right]}{folded}"

    def of_most_cited(self, found: list[tuple[str, int]]) -> str:
        cited = sorted(self.counts("cites").items(), key=lambda one: (-one[1], one[0]))
        return f"{len(found)} documents: {_RIGHT[found == cited[: len(found)]]}"

    def of_citing(self, found: dict[str, int]) -> str:
        cited = self.counts("cites")
        return f"{sum(found.values()):,} citations: {_RIGHT[found == {one: cited[one] for one in found}]}"


def _block(turns: random.Random) -> Iterator[dict[str, Any]]:
    """Yield the articles of a block; every 20th shares its text with four others."""
    drawn = {name: _zipf(turns, f"{name} ", size, 3 * _BLOCK) for name, size in _SIZES.items()}
    words = _zipf(turns, "=w", _WORDS, 6 * _BLOCK)
    for n in range(_BLOCK):
        id = f"{_MARK}-{n:06}"
        second = 1_000_000_000 + turns.randrange(800_000_000)
        newest, oldest = sort_keys(second, id)
        text = sorted(set(words[6 * n : 6 * n + 6]))
        made: dict[str, Any] = {
            "id": id, "slug": id, "stored": "AA==", "newest": newest, "oldest": oldest,
            "month": time.strftime("%Y-%m", time.gmtime(second)), FOLD: f"i{id}",
            WHOLE_TEXT: " ".join(text), counted_twin(WHOLE_TEXT): text,
            "cites": sorted(set(drawn["cites"][3 * n : 3 * n + turns.randrange(4)])),
            **{name: drawn[name][n] for name in ("source", "category", "type", "issuer")},
        }  # fmt: skip
        if n % 7 == 0:
            made["number"] = f"{n}/{_MARK}"
        if n % 20 < 5:
            made[FOLD] = f"t{_MARK}-{n // 20}"
            made[SAME_TEXT] = [f"{_MARK}-{n // 20}", ANY_TEXT]
        yield made


def _zipf(turns: random.Random, name: str, size: int, number: int) -> list[str]:
    weights = list(accumulate(1 / rank for rank in range(1, size + 1)))
    return [f"{name}{rank}" for rank in turns.choices(range(size), cum_weights=weights, k=number)]


def _values(found: Any) -> Sequence[str]:
    return [found] if isinstance(found, str) else found


def _parts(lines: Sequence[str]) -> Iterator[bytes]:
    for at in range(0, len(lines), _CHUNK):
        yield "".join(f'{{"index":{{}}}}\n{line}\n' for line in lines[at : at + _CHUNK]).encode()


def _send(connection: Connection, path: str, part: bytes) -> None:
    found = connection.ask("POST", path, part, seconds=_SECONDS, filter_path="errors,items.*.error")
    if found["errors"]:
        raise RuntimeError(str(found)[:1_000])


def _commit(engine: Engine, id: str) -> None:
    with engine.writer() as writer:
        writer.put(entry(id, "=w"))


def _heap() -> float:
    """Return the largest heap of a node so far, in MB."""
    with urlopen(f"{nodes.HOSTS[0]}/_nodes/stats/jvm") as found:
        told = json.load(found)["nodes"].values()
    pools = [one["jvm"]["mem"]["pools"].values() for one in told]
    return float(max(sum(pool["peak_used_in_bytes"] for pool in some) for some in pools)) / 1e6


def _taken(action: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    done = action()
    return time.perf_counter() - start, done


if __name__ == "__main__":
    main()

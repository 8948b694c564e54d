"""Peer: OpenSearch, one node with the plugin ``analysis-icu``, queried over HTTP like by its clients."""

from __future__ import annotations

import http.client
import itertools
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.peers.opensearch_home import home, java
from benchmarks.peers.protocol import FACETS, HITS, Document, Page, Searcher
from benchmarks.peers.servers import owned_folder, running
from benchmarks.serving import free_port

_USER = "nobody"
_HEAP = "1g"
_BATCH = 500
_MOST = 10_000
_VALUES = 500
_FOLDED = {
    "analyzer": {"typed": {"tokenizer": "icu_tokenizer", "filter": ["icu_normalizer"]},
                 "bare": {"tokenizer": "icu_tokenizer", "filter": ["icu_folding"]}},
}  # fmt: skip
_BOTH = {
    "filter": {"both": {"type": "asciifolding", "preserve_original": True}},
    "analyzer": {"both": {"tokenizer": "icu_tokenizer", "filter": ["icu_normalizer", "both"]},
                 "typed": {"tokenizer": "icu_tokenizer", "filter": ["icu_normalizer"]}},
}  # fmt: skip
_LOG = """status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d][%-5p] %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""


class OpenSearch:
    """One shard, title and text; heap of a gigabyte."""

    def __init__(self, both_forms: bool) -> None:
        self._both = both_forms
        self.title = "OpenSearch, both forms" if both_forms else "OpenSearch"
        self.setup = (
            "`icu_tokenizer`; `asciifolding` with `preserve_original` for what is indexed, words as typed for queries"
            if both_forms
            else "`icu_tokenizer`, `icu_folding`, and fields with accents that rank as well"
        )

    def check(self) -> None:
        """Find Java, and assemble the server."""
        java()
        home()

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        """Send ``documents`` in bulks, then merge to one segment."""
        owned_folder(folder, _USER)
        with _served(folder) as node:
            node.ask(
                "PUT", "/articles", {"settings": self._settings(), "mappings": {"properties": self._fields()}}
            )
            rest = iter(documents)
            while batch := list(itertools.islice(rest, _BATCH)):
                node.bulk(batch)
            node.ask("POST", "/articles/_refresh")
            node.ask("POST", "/articles/_forcemerge?max_num_segments=1")
            node.ask("POST", "/articles/_flush")

    def _settings(self) -> dict[str, Any]:
        return {
            "number_of_shards": 1,
            "number_of_replicas": 0,
            "refresh_interval": "-1",
            "analysis": _BOTH if self._both else _FOLDED,
        }

    def _fields(self) -> dict[str, Any]:
        text: dict[str, Any] = (
            {"type": "text", "analyzer": "both", "search_analyzer": "typed"}
            if self._both
            else {
                "type": "text",
                "analyzer": "typed",
                "fields": {"bare": {"type": "text", "analyzer": "bare"}},
            }
        )
        return {"title": text, "text": text} | {name: {"type": "keyword"} for name in FACETS}

    @contextmanager
    def opened(self, folder: Path) -> Iterator[Searcher]:
        """Serve the folder, and open one connection."""
        with _served(folder) as node:
            node.ask("GET", "/_cluster/health/articles?wait_for_status=green&timeout=60s")
            yield _Searcher(node, self._both)


class _Searcher:
    def __init__(self, node: _Node, both: bool) -> None:
        self._node = node
        self._both = both

    def page(self, text: str) -> Page:
        """One request for hits, facets and snippets."""
        answer = self._search(
            {
                "query": self._all(text),
                "size": HITS,
                "track_total_hits": True,
                "_source": ["title", "source"],
                "aggs": {name: {"terms": {"field": name, "size": _VALUES}} for name in FACETS},
                "highlight": {
                    "fields": {
                        "text" if self._both else "text.bare": {
                            "fragment_size": 200,
                            "number_of_fragments": 1,
                        }
                    }
                },
            }
        )
        hits = answer["hits"]["hits"]
        values = sum(len(facet["buckets"]) for facet in answer["aggregations"].values())
        total = answer["hits"]["total"]["value"]
        return Page(total, _ids(hits), values, sum("highlight" in hit for hit in hits))

    def matching(self, text: str) -> frozenset[str]:
        """All hits of all words, 10,000 at most."""
        asked = {"query": self._all(text), "size": _MOST, "_source": False}
        return frozenset(_ids(self._search(asked)["hits"]["hits"]))

    def ranked(self, text: str, depth: int) -> list[str]:
        """Best hits of any word, by BM25."""
        asked = {"query": self._any(text), "size": depth, "_source": False}
        return list(_ids(self._search(asked)["hits"]["hits"]))

    def shown(self, text: str) -> list[str]:
        """Best hits of any word."""
        return self.ranked(text, HITS)

    def _all(self, text: str) -> dict[str, Any]:
        """Every word in title or text, ignoring accents in the two fields without them; matching accents rank higher."""
        if self._both:
            return _match(text, ["title", "text"], "cross_fields", "and")
        bare = _match(text, ["title.bare", "text.bare"], "cross_fields", "and")
        return {"bool": {"must": bare, "should": _match(text, ["title", "text"], "best_fields", "or")}}

    def _any(self, text: str) -> dict[str, Any]:
        """The plain `multi_match`, which ranked better than `most_fields` and `cross_fields` on one judged set."""
        fields = ["title", "text"] if self._both else ["title", "text", "title.bare", "text.bare"]
        return _match(text, fields, "best_fields", "or")

    def _search(self, body: dict[str, Any]) -> dict[str, Any]:
        return self._node.ask("POST", "/articles/_search", body)


class _Node:
    """One connection to a server."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)

    def ask(self, method: str, address: str, body: object = None) -> dict[str, Any]:
        """Return the response; raises RuntimeError unless it is successful."""
        return self._send(method, address, json.dumps(body).encode() if body is not None else None)

    def bulk(self, documents: Iterable[Document]) -> None:
        """Index documents; raises RuntimeError if one is refused."""
        told = [
            json.dumps(part)
            for one in documents
            for part in (
                {"index": {"_id": one.id}},
                {"title": one.title, "text": one.text, **{name: getattr(one, name) for name in FACETS}},
            )
        ]
        if self._send("POST", "/articles/_bulk", ("\n".join(told) + "\n").encode())["errors"]:
            raise RuntimeError("an article was refused")

    def _send(self, method: str, address: str, body: bytes | None) -> dict[str, Any]:
        self._connection.request(method, address, body, {"Content-Type": "application/json"})
        response = self._connection.getresponse()
        answer: dict[str, Any] = json.loads(response.read())
        if response.status >= 300:
            raise RuntimeError(f"{address}: {answer}")
        return answer

    def answers(self) -> bool:
        """Tell whether the server is up."""
        try:
            self.ask("GET", "/_cluster/health")
        except (OSError, http.client.HTTPException, RuntimeError):
            self._connection.close()
            return False
        return True


@contextmanager
def _served(folder: Path) -> Iterator[_Node]:
    port, config = free_port(), folder / "config"
    config.mkdir(exist_ok=True)
    settings = {
        "network.host": "127.0.0.1",
        "http.port": port,
        "transport.port": free_port(),
        "path.data": str(folder / "data"),
        "path.logs": str(folder / "logs"),
        "discovery.type": "single-node",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
    }
    (config / "opensearch.yml").write_text("".join(f"{name}: {value}\n" for name, value in settings.items()))
    (config / "log4j2.properties").write_text(_LOG)
    config.chmod(0o777)
    options = [
        f"-Xms{_HEAP}",
        f"-Xmx{_HEAP}",
        "-XX:+UseSerialGC",
        f"-Djava.io.tmpdir={folder}",
        "-Dlog4j2.disable.jmx=true",
    ]
    paths = [
        f"-Dopensearch.path.home={home()}",
        f"-Dopensearch.path.conf={config}",
        "-Dopensearch.distribution.type=tar",
    ]
    jars = f"{home()}/lib/*:{home()}/agent/*"
    command = [java(), *options, *paths, "-cp", jars, "org.opensearch.bootstrap.OpenSearch"]
    node = _Node(port)
    with running(command, folder.with_suffix(".log"), node.answers, _USER):
        yield node


def _ids(hits: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(hit["_id"] for hit in hits)


def _match(text: str, fields: list[str], kind: str, operator: str) -> dict[str, Any]:
    return {"multi_match": {"query": text, "fields": fields, "type": kind, "operator": operator}}

"""All peers by the names that commands give them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from benchmarks.peers.bleve_ import Bleve
from benchmarks.peers.fts5 import Fts5
from benchmarks.peers.opensearch_ import OpenSearch
from benchmarks.peers.ours import Ours
from benchmarks.peers.postgres import Postgres
from benchmarks.peers.protocol import Peer
from benchmarks.peers.whoosh_pyvi import WhooshPyvi
from benchmarks.peers.xapian_ import Xapian

PEERS: dict[str, Callable[[], Peer]] = {
    "ours": Ours,
    "whoosh_pyvi": WhooshPyvi,
    "fts5": partial(Fts5, both_forms=False),
    "fts5_both": partial(Fts5, both_forms=True),
    "postgres": partial(Postgres, both_forms=False),
    "postgres_both": partial(Postgres, both_forms=True),
    "xapian": Xapian,
    "bleve": Bleve,
    "opensearch": partial(OpenSearch, both_forms=False),
    "opensearch_both": partial(OpenSearch, both_forms=True),
}

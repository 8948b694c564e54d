"""The query log of all machines in one: nodes hand in what they were asked, and the writer takes it into its own log.

A node puts its entries as ``<prefix>/nodes/<name of its data directory>/queries/<first>-<last>.json.gz``, in the order of their
numbers, and deletes its own only afterwards. The writer notes the last number of each node together with the entries, so
neither of them loses or doubles an entry if it is killed.
"""

from __future__ import annotations

import gzip
import json
import logging
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.files.bucket import Bucket
from indexer.files.owner import directory_name
from indexer.query_log.outbox import Outbox
from indexer.query_log.store import Batch, Clicked, QueryLog, Searched
from indexer.replication.membership import shared_place, writing_term
from indexer.settings import Settings

_KEY = re.compile(r"nodes/([0-9a-zA-Z]{1,64})/queries/([0-9]{1,18})-([0-9]{1,18})\.json\.gz")
_MOST_ENTRIES = 5_000
"""Entries in one object; some tens of KB, compressed."""
MOST_OBJECTS = 100
"""Objects of one node in the store; if the writer does not take them, further entries wait on the node."""
KEPT_SECONDS = 600.0
"""Seconds for which an object stays after it was put, even if the writer has its entries: if the writer's machine is lost, they
may be missing in the copy of its log that the next writer has."""
_SECONDS_A_DAY = 86_400
_log = logging.getLogger("tracuu.query_log")


@dataclass(frozen=True, slots=True)
class _Object:
    """What a node handed in."""

    key: str
    node: str
    first: int
    last: int
    modified: float


def hand_in(settings: Settings) -> int:
    """Hand in what waits on this machine; return the number of entries handed in.

    Entries that the store has no room for keep waiting. Raises FilesUnreachableError or StorageError.
    """
    outbox = Outbox(settings.data)
    if (batch := outbox.next_batch(_MOST_ENTRIES)) is None:
        return 0
    bucket, prefix = shared_place(settings)
    name = directory_name(settings.data)
    there = 0
    for one in _objects(bucket, prefix, f"{prefix}nodes/{name}/queries/"):
        if one.modified < time.time() - settings.query_log_days * _SECONDS_A_DAY:
            bucket.remove(one.key)
        else:
            there += 1
    handed_in = 0
    while batch is not None and there < MOST_OBJECTS:
        bucket.put(f"{prefix}nodes/{name}/queries/{batch.first}-{batch.last}.json.gz", _packed(batch))
        outbox.remove(batch, time.time())
        there += 1
        handed_in += len(batch.searches) + len(batch.clicks)
        batch = outbox.next_batch(_MOST_ENTRIES)
    return handed_in


def take_in(settings: Settings) -> int:
    """Take into the query log of this machine, which must be the writer, what nodes handed in; return the number of entries.

    Raises NotWriterError, ReplacedError if another machine is the writer, HalfPromotedError, FilesUnreachableError or StorageError.
    """
    writing_term(settings)
    bucket, prefix = shared_place(settings)
    log = QueryLog(settings.data)
    known, taken = log.taken_in(), 0
    of_nodes: dict[str, list[_Object]] = defaultdict(list)
    for one in _objects(bucket, prefix, f"{prefix}nodes/"):
        of_nodes[one.node].append(one)
    for node, objects in of_nodes.items():
        for one in sorted(objects, key=lambda one: (one.first, one.last)):
            if one.last > known.get(node, 0):
                taken += _taken(bucket, one, log)
            elif one.modified < time.time() - KEPT_SECONDS:
                bucket.remove(one.key)
    return taken


def _taken(bucket: Bucket, one: _Object, log: QueryLog) -> int:
    found = bucket.get(one.key)
    if found is None:
        return 0
    try:
        batch = _unpacked(one, found[0])
    except (OSError, EOFError, ValueError, TypeError, KeyError) as error:
        # Its entries are lost, but not those of later objects.
        _log.error("%s is damaged and is not read: %s", one.key, error)
        batch = Batch(one.first, one.last, (), ())
    return log.take_in(one.node, batch)


def _packed(batch: Batch) -> bytes:
    """Return the content of an object: lists of numbered searches and opened results."""
    said = {
        "searches": [[n, *one] for n, one in batch.searches],
        "clicks": [[n, *one] for n, one in batch.clicks],
    }
    return gzip.compress(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)


def _unpacked(one: _Object, content: bytes) -> Batch:
    said = json.loads(gzip.decompress(content))
    searches = tuple((int(n), Searched(*rest)) for n, *rest in said["searches"])
    clicks = tuple((int(n), Clicked(*rest)) for n, *rest in said["clicks"])
    return Batch(one.first, one.last, searches, clicks)


def _objects(bucket: Bucket, prefix: str, under: str) -> Iterator[_Object]:
    """Yield what nodes handed in; other objects are somebody else's."""
    for found in bucket.all(under):
        if match := _KEY.fullmatch(found.key.removeprefix(prefix)):
            yield _Object(found.key, match[1], int(match[2]), int(match[3]), found.modified)

"""What can be learnt from an unreadable record: the ids in it, if it may be a staff-only article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from indexer.errors import ItemError
from indexer.sources.audience import KEY as AUDIENCE
from indexer.sources.audience import mentions_audience
from indexer.sources.values import read_id

_MOST_IDS = 20


def written(record: object) -> bytes:
    """Return parsed JSON as bytes to search; empty if it is nested too deeply to serialise."""
    try:
        return json.dumps(record, default=str).encode()
    except RecursionError:
        return b""


class Mentioned:
    """Searches the bytes of broken records, using one field map."""

    def __init__(self, field_map: Mapping[str, str]) -> None:
        foreign = [name.rpartition(".")[2] for name, ours in field_map.items() if ours == "id"]
        names = "|".join(map(re.escape, ["id", *foreign])).encode()
        self._id = re.compile(rb'"(?:%b)"\s{0,8}:\s{0,8}("(?:[^"\\]|\\.){1,512}"|\d{1,20})' % names)
        self._audiences = [
            name.rpartition(".")[2].encode() for name, ours in field_map.items() if ours == AUDIENCE
        ]

    def ids_for_staff(self, data: bytes) -> tuple[str, ...]:
        """Return the ids in ``data`` if it mentions an audience, otherwise none; some may belong to something else."""
        if not mentions_audience(data) and not any(name in data for name in self._audiences):
            return ()
        return tuple(dict.fromkeys(self._ids(data)))

    def _ids(self, data: bytes) -> Iterator[str]:
        for match in islice(self._id.finditer(data), _MOST_IDS):
            try:
                yield read_id(json.loads(match[1].decode("utf-8", "replace")), {})
            except (ValueError, ItemError):
                continue

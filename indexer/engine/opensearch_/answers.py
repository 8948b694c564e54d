"""What is sent to the nodes, and what their answers and errors say. Pure."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from binascii import Error
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

Json = dict[str, Any]
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""One encoder for all lines: ``json.dumps`` makes a new one for each."""

_NOT_THERE, _BUSY = 404, 429
_OVERLOADED = (408, _BUSY, 502, 503, 504)
"""Statuses with which another node, or the same node a moment later, may succeed."""
_CUT_OFF = frozenset(
    f"{what}_exception"
    for what in (
        "node_not_connected",
        "node_disconnected",
        "node_closed",
        "connect_transport",
        "receive_timeout_transport",
    )
)
"""Errors, of any status, with which a node reports that another one is gone: the cluster will notice."""
_NO_INDEX = "index_not_found_exception"
_STARTING = ("1", "2")
"""Numbers of the blocks of a cluster that has not recovered its state yet, and of one without a manager
(``GatewayService.STATE_NOT_RECOVERED_BLOCK`` and ``NoClusterManagerBlockService``). Until then, it finds none of its indexes."""
_FLOOD = "flood-stage"
"""Part of the reason for which nodes accept no changes while one of their disks is almost full."""
DISK_FULL = "the disk of a node is full, so it accepts no changes; free some space, and they are written then"
"""What a writer is told in that case."""


def encoded(body: object) -> bytes | None:
    """Return ``body``, JSON or as a sequence lines of JSON, as it is sent."""
    if body is None:
        return None
    if isinstance(body, bytes):
        return body
    if isinstance(body, Sequence) and not isinstance(body, str):
        return "".join(f"{_encode(line)}\n" for line in body).encode()
    return _encode(body).encode()


def target_of(path: str, parameters: Mapping[str, str | int]) -> str:
    """Return the path of a request with its parameters."""
    return f"{path}?{urlencode(parameters)}" if parameters else path


def decoded(data: bytes) -> Json:
    """Return an answer as an object, whatever was sent."""
    try:
        found = json.loads(data) if data else {}
    except ValueError:
        return {"error": data[:200].decode("utf-8", "replace")}  # from a proxy in between
    return found if isinstance(found, dict) else {"values": found}


def decoded_point(point: str) -> bytes:
    """Return what is in the id of a point in time, the ids of its nodes among others; nothing if it is no such id."""
    try:
        return urlsafe_b64decode(point + "=" * (-len(point) % 4))
    except (Error, ValueError):
        return b""


def told(found: Json) -> tuple[str, str]:
    """Return the kind and the reason of an error, as specific as the answer has them."""
    error = found.get("error", "")
    if not isinstance(error, dict):
        return "", str(error)
    cause = (error.get("root_cause") or [error])[0]
    for one in error.get("failed_shards", []):
        cause = one.get("reason", cause)
    inner = cause.get("caused_by") or error.get("caused_by") or {}
    reason = cause.get("reason") or error.get("reason") or ""
    more = inner.get("reason")
    return str(inner.get("type") or cause.get("type") or error.get("type", "")), (
        f"{reason}: {more}" if more and more != reason else str(reason)
    )


def missing_index(found: Json) -> str:
    """Return the index that the node did not find; empty if that is not what an answer says."""
    error = found.get("error")
    return str(error.get("index", "")) if isinstance(error, dict) and error.get("type") == _NO_INDEX else ""


def is_hidden(state: Json) -> bool:
    """Tell by the state of the cluster, with blocks and the metadata of one index, whether the index may be there nevertheless."""
    blocks = state.get("blocks", {}).get("global", {})
    return any(one in blocks for one in _STARTING) or "metadata" in state


def is_passing(item: Json) -> bool:
    """Tell whether a change that was refused may succeed in a moment: a node is overloaded, or the shard is about to move or to
    be opened, which OpenSearch reports as 404.
    """
    status = int(item["status"])
    return status == _BUSY or status >= 500 or (status == _NOT_THERE and item["error"]["type"] != _NO_INDEX)


def is_disk_full(found: Json) -> bool:
    """Tell whether an answer, or one item of it, is the refusal of a node whose disk is almost full."""
    return _FLOOD in str(found.get("error", ""))


def is_final(status: int, found: Json) -> bool:
    """Tell whether an answer is no error, or one due to the request itself or to its shards, which any node would report."""
    if status < 400 or "failed_shards" in str(found.get("error", "")):
        return True
    kind = told(found)[0]
    return kind == "too_many_buckets_exception" or not (status in _OVERLOADED or kind in _CUT_OFF)

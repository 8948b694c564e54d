"""PURE: the pins of a query, as stored in the journal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any


def written_pins(query: str, ids: Sequence[str]) -> str:
    """Return the journal text for articles pinned to ``query``, empty for none."""
    return json.dumps({"query": query, "ids": list(ids)}, ensure_ascii=False) if ids else ""


def read_pinned(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the query and the ids given to :func:`written_pins`; both are empty for an empty text."""
    found: dict[str, Any] = json.loads(text) if text else {"query": "", "ids": []}
    return found["query"], tuple(found["ids"])

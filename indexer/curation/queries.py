"""PURE: what was done about a query that finds nothing, as the journal keeps it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal, get_args

from indexer.curation.journal import Change

QueryState = Literal["pinned", "word", "asked", "ignored"]
"""Pinned to articles; a word in the own lexicon; content was asked for; nothing is to be done."""
STATES: tuple[QueryState, ...] = get_args(QueryState)
LONGEST_REMARK = 500
"""Characters."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done about a query: the change that says so."""

    state: QueryState | None
    """None: nothing yet, or it was taken back."""
    remark: str
    change: Change


def written(state: QueryState | None, remark: str) -> str:
    """Return what the journal has for a state and a remark, empty for neither."""
    return json.dumps({"state": state, "remark": remark}, ensure_ascii=False) if state or remark else ""


def read(change: Change) -> Done:
    """Return what a change of the kind ``query`` says."""
    found = json.loads(change.after) if change.after else {}
    state = found.get("state")
    return Done(state if state in STATES else None, found.get("remark", ""), change)

"""PURE: what was done about a query without results, as stored in the journal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal, get_args

from indexer.curation.journal import Change

QueryState = Literal["pinned", "word", "asked", "ignored"]
"""Articles were pinned; a word was added to the lexicon; content was requested; no action is needed."""
STATES: tuple[QueryState, ...] = get_args(QueryState)
LONGEST_REMARK = 500
"""Maximum length in characters."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done about a query, with the change that says so."""

    state: QueryState | None
    """None if nothing was done, or it was undone."""
    remark: str
    change: Change


def written(state: QueryState | None, remark: str) -> str:
    """Return the journal text for a state and a remark, empty for neither."""
    return json.dumps({"state": state, "remark": remark}, ensure_ascii=False) if state or remark else ""


def read(change: Change) -> Done:
    """Return the content of a change of the kind ``query``."""
    found = json.loads(change.after) if change.after else {}
    state = found.get("state")
    return Done(state if state in STATES else None, found.get("remark", ""), change)

"""PURE: which queries are one, however their letters are written."""

from __future__ import annotations

from indexer.vietnamese.letters import nfc


def query_key(text: str) -> str:
    """Return what is the same for a query however its letters are cased and composed."""
    return nfc(text).casefold().strip()

"""PURE: which queries are the same apart from case and composition."""

from __future__ import annotations

from indexer.vietnamese.letters import nfc


def query_key(text: str) -> str:
    """Return a key that ignores case and Unicode composition."""
    return nfc(text).casefold().strip()

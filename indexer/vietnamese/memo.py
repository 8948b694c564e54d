"""What is remembered of texts that come again and again, bounded in number and length."""

from __future__ import annotations

from typing import TypeVar

REMEMBERED = 100_000
"""Distinct chunks, tokens and terms that are remembered (some 60 MB together)."""
_LONGEST = 40
"""Characters of a text that is remembered, so that memory is bounded in bytes as well."""
Value = TypeVar("Value")


class Memo(dict[str, Value]):
    """What is remembered of short texts; forgets everything when it grows to more than ``limit``."""

    def __init__(self, limit: int = REMEMBERED) -> None:
        super().__init__()
        self._limit = limit

    def keep(self, text: str, value: Value) -> Value:
        """Remember ``value`` for ``text``, if that is short, and return it."""
        if len(text) <= _LONGEST:
            if len(self) >= self._limit:
                self.clear()
            self[text] = value
        return value

"""What is remembered of texts that come again and again, bounded in number and length."""

from __future__ import annotations

from typing import TypeVar

REMEMBERED = 100_000
"""Distinct chunks, tokens and terms that are remembered (some 60 MB together)."""
_LONGEST = 40
"""Characters of a text that is remembered, so that memory is bounded in bytes as well."""
Value = TypeVar("Value")


class Memo(dict[str, Value]):
    """What is remembered of short texts, at most ``limit``: what comes often stays, the rest is forgotten.

    It is kept in two halves. When the newer one is full it becomes the older one, whose own content goes; what is looked up in
    the older one moves to the newer. So the frequent texts, which are most of all that is looked up, are worked out once.
    """

    def __init__(self, limit: int = REMEMBERED) -> None:
        super().__init__()
        self._half = max(1, limit // 2)
        self._older: dict[str, Value] = {}

    def __missing__(self, text: str) -> Value:
        older = self._older.get(text)
        return self.keep(text, self.made(text) if older is None else older)

    def made(self, text: str) -> Value:
        """Return the value of ``text``, which is not remembered; never None."""
        raise KeyError(text)

    def keep(self, text: str, value: Value) -> Value:
        """Remember ``value`` for ``text``, if that is short, and return it."""
        if len(text) <= _LONGEST:
            if len(self) >= self._half:
                self._older = dict(self)
                self.clear()
            self[text] = value
        return value

"""A cache for short, frequent texts, bounded in number and length."""

from __future__ import annotations

from typing import TypeVar

REMEMBERED = 100_000
"""Number of distinct chunks, tokens and terms to remember (some 60 MB together)."""
_LONGEST = 40
"""Maximum length in characters of a cached text, which also bounds the memory in bytes."""
Value = TypeVar("Value")


class Memo(dict[str, Value]):
    """A cache of about ``limit`` short texts that keeps the frequent ones.

    It has two halves. When the newer half is full, it becomes the older one, whose previous content is dropped; a text found in
    the older half moves to the newer one. Frequent texts, which are most of all look-ups, are therefore computed only once.
    """

    def __init__(self, limit: int = REMEMBERED) -> None:
        super().__init__()
        self._half = max(1, limit // 2)
        self._older: dict[str, Value] = {}

    def __missing__(self, text: str) -> Value:
        older = self._older.get(text)
        return self.keep(text, self.made(text) if older is None else older)

    def made(self, text: str) -> Value:
        """Return the value of ``text``, which is not cached yet; never None."""
        raise KeyError(text)

    def keep(self, text: str, value: Value) -> Value:
        """Cache ``value`` for ``text`` if the text is short, and return it."""
        if len(text) <= _LONGEST:
            if len(self) >= self._half:
                self._older = dict(self)
                self.clear()
            self[text] = value
        return value

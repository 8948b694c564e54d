"""Document numbers among neighbouring words of a query, and what numbers in a list tell about each other."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from indexer.directives.pattern import NumberPattern
from indexer.query import tree
from indexer.query.mentions import carried_on, counts_list, mention_at, told_by_next


class Mentions:
    """Document numbers by position, as patterns, with the position of the first word after each."""

    def __init__(self, words: Sequence[tree.Word], folded: Sequence[str]) -> None:
        """``folded`` has the folded syllables of each word."""
        self._words = words
        self._folded = folded
        self._before: dict[int, int] = {}
        """Start of a number in a list -> start of the previous number."""

    @functools.cached_property
    def found(self) -> dict[int, tuple[NumberPattern, int]]:
        """Numbers by position; in a list, the type carries over: "nghị định 68, 69 và 70"."""
        found: dict[int, tuple[NumberPattern, int]] = {}
        at, last = 0, None
        while at < len(self._words):
            mention = self.at(at)
            listed = last is not None and at == last[1] + (self._folded[last[1]] == "va")
            if last and listed and (mention is None or mention[0].alone):
                mention = carried_on(self._words, at, last[0])
            if mention and self._is_of_next(at, mention[1]):
                mention = None
            if mention:
                if listed and (self._folded[at] == "so" or self._words[at].text[0].isdigit()):
                    self._before[at] = next(reversed(found))
                found[at] = last = mention
            at = mention[1] if mention else at + 1
        return found

    @functools.cached_property
    def told(self) -> dict[int, NumberPattern]:
        """Numbers by position, completed by what only the last one in their list states."""
        told = {at: pattern for at, (pattern, _) in self.found.items()}
        for at, before in sorted(self._before.items(), reverse=True):
            told[before] = told_by_next(told[before], told[at])
        return told

    @functools.cached_property
    def words(self) -> frozenset[int]:
        """Positions of all words that belong to numbers or count a list."""
        inside = {n for at, (_, end) in self.found.items() for n in range(at, end)}
        return frozenset(inside | {at - 1 for at in self.found if at and self.is_count(at - 1)})

    def is_count(self, at: int) -> bool:
        """Tell whether the word at ``at`` is the length of the list after it: "3 nghị định 68, 69, 70"."""
        return at + 1 in self.found and at + 1 in self._before.values() and counts_list(self._folded, at)

    def at(self, at: int) -> tuple[NumberPattern, int] | None:
        """Return the number that begins at ``at``, ignoring lists."""
        return mention_at(self._words, self._folded, at) if self._words[at].area is None else None

    def _is_of_next(self, at: int, end: int) -> bool:
        """Whether the words after a bare number are the type of the next one: "khoản 2 nđ 68/2010"."""
        words = self._words
        bare = words[at].text.isdigit() and end - at > 1 and end < len(words)
        return bare and words[end].text[0].isdigit() and not words[end - 1].text[-1].isdigit()

"""Pure: the content words of a query, and putting a correction of them back into the query."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.query import tree


class LookedFor:
    """The plain words of a query that an article must contain: words that ask, or express a time, are no evidence of a slip."""

    def __init__(self, typed: tree.Node, searched: tree.Node, expanded: tree.Node) -> None:
        """``searched`` has the words of ``typed`` without expressions of time; ``expanded`` tells which of them only ask."""
        self._words = [
            part for part in tree.parts_of(typed) if isinstance(part, tree.Word) and _is_plain(part)
        ]
        self._all_plain = len(self._words) == len(tree.parts_of(typed))
        asking = {
            id(word) for part in tree.parts_of(expanded) if isinstance(part, tree.Hint) for word in part.words
        }
        kept = {id(part) for part in tree.parts_of(searched)}
        self._places = _without_ends(
            [(i, id(word) in asking) for i, word in enumerate(self._words) if id(word) in kept]
        )

    @property
    def syllables(self) -> list[str]:
        """The content words as typed; none if the query has anything but plain one-syllable words."""
        words = [self._words[i] for i in self._places]
        if not self._all_plain or any(len(word.syllables) != 1 for word in words):
            return []
        return [_syllable(word) for word in words]

    def put_back(self, corrected: Sequence[str]) -> list[tuple[str, bool]]:
        """Return the words of the whole query with the content words replaced by ``corrected``, and for each whether it is one
        of them.
        """
        first, last = self._places[0], self._places[-1]
        texts = [(_syllable(word) if len(word.syllables) == 1 else word.text, False) for word in self._words]
        return [*texts[:first], *((one, True) for one in corrected), *texts[last + 1 :]]


def _without_ends(words: Sequence[tuple[int, bool]]) -> list[int]:
    """Return the indexes of ``words``, each with whether it only asks, without such words at either end.

    Between others, they occur between them in the index, too; a single one at the beginning is more often a slip.
    """
    places = [place for place, _ in words]
    asks = [asking for _, asking in words]
    end = len(asks)
    while end and asks[end - 1]:
        end -= 1
    start = asks.index(False) if False in asks else 0
    return places[start if start > 1 else 0 : end]


def _is_plain(word: tree.Word) -> bool:
    return not word.area and not word.number


def _syllable(word: tree.Word) -> str:
    return word.text[word.syllables[0].start : word.syllables[0].end]

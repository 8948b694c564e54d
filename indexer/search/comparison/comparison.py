"""Two texts as rows of paragraphs: unchanged, changed, or only in one of them. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.model import Marked
from indexer.search.comparison.alignment import Budget, Pairs, aligned, ascending, gaps
from indexer.search.comparison.wording import words_changed

MOST_CHARACTERS = 1_000_000
"""Maximum length of each text; longer ones are compared up to it. The longest code has 500,000 characters."""
_STEPS = 8_000_000
"""Two laws of 180,000 words take some 1 million steps."""
_SHINGLE = 3
"""Number of adjacent words that, if they occur in only two paragraphs, show that one became the other."""
_ALIKE = 0.5
"""Share of common words (Dice) from which a paragraph counts as changed rather than different."""
_FEW = 400
"""Product of the numbers of paragraphs between two known ones up to which all pairs are compared."""
_PAIR = 10
"""Steps for comparing two paragraphs, in addition to those for their words."""

Kind = Literal["same", "changed", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of one text or of both; marks are what only that text contains."""

    kind: Kind
    first: Marked | None
    second: Marked | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All paragraphs of both texts in order."""

    rows: tuple[Row, ...]
    cut: bool = False
    """Whether a text was too long to be compared to the end."""

    @property
    def differences(self) -> int:
        """Number of rows that differ."""
        return sum(row.kind != "same" for row in self.rows)

    @property
    def alike(self) -> bool:
        """Whether the texts have anything in common."""
        return any(row.kind in ("same", "changed") for row in self.rows)


def compare(first: str, second: str) -> Comparison:
    """Return NFC texts side by side, ignoring blanks and empty lines."""
    cut = max(len(first), len(second)) > MOST_CHARACTERS
    one, other = _paragraphs(first[:MOST_CHARACTERS]), _paragraphs(second[:MOST_CHARACTERS])
    budget = Budget(_STEPS)
    pairs = aligned(one, other, budget)
    for span in list(gaps(pairs, len(one), len(other))):
        pairs += _changed(one, other, span, budget)
    return Comparison(tuple(_rows(one, other, sorted(pairs), budget)), cut)


def _paragraphs(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _rows(one: Sequence[str], other: Sequence[str], pairs: Pairs, budget: Budget) -> Iterator[Row]:
    at, to = 0, 0
    for i, j in (*pairs, (len(one), len(other))):
        yield from (Row("removed", Marked(text), None) for text in one[at:i])
        yield from (Row("added", None, Marked(text)) for text in other[to:j])
        if i < len(one) and one[i] == other[j]:
            yield Row("same", Marked(one[i]), Marked(other[j]))
        elif i < len(one):
            yield Row("changed", *words_changed(one[i], other[j], budget))
        at, to = i + 1, j + 1


def _changed(
    one: Sequence[str], other: Sequence[str], span: tuple[int, int, int, int], budget: Budget
) -> Pairs:
    """Return which paragraphs in a span became which: by adjacent words found only in the two, then by all words."""
    start, end, at, to = span
    words = {i: one[i].casefold().split() for i in range(start, end)}
    others = {j: other[j].casefold().split() for j in range(at, to)}
    if not budget.take(sum(map(len, words.values())) + sum(map(len, others.values()))):
        return []
    votes = _votes(words, others)
    best = ((i, found.most_common(1)[0][0]) for i, found in sorted(votes.items()))
    pairs = ascending([(i, j) for i, j in best if _dice(Counter(words[i]), Counter(others[j])) >= _ALIKE])
    for rest in list(gaps([(i - start, j - at) for i, j in pairs], end - start, to - at)):
        i, k, j, m = rest[0] + start, rest[1] + start, rest[2] + at, rest[3] + at
        if (k - i) * (m - j) <= _FEW:
            pairs += _each_with_each(
                {n: words[n] for n in range(i, k)}, {n: others[n] for n in range(j, m)}, budget
            )
    return pairs


_Words = dict[int, list[str]]
"""Position of a paragraph -> its words."""


def _votes(words: _Words, others: _Words) -> dict[int, Counter[int]]:
    """Return, for each paragraph, how many word runs it shares with others that occur nowhere else in the span."""
    here, there = _places(words), _places(others)
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for run, i in here.items():
        j = there.get(run)
        if i is not None and j is not None:
            votes[i][j] += 1
    return votes


def _places(words: _Words) -> dict[tuple[str, ...], int | None]:
    """Return the paragraph of each word run, None if several have it."""
    found: dict[tuple[str, ...], int | None] = {}
    for place, of_it in words.items():
        for run in set(zip(*(of_it[n:] for n in range(_SHINGLE)), strict=False)):
            found[run] = None if run in found else place
    return found


def _each_with_each(words: _Words, others: _Words, budget: Budget) -> Pairs:
    cost = len(others) * sum(map(len, words.values())) + len(words) * sum(map(len, others.values()))
    if not budget.take(cost + len(words) * len(others) * _PAIR):
        return []
    found: Pairs = []
    counted = {j: Counter(of_it) for j, of_it in others.items()}
    for i, of_it in words.items():
        mine = Counter(of_it)
        share, j = max((_dice(mine, other), -j) for j, other in counted.items())
        if share >= _ALIKE:
            found.append((i, -j))
    return ascending(found)


def _dice(words: Counter[str], others: Counter[str]) -> float:
    return 2 * (words & others).total() / (words.total() + others.total())

"""Joins marks: words that are side by side in the query and in the text get one mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.highlight.finder import Found, Wanted
from indexer.highlight.likely import joint, typed_for
from indexer.highlight.surroundings import parted
from indexer.model import Marks
from indexer.vietnamese.terms import SYLLABLE, terms_of

_GAP = 30
"""Maximum number of characters between two words that may contain function words."""
_BESIDE = re.compile(r"[^\S\n]*\n?[^\S\n]*")
"""Characters allowed between the words of a run: blanks and a line end."""
_BEFORE = re.compile(r"[^\W_]{1,8}\Z")
"""The syllable that ends at a position."""


def joined(
    text: str, found: Sequence[Found], wanted: Wanted, start: int = 0, end: int | None = None
) -> Marks:
    """Convert occurrences within ``text[start:end]`` to ranges.

    Overlapping ones, parts of one written word (``38-CT/TW``) and runs that match the query are joined. Runs include the
    function words between them, and those at either end that may be part of a word: ``vắc xin``.
    """
    limit = len(text) if end is None else end
    marks: list[tuple[int, int]] = []
    before: Found | None = None
    for one in found:
        first, last = one.start, one.end
        if wanted.joining:
            first, last = _widened(text, one, wanted, start, limit)
        if marks and before and _are_one(text, marks[-1][1], first, before, one, wanted):
            marks[-1] = (marks[-1][0], max(marks[-1][1], last))
        else:
            marks.append((first, last))
        if before is None or one.end >= before.end:
            before = one
    return tuple(marks)


def _are_one(text: str, end: int, start: int, before: Found, one: Found, wanted: Wanted) -> bool:
    if start - end <= 2 and not any(map(str.isspace, text[end:start])):
        return True
    if not wanted.pairs or not before.end <= one.start <= before.end + _GAP:
        return False
    last, first = joint(before, one, wanted)
    run = [last]
    at = before.end
    for token in SYLLABLE.finditer(text, before.end, one.start):
        folded = _typed_grammar(token.group(), wanted)
        if folded is None or not _is_beside(text, at, token.start()):
            return False
        run.append(folded)
        at = token.end()
    return _is_beside(text, at, one.start) and wanted.pairs.issuperset(pairwise((*run, first)))


def _widened(text: str, one: Found, wanted: Wanted, start: int, end: int) -> tuple[int, int]:
    """Return the range of ``one`` extended by function words that accompany it in the query."""
    first, last = one.start, one.end
    typed = typed_for(one, wanted)
    left, right = typed.partition(" ")[0], typed.rpartition(" ")[2]
    if right in wanted.before_joining:
        for token in SYLLABLE.finditer(text, last, min(end, last + _GAP)):
            folded = _joining(token.group(), wanted)
            if (
                folded is None
                or (right, folded) not in wanted.pairs
                or not _is_beside(text, last, token.start())
            ):
                break
            last, right = token.end(), folded
    if left in wanted.behind_joining:
        for at, to in _syllables_before(text, first, max(start, first - _GAP)):
            folded = _joining(text[at:to], wanted)
            if folded is None or (folded, left) not in wanted.pairs or not _is_beside(text, to, first):
                break
            first, left = at, folded
    return first, last


def _syllables_before(text: str, at: int, start: int) -> Iterator[tuple[int, int]]:
    """Yield the syllables that end before ``at``, last first."""
    while True:
        end = at
        while end > start and not text[end - 1].isalnum():
            end -= 1
        token = _BEFORE.search(text, start, end)
        if token is None or text[token.start() - 1 : token.start()].isalnum():
            return
        yield token.span()
        at = token.start()


def _is_beside(text: str, end: int, start: int) -> bool:
    return start > end and _BESIDE.fullmatch(text, end, start) is not None and not parted(text, end, start)


def _typed_grammar(token: str, wanted: Wanted) -> str | None:
    """Return the folded term of a function word typed with these accents, None for anything else."""
    toned, folded = terms_of(token)
    forms = wanted.grammar.get(folded)
    return folded if forms is not None and (not forms or toned in forms) else None


def _joining(token: str, wanted: Wanted) -> str | None:
    folded = _typed_grammar(token, wanted)
    return folded if folded in wanted.joining else None

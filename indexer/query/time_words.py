"""Words at the beginning or end of what a query looks for that say when: ``giá xăng hôm nay``, ``quy định mới nhất về đất đai``."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from indexer.model import Language
from indexer.query import tree
from indexer.vietnamese.terms import syllables

_NEWEST = "mới nhất"
_RANGES = ("hôm nay", "tuần này", "tháng này", "năm nay")
_FORMS = {phrase: tuple((s.toned, s.folded) for s in syllables(phrase)) for phrase in (_NEWEST, *_RANGES)}
_SIZE = 2
"""Syllables of each of them."""
_GOING_ON = tuple(syllables("ở tại của về cho là"))
"""What goes on behind such words within a query: a place, what it is about."""
_ASKING_ON = (*_GOING_ON, *syllables("có ra bao thế như trên"))
"""The same behind a range: "hôm nay thế nào", but what is "mới nhất thế giới" is so in the world."""
_SAID: Mapping[Language, Mapping[str, str]] = {
    "vi": {
        "newest": "“{words}”: bài mới nhất trước",
        "range": "“{words}”: theo ngày đăng",
        "nothing": "“{words}”: không có bài như vậy đăng trong thời gian này, nên hiện bài mới nhất trước",
    },
    "en": {
        "newest": "“{words}”: newest first",
        "range": "“{words}”: by date of publication",
        "nothing": "“{words}”: nothing matching was published in that time, so the newest articles come first",
    },
}


@dataclass(frozen=True, slots=True)
class TimeRead:
    """A query without the words that say when, and what these mean."""

    words: tree.Node
    """What is left to look for."""
    as_words: str
    """The query that looks for those words, too."""
    said: tuple[str, ...]
    """They themselves, as they were typed."""
    newest: bool = False
    dates: tree.Dates | None = None
    nothing: bool = False
    """Whether ``dates`` were left out since nothing was published then."""

    @property
    def node(self) -> tree.Node:
        """What is left to look for, published when it was asked for."""
        return tree.And((*tree.parts_of(self.words), self.dates)) if self.dates else self.words

    def of_any_time(self) -> TimeRead:
        """Return the reading for a time in which nothing was published: the newest first."""
        return replace(self, dates=None, newest=True, nothing=True)

    def lines(self, language: Language) -> tuple[str, ...]:
        """Return how the words were read, for the person who typed them."""
        say = _SAID[language]
        return tuple(say[kind].format(words=words) for words in self.said if (kind := self._kind(words)))

    def _kind(self, words: str) -> str | None:
        """Return as what ``words`` were read; None where something that was chosen besides says more."""
        if tuple(s.folded for s in syllables(words)) == tuple(folded for _, folded in _FORMS[_NEWEST]):
            return "newest" if self.newest else None
        return "nothing" if self.nothing else "range" if self.dates else None


def read_time(node: tree.Node, text: str, today: date) -> TimeRead | None:
    """Return how ``node``, the tree of ``text``, is read on ``today``; None where no such words are there.

    Both an order and a range may be said. Where nothing else is asked for, they are what is searched.
    """
    left = list(tree.parts_of(node))
    found: list[tuple[str, tuple[str, ...]]] = []
    as_words = text.strip()
    while taken := _taken(left):
        phrase, words, left = taken
        if not any(map(_says_what, left)) or phrase in (known for known, _ in found):
            return None
        found.append((phrase, words))
        as_words = _quoted(as_words, words)
    if not found:
        return None
    ranges = [_range(phrase, today) for phrase, _ in found if phrase != _NEWEST]
    return TimeRead(
        words=left[0] if len(left) == 1 else tree.And(tuple(left)),
        as_words=as_words,
        said=tuple(" ".join(words) for _, words in reversed(found)),
        newest=any(phrase == _NEWEST for phrase, _ in found),
        dates=ranges[0] if ranges else None,
    )


def _says_what(part: tree.Node) -> bool:
    """Tell whether ``part`` says what is looked for: the numbers of ``hôm nay 26 5`` are another time."""
    return isinstance(part, tree.Word) and any(map(str.isalpha, part.text))


def _taken(parts: Sequence[tree.Node]) -> tuple[str, tuple[str, ...], list[tree.Node]] | None:
    """Return the phrase at either end of ``parts``, or before a place or a question, as typed, and the parts without it."""
    for words, left in ((parts[-_SIZE:], parts[:-_SIZE]), (parts[:_SIZE], parts[_SIZE:])):
        for phrase, form in _FORMS.items():
            if len(words) == _SIZE and all(map(_is_word, words, form)):
                return phrase, _texts(words), list(left)
    return _taken_inside(parts)


def _taken_inside(parts: Sequence[tree.Node]) -> tuple[str, tuple[str, ...], list[tree.Node]] | None:
    for at in range(1, len(parts) - _SIZE):
        words, behind = parts[at : at + _SIZE], parts[at + _SIZE]
        for phrase, form in _FORMS.items():
            if not all(map(_is_word, words, form)) or (
                phrase == "năm nay" and not any(map(tree.has_accents, words))
            ):
                continue  # "viet nam nay" is no year
            following = _GOING_ON if phrase == _NEWEST else _ASKING_ON
            if any(_is_word(behind, (one.toned, one.folded)) for one in following):
                return phrase, _texts(words), [*parts[:at], *parts[at + _SIZE :]]
    return None


def _texts(words: Sequence[tree.Node]) -> tuple[str, ...]:
    return tuple(word.text.strip("?!.,;: ") for word in words if isinstance(word, tree.Word))


def _is_word(node: tree.Node, form: tuple[str, str]) -> bool:
    """Tell whether ``node`` is the syllable ``form``, toned and folded, or has no accents at all."""
    if not isinstance(node, tree.Word) or node.area is not None or len(node.syllables) != 1:
        return False
    toned, folded = form
    return node.syllables[0].toned in (toned, folded)


def _quoted(text: str, words: Sequence[str]) -> str:
    """Return ``text`` with ``words`` at its beginning or end, else within it, as a phrase."""
    phrase = r"\s+".join(rf"{re.escape(word)}[?!.,;:]*" for word in words)
    at_ends = rf"^{phrase}(?=\s)|(?<=\s){phrase}(?=$|\s+\"[^\"]*\"$)"
    for places in (at_ends, rf"(?<=\s){phrase}(?=\s)"):
        quoted, found = re.subn(places, f'"{" ".join(words)}"', text, count=1)
        if found:
            return quoted
    return text


def _range(phrase: str, today: date) -> tree.Dates:
    match phrase:
        case "hôm nay":
            return tree.Dates(today, today)
        case "tuần này":
            monday = today - timedelta(days=today.weekday())
            return tree.Dates(monday, monday + timedelta(days=6))
        case "tháng này":
            _, last = calendar.monthrange(today.year, today.month)
            return tree.Dates(today.replace(day=1), today.replace(day=last))
        case _:
            return tree.Dates(today.replace(month=1, day=1), today.replace(month=12, day=31))

"""Typed text as tokens that are read from left to right."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from indexer.directives.typed_names import TOKEN, apart
from indexer.vietnamese.letters import fold

YEAR = re.compile(r"(?:19[4-9]|20[0-4])[0-9]")
_DAY_OR_MONTH = re.compile(r"0?[1-9]|[12][0-9]|3[01]")
_DATE = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:19|20)[0-9]{2}")
_ENDINGS = frozenset("pdf doc docx xls xlsx ppt pptx rtf odt ods txt htm html zip rar signed".split())
_LABELS = (("so", "ky", "hieu"), ("so", "va", "ky", "hieu"), ("so", "hieu"), ("ky", "hieu"), ("so",))


class Tokens:
    """The tokens of ``words``, without file extensions; ``at`` is the next one."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        tokens = [
            (part, n)
            for n, word in enumerate(words)
            for token in TOKEN.findall(word)
            for part in apart(token)
        ]
        while tokens and fold(tokens[-1][0]) in _ENDINGS and "." in words[tokens[-1][1]]:
            tokens.pop()
        self.tokens = [token for token, _ in tokens]
        self.folded = [fold(token) for token in self.tokens]
        self.word = [n for _, n in tokens]
        """The index of each token's word."""
        self.at = 0

    @property
    def left(self) -> bool:
        """Whether there is another token."""
        return self.at < len(self.tokens)

    def run(self, size: int) -> tuple[str, ...]:
        """Return the next ``size`` folded tokens, or fewer at the end."""
        return tuple(self.folded[self.at : self.at + size])

    def take(self, *words: str) -> bool:
        """Advance past the folded ``words`` if they come next."""
        if self.run(len(words)) != words:
            return False
        self.at += len(words)
        return True

    def goes_on(self, part: Callable[[], bool]) -> bool:
        """Read ``part`` if it comes next; otherwise advance nothing."""
        before = self.at
        if part():
            return True
        self.at = before
        return False

    def label(self) -> bool:
        """Read the label of a number: ``số``, ``số, ký hiệu``."""
        return any(self.take(*label) for label in _LABELS)

    def year(self) -> int | None:
        """Read ``2020`` or ``năm 2020``."""
        at = self.at + 1 if self.run(1) == ("nam",) else self.at
        if at < len(self.folded) and YEAR.fullmatch(self.folded[at]):
            self.at = at + 1
            return int(self.folded[at])
        return None

    def day(self) -> tuple[date | None] | None:
        """Read ``ngày 19/5/2026`` or ``ngày 19 tháng 5 năm 2026``: the date, or none if the year is missing."""
        self.take("ban", "hanh")
        self.take("ky")
        if not self.take("ngay") and not (self.left and _DATE.fullmatch(self.words[self.word[self.at]])):
            return None
        numbers = []
        for word in ("ngay", "thang"):
            self.take(word)
            one = self.run(1)
            if not one or not _DAY_OR_MONTH.fullmatch(one[0]):
                return None
            numbers.append(int(one[0]))
            self.at += 1
        year = self.year()
        try:
            return (date(year, numbers[1], numbers[0]) if year else None,)
        except ValueError:
            return None

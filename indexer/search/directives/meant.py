"""Which documents of the index a number means: typed in any spelling, as an address, as a key."""

from __future__ import annotations

import re
from collections import Counter

from indexer.directives.number import number_of_key, parse_number
from indexer.directives.typed import NumberPattern, read_typed, same_loosely
from indexer.engine import clauses as c
from indexer.engine.protocol import EngineRequest
from indexer.errors import NotFoundError
from indexer.search.audience import VisibleIndex

_MOST_KNOWN = 400
"""Keys with one number that are looked through: 1 is the most frequent, with some 200 in the news."""


class KnownNumbers:
    """The numbers that articles of one commit bear or cite, of those articles that may be seen."""

    def __init__(self, index: VisibleIndex) -> None:
        self._index = index

    def keys(self, pattern: NumberPattern) -> list[str]:
        """Return the keys of known documents that ``pattern`` may mean, the most cited first."""
        return [key for key in self._known(pattern.number) if pattern.matches(key) and self._seen(key)]

    def alike(self, key: str) -> list[str]:
        """Return the keys of known documents whose number is loosely the same as that of ``key``, not itself."""
        number = key.split("|")[0]
        return [
            other
            for other in self._known(number)
            if other != key and same_loosely(key, other) and self._seen(other)
        ]

    def key_of(self, text: str) -> str:
        """Return the key that ``text`` means: a number in any spelling, a slug, a law's key; NotFoundError if none."""
        number = parse_number(text) or parse_number(text.replace(" ", ""))
        if number:
            return number.key
        if number_of_key(text):
            return text
        if text.startswith("law:") or re.fullmatch(r"[A-ZĐa-z]{1,5}:\w+(?:@\w+)?", text):
            return text
        read = read_typed(re.split(r"[\s-]+", text.strip()))
        if read and read[1] == len(re.split(r"[\s-]+", text.strip())):
            pattern = read[0]
            keys = self.keys(pattern)
            likeliest = pattern.number_of()
            if keys or likeliest:
                return keys[0] if keys else likeliest.key if likeliest else ""
        raise NotFoundError(f"“{text}” is no document number")

    def _known(self, number: str) -> list[str]:
        counts: Counter[str] = Counter()
        for field in ("number", "cites"):
            counts.update(dict(self._index.snapshot.terms(field, f"{number}|", _MOST_KNOWN)))
        return [key for key, _ in counts.most_common()]

    def _seen(self, key: str) -> bool:
        """Tell whether an article that may be seen bears or cites the document: terms are those of all articles."""
        named = c.any_of((c.Term("number", key), c.Term("cites", key)))
        return self._index.search(EngineRequest(named, limit=0)).total > 0

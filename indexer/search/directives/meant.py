"""Which documents of the index a number means: typed in any spelling, as an address, as a key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from indexer.directives.codes import LETTER, issuer_name
from indexer.directives.number import leaves_type_open, number_of_key, parse_number
from indexer.directives.pattern import NumberPattern, same_loosely
from indexer.directives.slips import is_near, slips_of
from indexer.directives.typed import read_typed
from indexer.directives.typed_names import codes_named
from indexer.engine import clauses as c
from indexer.engine.protocol import EngineRequest
from indexer.errors import NotFoundError
from indexer.query.values import day_range, label_clause
from indexer.search.audience import VisibleIndex
from indexer.vietnamese.terms import syllables

_YEARED = frozenset(("Luật", "Bộ luật", "Pháp lệnh", "Nghị định", "Thông tư", "Thông tư liên tịch"))
"""Types whose numbers have a year."""
_LAWS = frozenset(("Luật", "Bộ luật"))
_OPEN = _LAWS | {"Nghị quyết", "Pháp lệnh", "Hiến pháp"}
"""Types between which numbers of an assembly leave the choice open."""
_MOST_NEAR = 8
_MOST_KNOWN = 400
"""Keys with one number that are looked through: 1 is the most frequent, with some 200 in the news."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """Of keys, in how many articles that may be seen each is borne, and cited."""

    borne: Mapping[str, int]
    cited: Mapping[str, int]

    def __contains__(self, key: str) -> bool:
        return key in self.borne or key in self.cited

    def place(self, key: str) -> tuple[bool, int, int]:
        """Return what orders keys: what is held before what is only cited, the most cited first, then the newest."""
        return key not in self.borne, -self.cited.get(key, 0), -int(key.split("|")[1] or 0)


class KnownNumbers:
    """The numbers that articles of one commit bear or cite, of those articles that may be seen."""

    def __init__(self, index: VisibleIndex) -> None:
        self._index = index

    def keys(self, pattern: NumberPattern) -> list[str]:
        """Return the keys of known documents that ``pattern`` may mean: those held first, the most cited first.

        Of a number that was typed with its codes it is that very one, where there is a document with it.
        """
        known, strict = self._known(pattern.number), pattern.strict and pattern.strict.key
        fits = [key for key in known if key == strict or pattern.matches(key)]
        if not fits and pattern.types == {"TT"} and not strict and not pattern.type_word:
            # "tt 01/2015" of 01/2015/TTLT-…, as "thông tư 01/2015" is.
            pattern = replace(pattern, types=codes_named("Thông tư"), type_word="Thông tư")
            fits = [key for key in known if pattern.matches(key)]
        if not fits and pattern.codes and LETTER not in pattern.types:
            # Of "3611-QĐ-BYT-them.pdf" the last word is of the file's name, of "NQ 05 HĐND TP" of the place.
            fits = [key for key in known if replace(pattern, codes=frozenset()).matches(key)]
        if not fits and pattern.year and not strict:
            # Dated by when it was issued: "thông tư 91/2013" of 91/2012/TT-BTC, issued on 1 January 2013.
            of_any_year = [key for key in known if replace(pattern, year=None).matches(key)]
            fits = self._issued(of_any_year, date(pattern.year, 1, 1), date(pattern.year, 12, 31))
        elif (
            pattern.year and pattern.type_name in _YEARED and (dated := [k for k in fits if k.split("|")[1]])
        ):
            fits = dated  # "luật 47/2014" is none of 1990, when numbers of laws had no year
        elif pattern.year and len(fits) > 1:
            fits = self._of_year(fits, pattern.year) or fits
        if pattern.day and len(fits) > 1:
            fits = (
                self._issued(fits, pattern.day, pattern.day) or self._of_year(fits, pattern.day.year) or fits
            )
        seen = self._seen(fits)
        if strict and strict in seen and (strict in seen.borne or pattern.year):
            return [strict]
        filed = self._filed(pattern, known)
        open_ = [key for key in fits if leaves_type_open(key) and key in seen.borne and key not in filed]
        if open_ and pattern.type_name:
            # Of those that are held; what is only cited nobody files.
            others = (
                set(open_)
                if any(map(leaves_type_open, filed))
                else self._of_other_type(open_, pattern.type_name)
            )
            fits = [key for key in fits if key not in others] or fits
        kept = [key for key in known if key in filed or (key in fits and key in seen)]
        return sorted(
            kept, key=lambda key: (not pattern.matches(key), *pattern.closeness(key), *seen.place(key))
        )

    def _of_year(self, keys: Sequence[str], year: int) -> list[str]:
        """Return those of ``keys`` that tell the year, or that an article of that year bears: "68/2010" is no 68/NQ-CP of 2025."""
        told = {key: key.split("|")[1] for key in keys}
        untold = [key for key in keys if not told[key]]
        issued = self._issued(untold, date(year, 1, 1), date(year, 12, 31))
        return [key for key in keys if told[key] == str(year) or key in issued]

    def _issued(self, keys: Sequence[str], first: date, last: date) -> list[str]:
        """Return those of ``keys`` that an article of these days bears."""
        if not keys:
            return []
        borne = c.any_of(tuple(c.Term("number", key) for key in keys))
        request = EngineRequest(c.all_of((borne, day_range(first, last))), facets=("number",), limit=0)
        found = self._index.search(request).facets["number"]
        return [key for key in keys if key in found]

    def _filed(self, pattern: NumberPattern, known: Sequence[str]) -> list[str]:
        """Return those of ``known`` that ``pattern`` means by the type or issuer that their articles are filed under."""
        values = {
            "type": tuple(syllables(pattern.type_name or "")),
            "issuer": tuple(syllables(next(filter(None, map(issuer_name, pattern.issuers)), ""))),
        }
        told = {key: value for key in known if (value := pattern.value_asked(key))}
        filed = tuple(
            c.all_of((c.Term("number", key), label_clause(value, values[value])))
            for key, value in told.items()
        )
        if not filed:
            return []
        counts = self._index.search(EngineRequest(c.any_of(filed), facets=("number",), limit=0)).facets[
            "number"
        ]
        return [key for key in told if key in counts]

    def _of_other_type(self, keys: Sequence[str], kind: str) -> set[str]:
        """Return those of ``keys`` whose articles are of another type than ``kind``: "nghị quyết 68" is no law."""
        same = _LAWS if kind in _LAWS else {kind}
        others = c.any_of(tuple(c.Term("type", name) for name in sorted(_OPEN - same)))
        borne = c.any_of(tuple(c.Term("number", key) for key in keys))
        request = EngineRequest(c.all_of((borne, others)), facets=("number",), limit=0)
        return set(keys) & set(self._index.search(request).facets["number"])

    def alike(self, key: str) -> list[str]:
        """Return the keys of known documents whose number is loosely the same as that of ``key``, not itself."""
        known = self._known(key.split("|")[0])
        alike = [other for other in known if other != key and same_loosely(key, other)]
        seen = self._seen(alike)
        return [other for other in alike if other in seen]

    def near(self, key: str) -> list[str]:
        """Return the keys of known documents whose number a slip divides from ``key``: what is held first, eight at most.

        One figure of number or year, one letter of the codes, or another type of the same issuer.
        """
        fields = key.split("|")
        if len(fields) != 6:
            return []
        by_codes = [other for other in self._known(fields[0]) if is_near(fields, other.split("|"))]
        candidates = list(dict.fromkeys((*slips_of(fields), *by_codes)))
        seen = self._seen([other for other in candidates if other != key])
        return sorted(filter(seen.__contains__, candidates), key=seen.place)[:_MOST_NEAR]

    def key_of(self, text: str) -> str:
        """Return the key that ``text`` means: a number in any spelling, a slug, a law's key; NotFoundError if none."""
        number = parse_number(text) or parse_number(text.replace(" ", ""))
        if number:
            return number.key
        if number_of_key(text):
            return text
        if text.startswith("law:") or re.fullmatch(r"[A-ZĐa-z]{1,5}:\w+(?:@\w+)?", text):
            return text
        words = re.split(r"[\s-]+", text.strip())
        read = read_typed(words)
        if read and read[1] == len(words):
            pattern = read[0]
            keys = self.keys(pattern)
            likeliest = pattern.number_of()
            if keys or likeliest:
                return keys[0] if keys else likeliest.key if likeliest else ""
        raise NotFoundError(f"“{text}” is not a document number")

    def _known(self, number: str) -> list[str]:
        counts: Counter[str] = Counter()
        for field in ("number", "cites"):
            counts.update(dict(self._index.snapshot.terms(field, f"{number}|", _MOST_KNOWN)))
        return [key for key, _ in counts.most_common()]

    def _seen(self, keys: Sequence[str]) -> _Seen:
        """Count ``keys`` in the articles that may be seen: terms of the index are those of all articles."""
        if not keys:
            return _Seen({}, {})
        named = c.any_of(tuple(c.Term(field, key) for key in keys for field in ("number", "cites")))
        counts = self._index.search(EngineRequest(named, facets=("number", "cites"), limit=0)).facets
        wanted = frozenset(keys)
        return _Seen(*({k: n for k, n in counts[of].items() if k in wanted} for of in ("number", "cites")))

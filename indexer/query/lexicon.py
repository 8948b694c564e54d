"""What stands for what: abbreviations, old and new names, ways of typing; looked up as they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from indexer.vietnamese.letters import fold, nfc
from indexer.vietnamese.terms import SYLLABLE, Syllable, syllables, terms_of
from indexer.vietnamese.tones import is_syllable

Kind = Literal["long", "short", "old", "new", "same", "typed", "old place", "new place", "learned"]
LONGEST = 8
"""Syllables of the longest form that is looked up, "quyền sử dụng đất" and the like with room to spare."""
_MOST_PLACES = 4
"""Other names of a commune: where its name was given several times, it says too little to search for all."""
_ALSO_WORDS = frozenset(("hoa binh", "thai binh"))
"""Provinces whose names are words too: meant where they are typed with a capital."""
_SIGNS = re.compile(r"[.&\-\s]+")


@dataclass(frozen=True, slots=True)
class Sense:
    """Another form of what was typed. ``exact`` is strict about its accents: short forms are."""

    text: str
    kind: Kind
    exact: bool = False


class Lexicon:
    """Looks forms up by their folded syllables, abbreviations by their letters."""

    def __init__(self, tables: Iterable[Mapping[str, Any]], places: Iterable[tuple[str, str]] = ()) -> None:
        # Forms stay text until they are looked at: there are thousands of communes.
        self._phrases: dict[str, list[tuple[str, Sense]]] = {}
        self._short: dict[str, list[tuple[str, Sense]]] = {}
        for table in tables:
            for short, long in table.get("abbreviations", {}).items():
                self._abbreviation(short, [long] if isinstance(long, str) else long, isinstance(long, str))
            for present, former in table.get("renamed", {}).items():
                self._group(present, former, "new", "old")
            for one, others in table.get("synonyms", {}).items():
                self._group(one, others, "same", "same")
            for form, meant in table.get("typed", {}).items():
                self._phrase(form, Sense(meant, "typed"))
        for old, new in places:
            self._phrase(old, Sense(new, "new place"))
            self._phrase(new, Sense(old, "old place"))

    def senses(self, typed: Sequence[Syllable], text: str, mixed_case: bool) -> list[Sense]:
        """Return the other forms of a run of words, typed as ``text`` with these syllables.

        ``mixed_case``: the query has small letters too or nothing else, so capitals mean something.
        """
        found = [
            sense
            for form, sense in self._phrases.get(" ".join(s.folded for s in typed), ())
            if _agrees(typed, list(syllables(form)))
        ]
        if " ".join(s.folded for s in typed) in _ALSO_WORDS and not any(letter.isupper() for letter in text):
            found = [sense for sense in found if sense.kind not in ("old place", "new place")]
        if sum(sense.kind in ("old place", "new place") for sense in found) > _MOST_PLACES:
            found = [sense for sense in found if sense.kind not in ("old place", "new place")]
        key = letters_of(text)
        surely = not is_syllable(key) or "." in text or (text.isupper() and mixed_case)
        for written, sense in self._short.get(fold(key), ()):
            if surely and key in (written, fold(written)) and sense.text.lower() != text.lower():
                found.append(sense)
        return list(dict.fromkeys(found))

    def is_abbreviation(self, token: str) -> bool:
        """Tell whether ``token`` is an abbreviation here, and no syllable that it happens to look like."""
        key = letters_of(token)
        return fold(key) in self._short and not is_syllable(key)

    def _abbreviation(self, short: str, longs: Sequence[str], unambiguous: bool) -> None:
        key, forms = letters_of(short), [Sense(form, "short", exact=True) for form in _spellings(short)]
        senses = [*(Sense(long, "long") for long in longs), *forms]
        self._short.setdefault(fold(key), []).extend((key, sense) for sense in senses)
        if unambiguous:
            for form in forms:
                self._phrase(longs[0], form)

    def _group(self, one: str, others: Sequence[str], to_one: Kind, to_others: Kind) -> None:
        for other in others:
            short = other.isupper()
            if short:
                key = letters_of(other)
                self._short.setdefault(fold(key), []).append((key, Sense(one, to_one)))
            else:
                self._phrase(other, Sense(one, to_one))
            self._phrase(one, Sense(other, to_others, exact=short))

    def _phrase(self, form: str, sense: Sense) -> None:
        form = nfc(form)
        key = " ".join(terms_of(token)[1] for token in SYLLABLE.findall(form))
        self._phrases.setdefault(key, []).append((form, sense))


def letters_of(text: str) -> str:
    """Return the letters of an abbreviation in lower case, without ``. & -`` and blanks."""
    return _SIGNS.sub("", nfc(text)).lower()


def _spellings(short: str) -> Iterator[str]:
    """Yield how an abbreviation stands in texts; joined only where that is no word of its own."""
    joined = _SIGNS.sub("", short)
    if not is_syllable(joined.lower()):
        yield joined
    if joined != short:
        yield short


def _agrees(typed: Sequence[Syllable], form: Sequence[Syllable]) -> bool:
    return all(one.toned in (one.folded, other.toned) for one, other in zip(typed, form, strict=True))

"""Equivalent forms: abbreviations, old and new names, and ways of typing, looked up as typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any, Literal

from indexer.vietnamese.accents import accents_agree
from indexer.vietnamese.letters import fold, nfc
from indexer.vietnamese.terms import SYLLABLE, Syllable, folded_names, syllables, terms_of
from indexer.vietnamese.tones import is_syllable

Kind = Literal[
    "long", "short", "old", "new", "same", "typed", "misspelled", "old place", "new place", "learned"
]
LONGEST = 8
"""Maximum number of syllables of a form that is looked up; leaves room beyond "quyền sử dụng đất" and the like."""
_MOST_PLACES = 4
"""Maximum number of other names of a commune: a name given to many places says too little to search for all of them."""
_ALSO_WORDS = frozenset(("hoa binh", "thai binh"))
"""Provinces whose names are also words; they count if typed with a capital."""
_ROUND = " ,;:!?…()[]'\""
_SIGNS = re.compile(r"[.&\-\s]+")


@dataclass(frozen=True, slots=True)
class Sense:
    """Another form of what was typed. ``exact`` means that its accents must match, as for short forms."""

    text: str
    kind: Kind
    exact: bool = False


class Lexicon:
    """Looks up forms by folded syllables, and abbreviations by letters."""

    def __init__(
        self, tables: Iterable[Mapping[str, Any]], places: Iterable[tuple[str, str, bool]] = ()
    ) -> None:
        """``places``: old name, new name, and whether the new one means a single place."""
        self._phrases: dict[str, list[tuple[str, Sense]]] = {}
        self._short: dict[str, list[tuple[str, Sense]]] = {}
        self._never_suggested: set[str] = set()
        for table in tables:
            for short, long in table.get("abbreviations", {}).items():
                self._abbreviation(short, [long] if isinstance(long, str) else long, isinstance(long, str))
            for present, former in table.get("renamed", {}).items():
                self._group(present, former, "new", "old")
            for one, others in table.get("synonyms", {}).items():
                self._synonyms([one, *others])
            for form, meant in table.get("typed", {}).items():
                self._phrase(form, Sense(meant, "typed"))
            for form, meant in table.get("misspelled", {}).items():
                self._phrase(form, Sense(meant, "misspelled", exact=True))
            for texts in table.get("never_suggested", {}).values():
                self._never_suggested.update(map(_toned, texts))
        self._places(list(places))

    def senses(self, typed: Sequence[Syllable], text: str, mixed_case: bool) -> list[Sense]:
        """Return the other forms of words typed as ``text``, with these syllables.

        ``mixed_case``: the query also has small letters, or consists of nothing else, so capitals carry meaning.
        """
        found = self._of_phrase(" ".join(s.folded for s in typed), typed)
        if " ".join(s.folded for s in typed) in _ALSO_WORDS and not any(letter.isupper() for letter in text):
            found = [sense for sense in found if sense.kind not in ("old place", "new place")]
        if sum(sense.kind in ("old place", "new place") for sense in found) > _MOST_PLACES:
            found = [sense for sense in found if sense.kind not in ("old place", "new place")]
        key = letters_of(text)
        short = self._short.get(fold(key), ())
        if short and may_be_short(text, mixed_case):
            found += (sense for written, sense in short if key in (written, fold(written)))
        longs = [sense.text for sense in found if sense.kind == "long"]
        if len(longs) == 1:  # CMND is chứng minh nhân dân, which is căn cước now
            long = list(syllables(longs[0]))
            further = self._of_phrase(" ".join(s.folded for s in long), long)
            found += (sense for sense in further if sense.kind not in ("old place", "new place"))
        distinct: dict[str, Sense] = {}
        for sense in found:
            distinct.setdefault(sense.text.lower(), sense)
        distinct.pop(text.lower(), None)
        return list(distinct.values())

    def with_all_accents(self, typed: Sequence[Syllable]) -> str | None:
        """Return the only form that matches words typed with some of its accents, ``bảo hiểm xa hội``; otherwise None."""
        toned = [s.toned for s in typed]
        folded = [s.folded for s in typed]
        if toned == folded or len(typed) < 2:
            return None
        forms = {
            form for form in self._forms(" ".join(folded)) if accents_agree(typed, list(syllables(form)))
        }
        written = {_toned(form): form for form in forms}
        return next(iter(written.values())) if len(written) == 1 and " ".join(toned) not in written else None

    def may_know(self, folded: str, letters: str) -> bool:
        """Tell whether words with these folded syllables, and folded :func:`letters_of`, may have other forms."""
        return folded in self._phrases or letters in self._short or folded in self._named_places

    def _of_phrase(self, key: str, typed: Sequence[Syllable]) -> list[Sense]:
        """Return the entries of the phrase tables, without those that match as typed anyway."""
        places = (
            (name, Sense(other, "new place" if name == old else "old place"))
            for name, (old, new) in self._named_places.get(key, ())
            for other in (new if name == old else old,)
        )
        return [
            sense
            for form, sense in (*self._phrases.get(key, ()), *places)
            if accents_agree(typed, list(syllables(form)))
            and (sense.kind != "misspelled" or " ".join(s.toned for s in typed) == _toned(form))
            and (sense.exact or " ".join(s.folded for s in syllables(sense.text)) != key)
        ]

    def is_abbreviation(self, token: str) -> bool:
        """Tell whether ``token`` is a listed abbreviation rather than a syllable that looks like it."""
        key = letters_of(token)
        return fold(key) in self._short and not is_syllable(key)

    def recognised(self, tokens: Sequence[str]) -> set[int]:
        """Return the indexes of ``tokens``, single syllables, that are abbreviations or parts of listed forms."""
        typed = [next(syllables(token)) for token in tokens]
        known = {i for i, token in enumerate(tokens) if self.is_abbreviation(token)}
        for start in range(len(typed)):
            for end in range(start + 1, min(len(typed), start + LONGEST) + 1):
                run = typed[start:end]
                key = " ".join(s.folded for s in run)
                if any(accents_agree(run, list(syllables(form))) for form in self._forms(key)):
                    known.update(range(start, end))
        return known

    def may_suggest(self, text: str, typed: str) -> bool:
        """Tell whether ``text`` may be suggested for ``typed``: it must not add a word that is never suggested."""
        toned, as_typed = f" {_toned(text)} ", f" {_toned(typed)} "
        return not any(f" {word} " in toned and f" {word} " not in as_typed for word in self._never_suggested)

    def _forms(self, key: str) -> Iterator[str]:
        """Yield the forms with these folded syllables."""
        yield from (form for form, _ in self._phrases.get(key, ()))
        yield from (name for name, _ in self._named_places.get(key, ()))

    def _abbreviation(self, short: str, longs: Sequence[str], unambiguous: bool) -> None:
        key, forms = letters_of(short), [Sense(form, "short", exact=True) for form in _spellings(short)]
        senses = [*(Sense(long, "long") for long in longs), *forms]
        self._short.setdefault(fold(key), []).extend((key, sense) for sense in senses)
        if unambiguous:
            for form in forms:
                self._phrase(longs[0], form)

    def _places(self, places: Sequence[tuple[str, str, bool]]) -> None:
        # There are thousands, few of which are ever looked up, so they stay text.
        self._named_places: dict[str, list[tuple[str, tuple[str, str]]]] = {}
        keys = folded_names([old for old, _, _ in places]), folded_names([new for _, new, _ in places])
        for (old, new, single), old_key, new_key in zip(places, *keys, strict=True):
            self._named_places.setdefault(old_key, []).append((old, (old, new)))
            if single:
                self._named_places.setdefault(new_key, []).append((new, (old, new)))

    def _group(self, one: str, others: Sequence[str], to_one: Kind, to_others: Kind) -> None:
        for other in others:
            self._link(other, Sense(one, to_one))
            self._link(one, Sense(other, to_others, exact=other.isupper()))

    def _synonyms(self, forms: Sequence[str]) -> None:
        for form, other in permutations(forms, 2):
            self._link(form, Sense(other, "same", exact=other.isupper()))

    def _link(self, form: str, sense: Sense) -> None:
        if form.isupper():
            key = letters_of(form)
            self._short.setdefault(fold(key), []).append((key, sense))
        else:
            self._phrase(form, sense)

    def _phrase(self, form: str, sense: Sense) -> None:
        form = nfc(form)
        key = " ".join(terms_of(token)[1] for token in SYLLABLE.findall(form))
        self._phrases.setdefault(key, []).append((form, sense))


def _toned(text: str) -> str:
    return " ".join(syllable.toned for syllable in syllables(nfc(text)))


def may_be_short(text: str, mixed_case: bool) -> bool:
    """Tell whether ``text`` may be an abbreviation: "da" and "đá" are words, while "DA", "d.a" and "ubnd" may be abbreviations.

    ``mixed_case``: the query also has small letters, or consists of nothing else, so capitals carry meaning.
    """
    return not is_syllable(letters_of(text)) or "." in text or (text.isupper() and mixed_case)


def letters_of(text: str) -> str:
    """Return the letters of an abbreviation in lower case, without ``. & -``, blanks and surrounding signs."""
    return _SIGNS.sub("", nfc(text)).strip(_ROUND).lower()


def _spellings(short: str) -> Iterator[str]:
    """Yield the spellings of an abbreviation in texts; the joined one only if it is not a word."""
    joined = _SIGNS.sub("", short)
    if not is_syllable(joined.lower()):
        yield joined
    if joined != short:
        yield short

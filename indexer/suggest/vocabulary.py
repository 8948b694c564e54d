"""The vocabulary of the index: syllables with all their accents, compounds, and neighbours at distance one."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property

from indexer.engine.fields import WHOLE_TEXT, WORDS
from indexer.engine.protocol import Snapshot
from indexer.errors import TraCuuError
from indexer.suggest.forms import Form
from indexer.vietnamese.edits import within_one_edit
from indexer.vietnamese.letters import fold
from indexer.vietnamese.terms import TONED, forms_with_y, terms_of
from indexer.vietnamese.tones import is_syllable

_MOST_TERMS = 40_000
"""Maximum number of toned terms to read, by frequency: the 86,416 news articles have 12,000 in at least three articles."""
_MOST_COMPOUNDS = 60_000
_MOST_FOREIGN = 6_000
"""Maximum number of terms that are not Vietnamese syllables but may be meant: names and foreign words."""
_LARGE = 1_500
"""Number of syllables, ignoring accents, in a nearly complete vocabulary: 20,000 news articles have 1,767, all of them 1,749."""
_LONGEST_SLIP = 12
_KEPT_SECONDS = 60.0
"""Seconds for which a vocabulary is used despite newer commits: it takes half a second to read."""
_FIRST_SECONDS = 3.0
"""Seconds for which a request waits for the first vocabulary."""
_LEAST_SHARE = 1 / 30_000
"""Minimum share of articles that must contain a term for it to be in the vocabulary: a single slip is not a word."""


class Vocabulary:
    """Frequencies are numbers of articles; ``terms`` and ``compounds`` are in order of frequency, highest first."""

    def __init__(
        self, terms: Iterable[tuple[str, int]], compounds: Iterable[tuple[str, int]], least: int
    ) -> None:
        self._forms: dict[str, list[tuple[str, int]]] = {}
        self._most: dict[str, int] = {}
        """Sums over all accents."""
        self.total = 0
        """The sum of the articles of all terms."""
        articles = least
        for term, articles in terms:
            toned = term.removeprefix(TONED)
            self.total += articles
            folded = terms_of(toned)[1]
            self._most[folded] = self._most.get(folded, 0) + articles
            if articles >= least and toned.isalpha():
                self._forms.setdefault(folded, []).append((toned, articles))
        # Those that were not read are not more frequent than the last one.
        self._unread = max(least, articles)
        self._compounds: Mapping[str, int] = {term: n for term, n in compounds if n >= least}

    def prepare(self) -> None:
        """Build the lookup structures, which the first slip would otherwise have to wait for."""
        _ = self.is_large, self._folded_compounds, self._by_shortened

    @cached_property
    def is_large(self) -> bool:
        """Whether so many syllables are known that an unknown but possible Vietnamese syllable is probably a slip."""
        return sum(map(self.has_syllable, self._forms)) >= _LARGE

    def articles(self, form: Form) -> int:
        """Return the minimum number of articles with the syllable, with its most frequent accents if none are given."""
        forms = self.forms(form.folded)
        if form.toned is None:
            return forms[0][1] if forms else 0
        return next((articles for toned, articles in forms if toned == form.toned), 0)

    def most(self, folded: str) -> int:
        """Return an upper bound of the number of articles with the letters, with any accents: the sum over all accents.

        Articles with terms that are too rare to have been read may exceed it slightly.
        """
        return self._most.get(folded, self._unread)

    def forms(self, folded: str) -> list[tuple[str, int]]:
        """Return the syllable with its accents, most frequent first."""
        return self._forms.get(folded, [])

    def knows(self, token: str, accents: bool) -> bool:
        """Tell whether a typed syllable is known; with ``accents``, in exactly its accents."""
        toned, folded = terms_of(token)
        return any(not accents or form == toned for form, _ in self.forms(folded))

    def has_syllable(self, folded: str) -> bool:
        """Tell whether the letters form a known Vietnamese syllable with any accents."""
        return any(is_syllable(form) for form, _ in self.forms(folded))

    def compound(self, *toned: str) -> int:
        """Return the number of articles in which the syllables form one word of the segmenter."""
        return self._compounds.get("_".join(toned), 0)

    def is_word(self, *forms: Form) -> bool:
        """Tell whether ``forms`` are a word of the segmenter, with any accents if none are given."""
        if all(form.toned is not None for form in forms):
            return "_".join(form.toned or "" for form in forms) in self._compounds
        return "_".join(form.folded for form in forms) in self._folded_compounds

    @cached_property
    def _folded_compounds(self) -> frozenset[str]:
        return frozenset(map(fold, self._compounds))

    def one_slip_away(self, folded: str) -> Iterator[str]:
        """Yield known syllables and words within one edit, including swaps."""
        if not 2 <= len(folded) <= _LONGEST_SLIP + 1:
            return
        seen = {folded}
        for key in (folded, *_shortened(folded)):
            for other in self._by_shortened.get(key, ()):
                if other not in seen and any(within_one_edit(folded, form) for form in forms_with_y(other)):
                    seen.add(other)
                    yield other

    @cached_property
    def _by_shortened(self) -> dict[str, list[str]]:
        """Terms, and terms without one letter -> terms: two within one edit share a key (symmetric deletes)."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        foreign = 0
        for folded in self._forms:
            if not 2 <= len(folded) <= _LONGEST_SLIP:
                continue
            if not self.has_syllable(folded):
                foreign += 1
                if foreign > _MOST_FOREIGN:
                    continue
            for form in forms_with_y(folded):
                for key in {form, *_shortened(form)}:
                    found[key].append(folded)
        return dict(found)


def _shortened(term: str) -> Iterator[str]:
    for i in range(len(term)):
        yield term[:i] + term[i + 1 :]


class VocabularyReader:
    """Reads the vocabulary of an index on first use, and keeps it for a minute despite newer commits.

    It is read in the background, since it takes at least half a second, and many if the index is on machines that are busy.
    Meanwhile requests use the older one; the first ones wait a moment, and do without corrections if it takes longer.
    """

    def __init__(self, kept_seconds: float = _KEPT_SECONDS, first_seconds: float = _FIRST_SECONDS) -> None:
        self._kept_seconds = kept_seconds
        self._first_seconds = first_seconds
        self._reading: threading.Event | None = None
        """Set when the thread that reads the first one ends."""
        self._vocabulary: Vocabulary | None = None
        self._generation = ""
        self._read_at = 0.0
        self._turn = threading.Lock()

    def read(self, snapshot: Snapshot) -> Vocabulary | None:
        """Return the vocabulary of ``snapshot``, or of a commit shortly before it; None if the first is still being read."""
        found = self._vocabulary
        if found is None:
            with self._turn:
                reading = self._reading
                if reading is None or (reading.is_set() and self._vocabulary is None):
                    reading = self._reading = threading.Event()
                    self._start(self._read_first, snapshot, reading)
            reading.wait(self._first_seconds)
            return self._vocabulary
        old = time.monotonic() - self._read_at > self._kept_seconds
        if old and self._generation != snapshot.generation and self._turn.acquire(blocking=False):
            self._start(self._read_on, snapshot)
        return found

    @staticmethod
    def _start(target: Callable[..., None], *given: object) -> None:
        threading.Thread(target=target, args=given, name="vocabulary", daemon=True).start()

    def _read_first(self, snapshot: Snapshot, ended: threading.Event) -> None:
        try:
            with suppress(TraCuuError):  # the next request tries again
                self._read(snapshot)
        finally:
            ended.set()

    def _read_on(self, snapshot: Snapshot) -> None:
        try:
            # An unreadable index is tried again after another minute; searches report the reason.
            self._read_at = time.monotonic()
            with suppress(TraCuuError):
                self._read(snapshot)
        finally:
            self._turn.release()

    def _read(self, snapshot: Snapshot) -> None:
        found = Vocabulary(
            snapshot.terms(WHOLE_TEXT, TONED, _MOST_TERMS),
            snapshot.terms(WORDS, "", _MOST_COMPOUNDS),
            max(1, round(snapshot.count() * _LEAST_SHARE)),
        )
        found.prepare()
        self._vocabulary, self._generation, self._read_at = found, snapshot.generation, time.monotonic()

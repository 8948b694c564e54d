"""Predicts what a query will ask of the index, so that an engine on other machines can answer it all in one round trip.

Results do not depend on it. A wrong prediction costs the nodes some work; a missing one costs a round trip.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from indexer.engine.fields import FOLDED_WORDS, WHOLE_TEXT, WORDS, pairs_field
from indexer.engine.protocol import Foreseen, FrequenciesAsked
from indexer.lexicon.learned import explaining
from indexer.query.cut import LONGEST
from indexer.query.expansion import abbreviated, mixes_cases
from indexer.vietnamese.letters import nfc
from indexer.vietnamese.terms import TONED, syllables

_MOST_SYLLABLES = 24
"""Maximum number of syllables of a query to predict; those of a longer query are requested when they are needed."""


def of_words(text: str) -> Iterator[Foreseen]:
    """Yield the questions by which the words of the query ``text`` are split, read and corrected; no other input is needed."""
    text = nfc(text)
    found = list(syllables(text))[:_MOST_SYLLABLES]
    if not found:
        return
    runs = [
        found[start:end]
        for start in range(len(found))
        for end in range(start + 2, min(len(found), start + LONGEST) + 1)
    ]
    yield FrequenciesAsked(WORDS, ["_".join(one.toned for one in run) for run in runs])
    yield FrequenciesAsked(FOLDED_WORDS, ["_".join(one.folded for one in run) for run in runs])
    yield FrequenciesAsked(
        pairs_field(WHOLE_TEXT), [f"{one.folded}_{other.folded}" for one, other in pairwise(found)]
    )
    yield FrequenciesAsked(WHOLE_TEXT, [term for one in found for term in (TONED + one.toned, one.folded)])
    words = text.split()
    mixed_case = mixes_cases(words)
    yield from (explaining(key) for word in words if (key := abbreviated(word, mixed_case)))

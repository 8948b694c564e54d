"""What a query will most likely ask of the index, told before it does: what lies on other machines is then asked at once.

Nothing depends on it. What is foreseen and never asked costs the nodes some work; what is not costs a round trip.
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
"""Of a query; it asks for the words of a longer one where it comes to them."""


def of_words(text: str) -> Iterator[Foreseen]:
    """Yield what the words of the query ``text`` are cut, read and corrected by: it takes nothing else to begin with."""
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

"""Pure: the syllables of a query as typed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from indexer.suggest.forms import Form
from indexer.vietnamese.terms import terms_of


class Typed:
    """Single syllables; those at the indexes ``fixed`` are not slips."""

    def __init__(self, tokens: Sequence[str], fixed: Collection[int] = ()) -> None:
        self.tokens = tokens
        self.fixed = fixed
        terms = [terms_of(token) for token in tokens]
        self.toned = [toned for toned, _ in terms]
        self.folded = [folded for _, folded in terms]
        self.accents = self.toned != self.folded
        """Whether any syllable has accents; one without is then meant to have none."""
        self.forms = [Form(folded, toned if self.accents else None) for toned, folded in terms]

    def lacks_only_accents_of(self, found: Sequence[str]) -> bool:
        """Tell whether ``found`` only adds accents to unaccented words."""
        return len(found) == len(self.tokens) and all(
            one == toned or (toned == folded == terms_of(one)[1])
            for one, toned, folded in zip(found, self.toned, self.folded, strict=True)
        )

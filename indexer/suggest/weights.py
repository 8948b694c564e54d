"""Weights of evidence from indexed texts, in natural logarithms of odds; see :mod:`indexer.suggest.correction`."""

import math

WORD_WEIGHT = 0.35
"""Per natural logarithm of the number of articles with a syllable."""
_PAIR_WEIGHT = 0.9
"""Per natural logarithm of the number of articles with two syllables side by side."""
_PHRASE_FOUND = 2.0
"""Bonus per pair of neighbours in a sequence that occurs as a whole: the longer it is, the less likely by chance."""
_PHRASE_WEIGHT = 1.0
"""Per natural logarithm of the number of articles with the whole."""


def of_pair(articles: int) -> float:
    """Return the weight of neighbours that are side by side in so many articles."""
    # Most pairs that candidates could form do not occur at all.
    return _PAIR_WEIGHT * math.log1p(articles) if articles else 0.0


def of_whole(articles: int, tokens: int) -> float:
    """Return the bonus of a sequence of ``tokens`` tokens that occurs as a whole in ``articles`` articles."""
    return _PHRASE_FOUND * (tokens - 1) + _PHRASE_WEIGHT * math.log(articles) if articles else 0.0

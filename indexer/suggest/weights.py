"""Weights of evidence from indexed texts; see :mod:`indexer.suggest.correction`."""

WORD_WEIGHT = 0.35
"""Per natural logarithm of the number of articles with a syllable."""
PAIR_WEIGHT = 0.9
"""Per natural logarithm of the number of articles with two syllables side by side."""

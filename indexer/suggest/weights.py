"""What the indexed text says for a reading of a query; see :mod:`indexer.suggest.correction`."""

WORD_WEIGHT = 0.35
"""For each natural logarithm of the articles that a syllable stands in."""
PAIR_WEIGHT = 0.9
"""For that of the articles in which two stand side by side."""

"""Relevance: our ranking against usual baselines on judged sets, and the contribution of each of our signals."""

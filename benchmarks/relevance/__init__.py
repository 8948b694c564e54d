"""Relevance: ours against the usual baselines on judged sets, and what each of our signals gives."""

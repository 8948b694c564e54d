"""Bringing an article in: from its source to catalog, analysis and engine."""

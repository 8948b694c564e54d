"""Matching many saved searches against a few new articles: a search in reverse."""

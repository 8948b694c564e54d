"""Stored forms of articles, pages, relations and extractions."""

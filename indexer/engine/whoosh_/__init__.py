"""The engine in pure Python: Whoosh 2.7.4 stores postings, columns and commits."""

from indexer.engine.whoosh_.engine import WhooshEngine

__all__ = ["WhooshEngine"]

"""The default engine: tantivy, embedded and memory-mapped. Only these modules import the library."""

from indexer.engine.tantivy_.engine import TantivyEngine

__all__ = ["TantivyEngine"]

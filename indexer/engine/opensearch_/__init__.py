"""The engine for collections that outgrow one machine: an OpenSearch cluster, by HTTP. Only ``connection.py`` imports the library."""

from indexer.engine.opensearch_.engine import OpenSearchEngine

__all__ = ["OpenSearchEngine"]

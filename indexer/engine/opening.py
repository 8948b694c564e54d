"""Settings -> engine."""

from __future__ import annotations

from indexer.engine.protocol import Engine
from indexer.settings import Settings


def open_engine(settings: Settings, create: bool = False) -> Engine:
    """Open the configured engine in its folder of the data directory.

    The library of the other engine is not loaded. Raises IndexMissingError where there is no
    index and ``create`` is false.
    """
    path = settings.data / settings.engine
    if settings.engine == "whoosh":
        from indexer.engine.whoosh_ import WhooshEngine

        return WhooshEngine(path, create)
    from indexer.engine.tantivy_ import TantivyEngine

    return TantivyEngine(path, create)

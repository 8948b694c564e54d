"""The demo portal as an index, for tests through the search and through a browser."""

from __future__ import annotations

from pathlib import Path

from indexer.indexing.opening import open_pipeline
from indexer.settings import Settings
from indexer.sources.opening import open_source

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "demo"


def demo_settings(data: Path) -> Settings:
    """Return the settings with which the demo portal in ``data`` is indexed and opened."""
    return Settings(data=data, trust_roots=str(DEMO / "trust"))


def index_demo(data: Path) -> Settings:
    """Index the demo portal into ``data``, with its scans and signatures; return the settings to open it with."""
    settings = demo_settings(data)
    with open_pipeline(settings) as pipeline:
        list(pipeline.index(open_source(str(DEMO / "portal"), settings)))
    return settings

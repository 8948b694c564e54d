"""What is kept of the last run of a source."""

from __future__ import annotations

import json
from typing import Any

from indexer.catalog.catalog import Catalog
from indexer.catalog.format import FILE_NAME
from indexer.settings import Settings


def last_run(settings: Settings, name: str) -> dict[str, Any]:
    """Return what `tracuu sync` printed of a source last, with the moment as ``at``; empty where it never ran."""
    if not (settings.data / FILE_NAME).is_file():
        return {}
    catalog = Catalog(settings.data)
    try:
        found = catalog.places.run(name)
        return {**json.loads(found), "articles": len(catalog.places.of(name))} if found else {}
    finally:
        catalog.close()

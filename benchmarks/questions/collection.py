"""The collection for the questions: the demo portal, 20,000 news articles with bodies, laws and the gazette."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from benchmarks.corpus import CORPORA, NEWS, WITH_BODIES
from indexer.indexing.opening import open_pipeline
from indexer.model import Article
from indexer.settings import Settings
from indexer.sources import Problem
from indexer.sources.folder import FolderSource
from indexer.sources.jsonl import JsonlSource

_DEMO = Path(__file__).resolve().parents[2] / "demo" / "portal"
_FIELDS = {
    "so_hieu": "number",
    "loai": "type",
    "co_quan": "issuer",
    "ngay_ban_hanh": "published",
    "trich_yeu": "title",
}


class Collection:
    """All of it as one source."""

    name = "questions"

    def items(self) -> Iterator[Article | Problem]:
        """Yield what each part gives."""
        plain, mapped = Settings(), Settings(field_map=_FIELDS)
        news = (item for item in JsonlSource(NEWS, plain).items() if isinstance(item, Article) and item.body)
        laws = (
            JsonlSource(CORPORA / f"{part}.jsonl.gz", mapped).items()
            for part in ("laws_fulltext", "legal_docs")
        )
        yield from chain(FolderSource(_DEMO, plain).items(), *laws, islice(news, WITH_BODIES))

    def progress(self) -> None:
        """Unknown; nothing is drawn."""


def indexed(folder: Path) -> Settings:
    """Return the settings of the index in ``folder``, which is created if necessary."""
    settings = Settings(data=folder / "ours-questions")
    if not (settings.data / "catalog.sqlite3").exists():
        print("questions: indexing the collection …", file=sys.stderr)
        with open_pipeline(settings) as pipeline:
            for _ in pipeline.index(Collection()):
                pass
    return settings

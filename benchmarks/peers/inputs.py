"""The inputs of peers: the news in two sizes, and four judged collections. Everything is in NFC."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.corpus import CORPORA, WITH_BODIES, month, records
from benchmarks.peers.protocol import Document
from benchmarks.precision import sample
from benchmarks.questions.collection import Collection
from indexer.evaluation import JudgedSet, read_judged_set
from indexer.model import Article
from indexer.vietnamese.letters import nfc

TIMED = ("bodies", "all")
JUDGED_SETS = ("alqac", "uit_regulations")
COLLECTIONS = (*TIMED, "precision", *JUDGED_SETS, "questions")


def documents(collection: str) -> Iterator[Document]:
    """Yield the documents of one of ``COLLECTIONS``."""
    if collection in TIMED:
        bodies = collection == "bodies"
        for record in records(only_bodies=bodies, limit=WITH_BODIES if bodies else None):
            yield Document(
                record["id"],
                nfc(record["title"]),
                nfc(f"{record['summary'] or ''}\n{record['body'] or ''}"),
                record["source"] or "none",
                record["category"] or "none",
                month(record),
            )
    elif collection == "precision":
        for id, (title, text) in sample().items():
            yield Document(id, title, text.removeprefix(title).strip())
    elif collection == "questions":
        for item in Collection().items():
            if isinstance(item, Article):
                yield Document(item.id, item.title, f"{item.summary}\n{item.body}")
    else:
        for article in judged_set(collection).documents:
            yield Document(article.id, article.title, article.body)


def judged_set(name: str) -> JudgedSet:
    """Read one of the judged sets."""
    return read_judged_set(CORPORA / "retrieval" / name)

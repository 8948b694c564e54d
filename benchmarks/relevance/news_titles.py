"""Known-item search: the article for a title, in an index of the news without titles."""

from __future__ import annotations

import random
from collections.abc import Sequence

from benchmarks.corpus import WITH_BODIES, records
from indexer.evaluation import JudgedSet
from indexer.model import Article
from indexer.vietnamese.letters import nfc

_TITLES = 1_000
_WORDS = 3
_SEED = 20_241_122


def news_by_title(articles: int = WITH_BODIES) -> tuple[JudgedSet, JudgedSet]:
    """Return the bodies of the news with 1,000 complete titles as questions, and with three adjacent words of each."""
    rows = list(records(only_bodies=True, limit=articles))
    documents = tuple(Article(row["id"], "", nfc(f"{row['summary']}\n{row['body']}")) for row in rows)
    chance = random.Random(_SEED)
    chosen = [row for row in chance.sample(rows, len(rows)) if len(row["title"].split()) > _WORDS][:_TITLES]
    relevance = {row["id"]: {row["id"]: 1} for row in chosen}
    whole = {row["id"]: nfc(row["title"]) for row in chosen}
    some = {id: " ".join(_some(title.split(), chance)) for id, title in whole.items()}
    return JudgedSet(documents, whole, relevance), JudgedSet(documents, some, relevance)


def _some(words: Sequence[str], chance: random.Random) -> Sequence[str]:
    start = chance.randint(0, len(words) - _WORDS)
    return words[start : start + _WORDS]

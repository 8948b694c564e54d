"""``python -m benchmarks.duplicates``: whether edited copies of news articles are found, and texts from one template are kept
apart.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import edited
from benchmarks.corpus import records
from benchmarks.tables import table
from indexer.catalog.catalog import Catalog, Record
from indexer.duplicates.store import DuplicateStore
from indexer.indexing.analysis import analysed
from indexer.stored.article import StoredArticle, pack
from indexer.vietnamese.letters import nfc

SEED = 20_241_122
_ORIGINALS = 2_000
_NOTICE = 60
"""Number of syllables from which a text is a notice; in shorter ones, the lines added by a portal outweigh it."""
_EVERY = 20
"""Every n-th article, so that all portals and kinds of articles in the corpus are included."""


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs of articles with the same text: the true ones, the found ones, and those in both."""

    true: int
    found: int
    right: int
    seconds: float
    articles: int

    @property
    def precision(self) -> float:
        """Share of the found pairs that are right."""
        return self.right / self.found

    @property
    def recall(self) -> float:
        """Share of the true pairs that were found."""
        return self.right / self.true


def judge(originals: Sequence[edited.Text], folder: Path, seed: int = SEED) -> Found:
    """Mix ``originals`` with two copies of each and two texts from each one's template, and place them all."""
    chance = random.Random(seed)
    texts: list[tuple[int, edited.Text]] = []
    for number, text in enumerate(originals):
        texts += [(number, text), (number, edited.copy(text, chance)), (number, edited.copy(text, chance))]
        if edited.templated(text):
            texts += [(-len(texts) - n, edited.of_template(text, chance)) for n in (1, 2)]
    chance.shuffle(texts)
    placed, seconds = _place([text for _, text in texts], folder)
    true: Counter[int] = Counter(number for number, _ in texts)
    found: Counter[str] = Counter(filter(None, placed))
    both = Counter((number, text) for (number, _), text in zip(texts, placed, strict=True) if text)
    return Found(_pairs(true.values()), _pairs(found.values()), _pairs(both.values()), seconds, len(texts))


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def _place(texts: Sequence[edited.Text], folder: Path) -> tuple[list[str | None], float]:
    catalog = Catalog(folder, create=True)
    store = DuplicateStore(folder, catalog)
    articles = [StoredArticle(f"a{n}", f"a{n}", title, body=body) for n, (title, body) in enumerate(texts)]
    packed = [pack(article) for article in articles]
    last = catalog.accept([Record(a.id, "", b"", p) for a, p in zip(articles, packed, strict=True)])
    entries = [analysed(a, p, None, ()) for a, p in zip(articles, packed, strict=True)]
    start = time.perf_counter()
    for seq, (entry, shingles) in enumerate(entries, last - len(entries) + 1):
        store.place(seq, entry, shingles)
    store.commit(last)
    seconds = time.perf_counter() - start
    found = [store.text_of(article.id) for article in articles]
    store.close()
    catalog.close()
    return found, seconds


def section() -> str:
    """Return the table."""
    texts = [
        (nfc(r["title"]), nfc(f"{r.get('summary') or ''}\n{r['body']}".strip()))
        for n, r in enumerate(records())
        if n % _EVERY == 0
    ]
    notices = [text for text in texts if len(text[1].split()) >= _NOTICE]
    teasers = [text for text in texts if len(text[1].split()) < _NOTICE]
    rows = []
    for name, originals in (
        (f"articles of {_NOTICE} syllables or more", notices),
        ("shorter teasers", teasers),
    ):
        with tempfile.TemporaryDirectory() as folder:
            found = judge(originals[:_ORIGINALS], Path(folder))
        rows.append(
            (
                name,
                f"{found.articles:,}",
                f"{found.precision:.4f}",
                f"{found.recall:.4f}",
                f"{found.seconds / found.articles * 1000:.2f}",
            )
        )
    return (
        f"## The same text (`python -m benchmarks.duplicates`): {_ORIGINALS:,} texts of the news, each with two edited"
        " copies and two texts of its template; targets: precision 0.98, recall 0.9\n\n"
        + table(("", "texts", "precision of pairs", "recall of pairs", "ms a text"), rows)
    )


if __name__ == "__main__":
    print(section())

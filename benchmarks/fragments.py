"""``python -m benchmarks.fragments [FOLDER]``: what the fragments of hits show, and what is marked in them.

It covers the demo portal, 2,000 news articles and the real attachments; existing content of FOLDER is reused.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from benchmarks import results
from benchmarks.corpus import CORPORA, NEWS
from benchmarks.tables import table
from indexer.evaluation import percentile
from indexer.highlight.finder import Wanted
from indexer.highlight.fragment import fragment, mark
from indexer.highlight.from_query import wanted_by
from indexer.indexing.opening import open_pipeline
from indexer.model import Article, Attachment, Marked
from indexer.query.parser import parse
from indexer.search.request import SearchRequest
from indexer.search.response import Hit
from indexer.search.searcher import Searcher
from indexer.search.service import open_search
from indexer.settings import Settings
from indexer.sources import Item
from indexer.sources.jsonl import JsonlSource
from indexer.sources.opening import open_source
from indexer.stored.article import StoredArticle
from indexer.vietnamese.function_words import is_function_word
from indexer.vietnamese.letters import fold, nfc
from indexer.vietnamese.terms import Syllable, syllables
from indexer.vietnamese.words import canonical_words

ARTICLES = 2_000
"""Number of news articles."""
QUERIES = 300
HITS = 10
_DEMO = Path(__file__).resolve().parents[1] / "demo" / "portal"
_SEED = 20_261_128
_BEFORE = {
    "fragments of files that show boilerplate": "211 of 897 (23.5%)",
    "fragments of articles that repeat the title": "501 of 4,218 (11.9%)",
    "fragments of articles that begin with a sentence": "719 of 4,218 (17.0%)",
    "marks that are not on a word of the query": "4692 of 15,358 (30.6%)",
    "marks and fragments of ten hits, p50": "1.37 ms",
    "marks and fragments of ten hits, p95": "5.64 ms",
}
"""Figures for the same queries before words were matched as words, and before fragments took sentences, boilerplate and titles
into account.
"""
_FURNITURE = re.compile(
    r"cộng h(?:òa|oà) xã hội chủ nghĩa|độc lập\s*[-–]\s*tự do|nơi nhận\s*:|[.…_]{5,}|(?:\. ){5,}|[-=]{5,}"
    r"|\(\s*đã ký|\(?ký[ ,&]*(?:và )?ghi rõ|\b(?:TM|KT|TL|TUQ)\.\s*(?:BỘ|CHỦ|GIÁM|[UỦ][YỶ]|HỘI|CHÍNH)"
    r"|kính gửi\s*:|lưu\s*:\s*vt",
    re.IGNORECASE,
)
"""Signs of boilerplate, defined separately from the product's rules so that these do not judge themselves."""


def repeats_title(title: str, piece: str) -> bool:
    """Tell whether ``piece`` has four fifths of the distinct syllables of ``title``, which has at least four."""
    words = {syllable.folded for syllable in syllables(title)}
    shown = {syllable.folded for syllable in syllables(piece)}
    return len(words) > 3 and len(words & shown) >= 0.8 * len(words)


def words_of(query: str) -> list[list[Syllable]]:
    """Return the words of a query, segmented if it has accents, without single function words."""
    words = [list(syllables(query[start:end])) for start, end in canonical_words(query)]
    return [
        word
        for word in words
        if len(word) > 1 or (word and not is_function_word(word[0].toned, word[0].folded))
    ]


def wrong_marks(shown: Marked, words: Sequence[Sequence[Syllable]]) -> tuple[int, int]:
    """Return the number of marks, and of those with a syllable that belongs to none of ``words`` there."""
    found = list(syllables(shown.text))
    covered: set[int] = set()
    for word in words:
        for at in range(len(found) - len(word) + 1):
            if all(map(_same, found[at : at + len(word)], word)):
                covered.update(range(at, at + len(word)))
    total = wrong = 0
    for start, end in _as_shown(shown):
        total += 1
        wrong += any(i not in covered for i, syllable in enumerate(found) if start <= syllable.start < end)
    return total, wrong


def _same(there: Syllable, typed: Syllable) -> bool:
    return there.toned == typed.toned if typed.toned != typed.folded else there.folded == typed.folded


def _as_shown(shown: Marked) -> Iterator[tuple[int, int]]:
    """Neighbours with a single blank between them look like one mark."""
    at: tuple[int, int] | None = None
    for start, end in shown.marks:
        if at and start == at[1] + 1 and shown.text[at[1]].isspace():
            at = at[0], end
        else:
            if at:
                yield at
            at = start, end
    if at:
        yield at


def queries(titles: Sequence[str], number: int) -> list[tuple[str, list[list[Syllable]]]]:
    """Return sequences of one to four words from titles, every second one without accents, and their words."""
    chance = random.Random(_SEED)
    made: list[tuple[str, list[list[Syllable]]]] = []
    while len(made) < number:
        title = nfc(chance.choice(titles))
        words = list(canonical_words(title))
        size = chance.randint(1, 4)
        if len(words) < size:
            continue
        first = chance.randint(0, len(words) - size)
        text = title[words[first][0] : words[first + size - 1][1]]
        asked = words_of(text)
        if not asked or re.search(r"[^\w ]", text):
            continue
        if len(made) % 2:
            text = fold(text)
            asked = [[Syllable(s.folded, s.folded, 0, 0) for s in word] for word in asked]
        made.append((text, asked))
    return made


class _All:
    """The demo portal, the first news articles with a body, and the real attachments, each carried by an article of its own."""

    name = "fragments"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def items(self) -> Iterator[Item]:
        """Yield articles."""
        yield from open_source(str(_DEMO), self._settings).items()
        if not NEWS.is_file():
            return
        news = JsonlSource(NEWS, self._settings).items()
        yield from islice((one for one in news if isinstance(one, Article) and one.body), ARTICLES)
        for path in sorted((CORPORA / "attachments").iterdir()):
            name = " ".join(re.split(r"[_\W]+", path.stem)[1:])
            yield Article(f"attachment/{path.name}", name, attachments=(Attachment(path.name, path=path),))

    def progress(self) -> float | None:
        """Not drawn."""
        return None


def section(folder: Path) -> str:
    """Return the table."""
    settings = Settings(data=folder)
    if not (folder / "catalog.sqlite3").exists():
        with open_pipeline(settings) as pipeline:
            for _ in pipeline.index(_All(settings)):
                pass
    searcher = open_search(settings).searcher()
    articles = list(searcher.scan(SearchRequest("*"), ARTICLES * 2))
    with_files = [article.title for article in articles if article.files]
    asked = queries([article.title for article in articles], QUERIES)
    asked += queries(with_files, QUERIES)
    rows = [*_shown(searcher, asked), *_times(searcher, [text for text, _ in asked])]
    return (
        "## Fragments and marks (`python -m benchmarks.fragments`):"
        f" {len(asked)} queries made from titles, {len(articles):,} articles, ten hits each\n\n"
        + table(("", "before", "measured"), [(name, _BEFORE[name], value) for name, value in rows])
    )


def _shown(searcher: Searcher, asked: Sequence[tuple[str, list[list[Syllable]]]]) -> list[tuple[str, str]]:
    of_files = furniture = of_articles = titles = began = total = wrong = 0
    for text, words in asked:
        response = searcher.search(SearchRequest(text, size=HITS))
        for hit in response.hits:
            if hit.snippet.text:
                of_articles += 1
                titles += repeats_title(hit.title.text, hit.snippet.text)
                began += not hit.snippet.text.startswith("…")
            of_files += len(hit.files)
            furniture += sum(bool(_FURNITURE.search(file.snippet.text)) for file in hit.files)
            if not any("cũng tìm" in line for line in response.query.interpretation):
                for piece in _pieces(hit):
                    one, bad = wrong_marks(piece, words)
                    total, wrong = total + one, wrong + bad
    return [
        ("fragments of files that show boilerplate", _share(furniture, of_files)),
        ("fragments of articles that repeat the title", _share(titles, of_articles)),
        ("fragments of articles that begin with a sentence", _share(began, of_articles)),
        ("marks that are not on a word of the query", _share(wrong, total)),
    ]


def _pieces(hit: Hit) -> Iterator[Marked]:
    yield hit.title
    yield hit.snippet
    yield from (file.snippet for file in hit.files)


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole:,} ({part / max(whole, 1):.1%})"


def _times(searcher: Searcher, texts: Sequence[str]) -> list[tuple[str, str]]:
    """Marks of titles and fragments for the hits of each query, in CPU time, the best of five rounds."""
    taken = []
    for text in texts:
        marks = wanted_by(parse(text))
        articles = list(searcher.scan(SearchRequest(text), HITS))
        taken.append(min(_milliseconds(articles, marks) for _ in range(5)))
    return [(f"marks and fragments of ten hits, p{p}", f"{percentile(taken, p):.2f} ms") for p in (50, 95)]


def _milliseconds(articles: Sequence[StoredArticle], marks: Wanted) -> float:
    start = time.thread_time()
    for article in articles:
        mark(article.title, marks)
        fragment(article.text, marks, title=article.title)
    return (time.thread_time() - start) * 1000


def main() -> None:
    """Measure and write."""
    if len(sys.argv) > 1:
        results.put([section(Path(sys.argv[1]))])
        return
    with tempfile.TemporaryDirectory(prefix="tracuu-fragments-") as made:
        results.put([section(Path(made))])


if __name__ == "__main__":
    main()

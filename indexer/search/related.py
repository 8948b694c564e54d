"""Related articles: those that cite it or are cited by it, that cite the same documents, or that share rare words.

The weights were tuned on the 2,033 numbers of the gazette (``python -m benchmarks.related``), whose records name the documents
related to each.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.directives.number import parse_number
from indexer.engine import clauses as c
from indexer.engine.fields import WHOLE_TEXT, WORDS, pairs_field
from indexer.engine.protocol import EngineRequest, FrequenciesAsked, Snapshot
from indexer.stored.article import StoredArticle, unpack
from indexer.vietnamese.function_words import is_function_word
from indexer.vietnamese.terms import TONED, term_streams
from indexer.visible.index import VisibleIndex

MOST_RELATED = 100
"""Maximum number of related articles that can be requested."""
_CITES_IT = 60.0
"""Constant: an article that cites this one, or is cited by it, ranks above any similarity of words."""
_CITES_THE_SAME = 40.0
"""Constant for a document that both cite, multiplied by its rarity from 0 to 1."""
_PAIRS = 0.6
"""Weight of BM25 for the headline's folded pairs relative to its syllables, as in the ranking of queries."""
_WORDS = 0.5
"""Weight of BM25 for words of several syllables that are rare in the index and frequent here."""
_HIGHER_RANK = {"Luật": 8.0, "Bộ luật": 8.0, "Nghị định": 4.0}
"""Constants for types that other documents are based on: readers of a circular want its decree and its law."""
_RARE_WORDS = 15
_CITATIONS = 30
"""Maximum number of cited documents in the query, rarest first; a consolidated law cites hundreds."""
_READ = 3_000
"""Number of characters of the body whose words are weighted: news and directives alike state their subject at the beginning."""
_HEADLINE = 60
"""Maximum number of syllables of the headline in the query."""
_NUMBER_FIRST = re.compile(r"^[^\W\d_]+(?: [^\W\d_]+){0,4} số \S+ (?:ngày \S+ )?(?:của )?")
"""``Thông tư số 34/2010/TT-BYT``: the designation of a directive says nothing about its subject."""


@dataclass(frozen=True, slots=True)
class Related:
    """A related article and what it shares with the one in question."""

    article: StoredArticle
    score: float
    cites_it: bool
    """It cites a number that the article bears."""
    cited_by_it: bool
    """It bears a number that the article cites."""
    shared: tuple[str, ...]
    """Numbers and names of documents that both cite."""


def related(index: VisibleIndex, article: StoredArticle, limit: int = 10) -> list[Related]:
    """Return the articles most related to ``article``, best first, without itself and without copies of it or of each other."""
    own = _own(article)
    hits = index.search(question(index, article, limit)).hits
    itself = next((hit.text for hit in hits if hit.id == article.id), None)
    others = [hit for hit in hits if hit.id != article.id and (itself is None or hit.text != itself)]
    return [_related(article, own, unpack(hit.stored), hit.score) for hit in others[:limit]]


def question(index: VisibleIndex, article: StoredArticle, limit: int) -> EngineRequest:
    """Return the search for the articles most related to ``article``."""
    own = _own(article)
    clauses = (
        *_citing(index.snapshot, article, own),
        *_headline(article),
        *_rare_words(index.snapshot, article),
        *(_of_higher_rank() if own else ()),
    )
    # Three more, since one is the article itself or represents its copies.
    return EngineRequest(c.any_of(clauses), limit=limit + 3, fold=True)


def foreseen(article: StoredArticle) -> Iterator[FrequenciesAsked]:
    """Yield the counts on which :func:`question` depends."""
    yield FrequenciesAsked("cites", _cited(article))
    yield FrequenciesAsked(WORDS, list(_neighbours(article)))


def _own(article: StoredArticle) -> list[str]:
    return [number.key for number in map(parse_number, article.numbers) if number]


def _cited(article: StoredArticle) -> list[str]:
    return list(dict.fromkeys(citation.key for citation in article.citations))


def _citing(snapshot: Snapshot, article: StoredArticle, own: Sequence[str]) -> Iterator[c.Clause]:
    for key in own:
        yield c.Constant(c.Term("cites", key), _CITES_IT)
    cited = _cited(article)
    total = snapshot.count()
    rarest = sorted(zip(snapshot.frequencies("cites", cited), cited, strict=True))[:_CITATIONS]
    for frequency, key in rarest:
        yield c.Constant(c.Term("number", key), _CITES_IT)
        if frequency > 1:
            rarity = math.log(1 + total / frequency) / math.log(1 + total)
            yield c.Constant(c.Term("cites", key), _CITES_THE_SAME * rarity)


def _headline(article: StoredArticle) -> Iterator[c.Clause]:
    subject = _NUMBER_FIRST.sub("", article.title) if article.numbers else article.title
    streams = term_streams(subject)
    terms = streams.text.split()
    toned = dict.fromkeys(
        term
        for term, folded in zip(terms[::2], terms[1::2], strict=True)
        if not is_function_word(term.removeprefix(TONED), folded)
    )
    for term in list(toned)[:_HEADLINE]:
        yield c.Term(WHOLE_TEXT, term)
    for pair in list(dict.fromkeys(streams.pairs.split()))[:_HEADLINE]:
        yield c.Boost(c.Term(pairs_field(WHOLE_TEXT), pair), _PAIRS)


def _rare_words(snapshot: Snapshot, article: StoredArticle) -> Iterator[c.Clause]:
    """Neighbours that the index knows as words, so that no segmenter is needed."""
    counts = _neighbours(article)
    total = snapshot.count()
    frequencies = snapshot.frequencies(WORDS, list(counts))
    weighed = [
        (-count * math.log(total / frequency), word)
        for (word, count), frequency in zip(counts.items(), frequencies, strict=True)
        if 1 < frequency < total
    ]
    for _, word in sorted(weighed)[:_RARE_WORDS]:
        yield c.Boost(c.Term(WORDS, word), _WORDS)


def _neighbours(article: StoredArticle) -> Counter[str]:
    """Return two and three neighbouring syllables of the beginning, with the number of times that each occurs."""
    text = f"{article.title}\n{article.summary}\n{article.body[:_READ]}"
    toned = [term.removeprefix(TONED) for term in term_streams(text).text.split()[::2]]
    return Counter("_".join(toned[at : at + size]) for size in (2, 3) for at in range(len(toned) - size + 1))


def _of_higher_rank() -> Iterator[c.Clause]:
    for name, weight in _HIGHER_RANK.items():
        yield c.Constant(c.Term("type", name), weight)


def _related(article: StoredArticle, own: Sequence[str], other: StoredArticle, score: float) -> Related:
    cited = {citation.key: citation.number for citation in article.citations}
    theirs = {citation.key for citation in other.citations}
    borne = {number.key for number in map(parse_number, other.numbers) if number}
    return Related(
        other,
        round(score, 4),
        cites_it=not theirs.isdisjoint(own),
        cited_by_it=not borne.isdisjoint(cited),
        shared=tuple(number for key, number in cited.items() if key in theirs),
    )

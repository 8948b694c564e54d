"""Converts terms of the index to the spelling of articles: ``quình`` to "Quỳnh", ``uỷ`` to "ủy"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from indexer.engine import clauses as c
from indexer.engine.fields import WHOLE_TEXT
from indexer.engine.protocol import EngineRequest, Snapshot
from indexer.query.values import STAFF
from indexer.stored.article import unpack
from indexer.vietnamese.letters import fold
from indexer.vietnamese.terms import SYLLABLE, TONED, terms_of, usual_spelling

_ARTICLES = 5
"""Number of articles examined for the spelling of a term."""
_CHARACTERS = 20_000
"""Number of characters of each, from its title on."""


def as_written(terms: Sequence[str], snapshot: Snapshot) -> list[str]:
    """Return ``terms``, toned or folded, in small letters and in the spelling of most articles in ``snapshot`` that contain them.

    Articles with all of the terms take precedence. Terms in no public article get their usual spelling.
    """
    seen = _Spellings(terms)
    seen.look(_articles(terms, snapshot))
    for term in seen.unknown:
        seen.look(_articles([term], snapshot))
    return [seen.of(term) for term in terms]


class _Spellings:
    def __init__(self, terms: Sequence[str]) -> None:
        self._found: dict[str, Counter[str]] = {term: Counter() for term in terms}

    @property
    def unknown(self) -> list[str]:
        return [term for term, found in self._found.items() if not found]

    def look(self, texts: Iterable[str]) -> None:
        for text in texts:
            # A text repeats the same few hundred syllables.
            for token, times in Counter(SYLLABLE.findall(text.lower())).items():
                for term in terms_of(token):
                    if term in self._found:
                        self._found[term][token] += times

    def of(self, term: str) -> str:
        found = self._found[term].most_common(1)
        if not found:
            return usual_spelling(term)
        return fold(found[0][0]) if fold(term) == term else found[0][0]


def _articles(terms: Sequence[str], snapshot: Snapshot) -> Iterable[str]:
    asked = tuple(
        c.Term(WHOLE_TEXT, term if fold(term) == term else TONED + term) for term in dict.fromkeys(terms)
    )
    request = EngineRequest(c.all_of(asked), filters={"audience": c.Not(STAFF)}, limit=_ARTICLES)
    for hit in snapshot.search(request).hits:
        article = unpack(hit.stored)
        yield f"{article.title}\n{article.text}"[:_CHARACTERS]

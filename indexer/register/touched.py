"""Determines which documents the register must update after articles have changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from indexer.directives.number import parse_number
from indexer.engine.fields import LAW_NUMBER, law_number
from indexer.engine.protocol import Snapshot
from indexer.register.laws import LAW_TYPES, law_subject
from indexer.stored.article import StoredArticle, unpack
from indexer.vietnamese.terms import syllables

_MOST_BESIDE = 100
_MOST_LAWS = 1_000_000


def touched_keys(before: Snapshot, after: Snapshot, ids: Iterable[str]) -> set[str]:
    """Return the keys of documents that the articles ``ids`` mention ``before`` or ``after`` the change.

    This includes the keys that share a law's name and number with one of these, and the laws that one of the articles may be.
    """
    commits, ids = (before, after), list(ids)
    articles = [unpack(one) for commit in commits for one in commit.documents(ids).values()]
    keys = {key for article in articles for key in _told(article)}
    keys.update(_laws_named(commits, articles))
    # The number of a name leads to other names with that number.
    for _ in range(2):
        keys.update([other for key in keys for commit in commits for other in _beside(commit, key)])
    return keys


def _told(article: StoredArticle) -> Iterator[str]:
    yield from (number.key for number in map(parse_number, article.numbers) if number)
    yield from (citation.key for citation in article.citations)


def _beside(commit: Snapshot, key: str) -> list[str]:
    found = commit.terms(LAW_NUMBER, law_number(key), _MOST_BESIDE)
    return [term.partition("=")[2] for term, _ in found]


def _laws_named(commits: Sequence[Snapshot], articles: Iterable[StoredArticle]) -> Iterator[str]:
    """Yield the laws named in the titles of those ``articles`` that are laws; the articles decide whether these laws are held."""
    titles = {_plain(article.title) for article in articles if LAW_TYPES.intersection(article.type)}
    if not titles:
        return
    known = {key for commit in commits for key, _ in commit.terms("cites", "law:", _MOST_LAWS)}
    for key in known:
        subject = _plain(law_subject(key.removeprefix("law:").partition("@")[0].replace("_", " ")))
        if any(subject in title for title in titles):
            yield key


def _plain(text: str) -> str:
    return f" {' '.join(syllable.folded for syllable in syllables(text))} "

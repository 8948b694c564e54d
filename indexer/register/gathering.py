"""Converts the articles of one commit to register entries: one for each document that they bear or cite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from indexer.directives.document_status import of_one_document
from indexer.directives.evidence import issued, own_number
from indexer.directives.issuer_names import whole_name
from indexer.directives.legal_status import STATUSES
from indexer.directives.number import DocumentNumber, number_of_key, parse_number
from indexer.directives.slug import slug_of_key
from indexer.engine import clauses as c
from indexer.engine.fields import STATUS
from indexer.engine.protocol import EngineRequest
from indexer.model import FileState
from indexer.register.borne import Told, told, told_by, told_place, told_subject
from indexer.register.entry import Bearer, Entry, Kept
from indexer.register.labels import Labels
from indexer.register.laws import Laws
from indexer.register.ranked import RankedDocuments
from indexer.register.same import SameLaws
from indexer.stored.article import StoredArticle
from indexer.visible.index import VisibleIndex
from indexer.visible.scan import scan

_READ = (FileState.TEXT, FileState.OCR, FileState.PARTIAL)
_NUMBERED = c.any_of(tuple(c.Prefix("number", str(digit)) for digit in range(10)))
_MOST = 1_000_000
_TOGETHER = 100
"""Number of document numbers whose articles are requested at a time."""
_HEAD = 1_500
"""Number of characters in which :class:`~indexer.directives.issued.Issued` looks for a letterhead."""
_Borne = tuple[StoredArticle, str | None]
"""An article and its indexed legal status."""


def entries_of(index: VisibleIndex, keys: Collection[str] | None = None) -> Iterator[Entry]:
    """Yield an entry for each document, grouped by key, from the articles that may be seen.

    With ``keys``, only documents with these keys, which costs more per document.
    """
    labels, same = Labels(index), SameLaws(index)
    ranked = RankedDocuments(index, labels, Laws(index), same)
    cited = ranked.citing_articles() if keys is None else ranked.citing(keys)
    borne: defaultdict[str, list[_Borne]] = defaultdict(list)
    for article, status in _numbered(index) if keys is None else _bearing(index, keys):
        for key in dict.fromkeys(n.key for n in map(parse_number, article.numbers) if n):
            if keys is None or key in keys:
                borne[key].append((article, status))
    for key, found in borne.items():
        yield from _held(key, found, labels, cited.get(key, 0))
    for key, n in cited.items():
        if key not in borne and not ranked.is_law_held(key):
            yield _missing(key, n, labels)


def _bearing(index: VisibleIndex, keys: Collection[str]) -> Iterator[_Borne]:
    """Yield the articles that bear one of the numbers, as in :func:`_numbered`."""
    numbers = sorted(key for key in keys if number_of_key(key))
    for start in range(0, len(numbers), _TOGETHER):
        some = c.any_of(tuple(c.Term("number", key) for key in numbers[start : start + _TOGETHER]))
        yield from _numbered(index, some)


def _numbered(index: VisibleIndex, among: c.Clause = c.Everything()) -> Iterator[_Borne]:  # noqa: B008
    """Yield the articles of ``among`` that bear a number, the newest of each status first, with one query per status."""
    clauses: dict[str | None, c.Clause] = {status: c.Term(STATUS, status) for status in STATUSES}
    clauses[None] = c.All((_NUMBERED, c.Not(c.any_of(tuple(clauses.values())))))
    for status, clause in clauses.items():
        match = c.All((c.Everything(), among, clause))
        for article in scan(index, EngineRequest(match, sort="newest"), _MOST):
            # All of them are held in memory at once, so texts are reduced to what identifies the issuer and to whether they exist.
            yield replace(article, body=article.body.strip()[:_HEAD], summary="", citations=()), status


def _held(key: str, found: Sequence[_Borne], labels: Labels, cited: int) -> Iterator[Entry]:
    groups = of_one_document(key, [issued(article) for article, _ in found]) if len(found) > 1 else [[0]]
    for group in groups:
        several = len(groups) > 1
        yield _entry(key, [found[n] for n in group], labels, several, None if several else cited)


def _entry(key: str, found: Sequence[_Borne], labels: Labels, several: bool, cited: int | None) -> Entry:
    number = number_of_key(key)
    articles = [article for article, _ in found]
    first = next((n for n, article in enumerate(articles) if told_subject([article])), 0)
    articles = [articles[first], *articles[:first], *articles[first + 1 :]]
    own = next((one for one in articles if len(one.numbers) == 1), None)
    place = told_place(key, articles)
    days = [one.published for one in articles if one.published]
    day_issued = told(articles, "issued")
    year = str(number.year) if number and number.year else (day_issued or min(days, default=""))[:4]
    return Entry(
        key,
        labels.label(key, articles),
        slug_of_key(key),
        _variant(told_by(key, articles[0])) if several else {},
        type=(own.type[0] if own and own.type else None) or (number.type_name if number else None),
        issuers=tuple(_whole(name, place) for name in _issuers(own, number)),
        year=year or None,
        issued=day_issued,
        published=min(days, default=None),
        effective=told(articles, "effective"),
        subject=told_subject(articles),
        status=next((status for one, status in found if status and _is_its_own(one, key)), None),
        kept=min(map(_kept, articles), key=("file", "article", "record").index),
        bearers=tuple(
            Bearer(one.title, one.address, sum(file.state in _READ for file in one.files), one.url)
            for one in articles
        ),
        cited_by=cited,
    )


def _missing(key: str, cited: int, labels: Labels) -> Entry:
    number = number_of_key(key)
    label = labels.label(key)
    if number is None:
        year = key.partition("@")[2]
        return Entry(key, label, slug_of_key(key), year=year or None, cited_by=cited)
    issuer = number.issuer_name or number.issuer
    return Entry(
        key,
        label,
        slug_of_key(key),
        type=number.type_name,
        issuers=(issuer,) if issuer else (),
        year=str(number.year) if number.year else None,
        cited_by=cited,
    )


def _is_its_own(article: StoredArticle, key: str) -> bool:
    """Return whether the status of ``article`` is that of the document ``key``: an article may bear several numbers."""
    own = own_number(article)
    return own is not None and own.key == key


def _issuers(own: StoredArticle | None, number: DocumentNumber | None) -> tuple[str, ...]:
    if own is not None and own.issuer:
        return tuple(map(whole_name, own.issuer))
    issuer = (number.issuer_name or number.issuer) if number else None
    return (issuer,) if issuer else ()


def _whole(name: str, place: str | None) -> str:
    return f"{name} {place}" if place and place.casefold() not in name.casefold() else name


def _variant(chosen_by: Told) -> Mapping[str, Sequence[str]]:
    chosen = zip(("year", "kind", "place"), chosen_by, strict=True)
    return {name: [str(value)] for name, value in chosen if value}


def _kept(article: StoredArticle) -> Kept:
    if any(file.state in _READ for file in article.files):
        return "file"
    return "article" if article.body.strip() else "record"

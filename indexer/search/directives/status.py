"""The legal status of a document according to the articles of one commit, and later laws with the same name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from indexer.directives.citations.named import law_key
from indexer.directives.codes import is_assembly
from indexer.directives.document_status import Known, of_one_document
from indexer.directives.evidence import issued, names_of, said_by
from indexer.directives.force import Force
from indexer.directives.issued import Issued
from indexer.directives.law_title import law_named
from indexer.directives.legal_status import UNKNOWN, LegalStatus, has_status
from indexer.directives.number import number_of_key, year_of
from indexer.engine import clauses as c
from indexer.engine.protocol import EngineRequest, Foreseen
from indexer.query.laws import LawAsked
from indexer.register.labels import Labels
from indexer.register.laws import Laws
from indexer.register.named import Named
from indexer.search.directives.gathered import Gathered
from indexer.search.directives.view import Variant
from indexer.stored.article import StoredArticle, unpack
from indexer.visible.index import VisibleIndex

_LAWS = ("luat ", "bo luat ", "phap lenh ")
_BEARERS = 10
"""Maximum number of articles bearing one number."""
_NEWEST = 50
"""Maximum number of documents without a date that are examined for their date of issue."""
_REACH = (
    EngineRequest(c.Everything(), sort="newest", limit=1),
    EngineRequest(c.Undated(), facets=("number",), limit=0),
)
Telling = Callable[[str], Sequence[StoredArticle]]
"""Key of a document -> the articles that state changes to it."""


class Statuses:
    """Answers from the visible articles of one commit."""

    def __init__(self, index: VisibleIndex, labels: Labels, telling: Telling) -> None:
        self._index = index
        self._labels = labels
        self._laws = Laws(index)
        self._telling = telling

    def of(self, found: Gathered, variant: Variant | None, today: str) -> LegalStatus[StoredArticle]:
        """Return the status of the document. None for types without one; unknown if several share the number and differ."""
        nothing: LegalStatus[StoredArticle] = LegalStatus(UNKNOWN if has_status(found.key) else None)
        own = [article for article in found.own if variant is None or _is_variant(article, variant)]
        groups = of_one_document(found.key, list(map(issued, own)))
        if not groups and variant is None and found.variants():
            return nothing
        succeeded = self._is_succeeded(found)
        documents = [_known(found.key, [own[n] for n in group], succeeded) for group in groups] or [
            Known(found.key, found.names | {found.key}, _of_variant(variant), succeeded=succeeded)
        ]
        articles = {article.id: article for article in own}
        for name in sorted({name for one in documents for name in one.names}):
            told = (
                [one.article for one in found.sources]
                if name == found.key or name in found.names
                else self._telling(name)
            )  # those of a variant
            articles |= {article.id: article for article in told}
        said = [one for article in articles.values() for one in said_by(article)]
        statuses = [one.status(said, today, lambda by: self._is_over(by, today)) for one in documents]
        if len({status.status for status in statuses}) > 1:
            return nothing
        one = statuses[0]
        source = articles.get(one.source or "")
        return LegalStatus(one.status, one.sentence, source, one.since, one.by, one.as_of)

    def _is_over(self, key: str, today: str) -> bool:
        bearing = self._index.search(EngineRequest(c.Term("number", key), sort="newest", limit=_BEARERS)).hits
        own = [unpack(hit.stored) for hit in bearing]
        known = _known(key, own, succeeded=False)
        articles = (article for name in known.names for article in self._telling(name))
        return known.has_ended([one for article in articles for one in said_by(article)], today)

    def _is_succeeded(self, found: Gathered) -> bool:
        year, name = year_of(found.key), law_name(found)
        if name is None or year is None:
            return False
        return any(later > year for later in self._laws.borne(LawAsked((name,))).values())

    def later(self, found: Gathered) -> tuple[Named, ...]:
        """Return later laws with the same name, newest first."""
        year, name = year_of(found.key), law_name(found)
        if name is None or year is None:
            return ()
        keys = self._laws.keys(LawAsked((name,)))
        return tuple(
            self._labels.named(key) for key in keys if (year_of(key) or 0) > year and key != found.key
        )

    def foreseen(self, found: Gathered) -> Iterator[Foreseen]:
        """Yield the first questions of :attr:`reach` and :meth:`later`."""
        if "reach" not in self.__dict__:
            yield from _REACH
        if name := law_name(found):
            yield from self._laws.foreseen(LawAsked((name,)))

    @cached_property
    def reach(self) -> str | None:
        """The ISO date of the newest article, or of issue of a newer document without its own date; None if none has one."""
        newest = self._index.search(_REACH[0]).hits
        days = [unpack(hit.stored).published or "" for hit in newest]
        borne = self._index.search(_REACH[1]).facets["number"]
        last = max((year_of(key) or 0 for key in borne), default=0)
        if last and str(last) >= max(days, default="")[:4]:
            of_that_year = [c.Term("number", key) for key in sorted(borne) if year_of(key) == last][:_NEWEST]
            request = EngineRequest(c.All((c.any_of(tuple(of_that_year)), c.Undated())), limit=_NEWEST)
            days += [unpack(hit.stored).particulars.issued for hit in self._index.search(request).hits]
        return max(days, default="") or None


def _known(key: str, own: Sequence[StoredArticle], succeeded: bool) -> Known:
    """Return the document that the articles ``own`` bear; for one outside the index, only its key."""
    number = number_of_key(key)
    names = {name for article in own if number for name in names_of(article, number)}
    return Known(
        key,
        frozenset({key} | names),
        tuple(map(issued, own)),
        tuple((Force(*article.force), article.id) for article in own if article.force),
        frozenset(article.id for article in own),
        succeeded,
    )


def _of_variant(variant: Variant | None) -> tuple[Issued, ...]:
    return (Issued(str(variant.year or ""), variant.place or ""),) if variant else ()


def _is_variant(article: StoredArticle, variant: Variant) -> bool:
    """Return whether the document that ``article`` is may be ``variant``."""
    one = issued(article)
    same_year = not (variant.year and one.year) or one.year == str(variant.year)
    return same_year and not (
        variant.place and one.place and one.place.casefold() != variant.place.casefold()
    )


def law_name(found: Gathered) -> str | None:
    """Return the folded name of the law that the document is, with the word for its kind; None if it is not a law."""
    if found.key.startswith("law:"):
        name: str | None = found.key.removeprefix("law:").partition("@")[0].replace("_", " ")
        return name if name and name.startswith(_LAWS) and "sua doi" not in name else None
    number = number_of_key(found.key)
    if number is None or not (number.issuer and is_assembly(number.issuer)) or not found.own:
        return None
    name = next(filter(None, (law_named(article.title) for article in found.own)), None)
    return law_key(name).removeprefix("law:").replace("_", " ") if name else None

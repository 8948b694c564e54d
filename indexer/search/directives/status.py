"""Whether a document still holds, as the articles of one commit say it, and which later law of its name is here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.directives.citations import AFFIRMS, REVERSED
from indexer.directives.citations.named import law_key
from indexer.directives.claimed import claimed
from indexer.directives.codes import is_assembly
from indexer.directives.force import Force
from indexer.directives.legal_status import (
    Change,
    Issued,
    LegalStatus,
    has_status,
    is_same,
    legal_status,
    year_of,
)
from indexer.directives.number import number_of_key, parse_number
from indexer.engine import clauses as c
from indexer.engine.protocol import EngineRequest
from indexer.query.laws import LawAsked
from indexer.search.audience import VisibleIndex
from indexer.search.directives.gathered import Gathered
from indexer.search.directives.labels import Labels
from indexer.search.directives.laws import Laws
from indexer.search.directives.view import Citing, Named, Variant
from indexer.stored.article import StoredArticle, unpack
from indexer.vietnamese.letters import fold

_LAWS = ("luat ", "bo luat ", "phap lenh ")


class Statuses:
    """Answers from the articles of one commit that may be seen."""

    def __init__(self, index: VisibleIndex, labels: Labels) -> None:
        self._index = index
        self._labels = labels
        self._laws = Laws(index)

    def of(
        self, found: Gathered, named: Sequence[Citing], variant: Variant | None, today: str
    ) -> LegalStatus[StoredArticle]:
        """Return the status of the document; ``named`` is what changes it by its name. None for kinds that have none."""
        several = variant is None and bool(found.variants())
        changes = [] if several and not found.own else list(self._changes(found, named, variant))
        if any(change.relation == AFFIRMS for change in changes) and self.later(found):
            # Whoever says that an older law holds may speak of another time.
            changes = [change for change in changes if change.relation != AFFIRMS]
        own = [(Force(*article.force), article) for article in found.own if article.force]
        if has_status(found.key):
            return legal_status(found.key, changes, own, today)
        # Plans and letters have one only where a sentence says what became of them.
        status = legal_status(found.key, changes, (), today)
        return status if status.source is not None else replace(status, status=None)

    def _changes(
        self, found: Gathered, named: Sequence[Citing], variant: Variant | None
    ) -> Iterator[Change[StoredArticle]]:
        # A document that is not here has the year and the place that those say who cite it; where these differ, none.
        documents = (
            [Issued(str(variant.year or ""), variant.place or "")]
            if variant
            else list(map(_issued, found.own))
        )
        for one in (*found.sources, *named):
            citation = one.citation
            mention = Issued.of_mention(citation.date, citation.place, one.article.sources, citation.kind)
            alone = not documents or (not has_status(found.key) and not found.variants())
            if variant or alone or any(is_same(citation.key, document, mention) for document in documents):
                by = citation.subject or next(
                    (n.key for n in map(parse_number, one.article.numbers) if n), None
                )
                yield Change(
                    citation.relation,
                    citation.part,
                    citation.sentence or "",
                    one.article,
                    by,
                    one.article.published,
                )
        for article in found.own:
            page, day = article.particulars, article.published
            if claim := claimed(page.status, page.issued, day):
                yield Change(claim[0], False, claim[1], article, day=day)
            for citation in article.citations:
                if citation.relation in REVERSED:
                    yield Change(
                        REVERSED[citation.relation],
                        citation.part,
                        citation.sentence or "",
                        article,
                        citation.key,
                    )

    def later(self, found: Gathered) -> tuple[Named, ...]:
        """Return the laws of the same name that are later, the newest first."""
        year, name = year_of(found.key), law_name(found)
        if name is None or year is None:
            return ()
        keys = self._laws.keys(LawAsked((name,)))
        return tuple(
            self._labels.named(key) for key in keys if (year_of(key) or 0) > year and key != found.key
        )

    def reach(self) -> str | None:
        """Return the ISO day of the newest article; None where none has one."""
        newest = self._index.search(EngineRequest(c.Everything(), sort="newest", limit=1)).hits
        return unpack(newest[0].stored).published if newest else None


def _issued(article: StoredArticle) -> Issued:
    return Issued.of_document(
        article.published, (article.title, *article.issuer), article.body, article.sources, article.type
    )


def law_name(found: Gathered) -> str | None:
    """Return the folded name of the law that the document is, with the word for its kind; None if it is none."""
    if found.key.startswith("law:"):
        name = found.key.removeprefix("law:").partition("@")[0].replace("_", " ")
    else:
        number = number_of_key(found.key)
        if number is None or not (number.issuer and is_assembly(number.issuer)) or not found.own:
            return None
        name = " ".join(fold(found.own[0].title).replace(",", " ").split())
    plain = name.startswith(_LAWS) and "sua doi" not in name
    return name if plain else None


def name_key(found: Gathered) -> str | None:
    """Return the key by which texts speak of a law with a number: its name with the year."""
    name, year = law_name(found), year_of(found.key)
    return law_key(name, year) if name and year and not found.key.startswith("law:") else None

"""What one count over the articles that cite a document, and a look at those that bear it, gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.directives.citations import RELATIONS
from indexer.directives.legal_status import LegalStatus
from indexer.directives.number import DocumentNumber, leaves_type_open, number_of_key
from indexer.directives.slug import slug_of_key
from indexer.model import UNDATED
from indexer.search.directives.view import Citing, DirectiveCard, Named, Variant
from indexer.stored.article import StoredArticle
from indexer.stored.relation import Relation

_SLIP_SHARE = 0.05
"""Years and types that fewer than one in twenty citations give are slips: 57 of 2,416 dated numbers are quoted
with two dates, mostly by mistake."""


@dataclass(slots=True)
class Gathered:
    """What one count over the citing articles and a look at the bearing ones gave."""

    key: str
    label: str
    cited_by: int
    said: Mapping[str, tuple[Relation, int]]
    """Value of ``relation`` -> what it says, and the number of articles that do."""
    together: Counter[str]
    own: Sequence[StoredArticle]
    months: Mapping[str, int]
    sources: Sequence[Citing] = ()
    """What articles say that changes the document."""

    @property
    def known(self) -> bool:
        return bool(self.cited_by or self.own)

    def values(self, relations: Collection[str]) -> frozenset[str]:
        """Return the values that say one of ``relations`` to the document."""
        return frozenset(
            value
            for value, (one, _) in self.said.items()
            if one.key == self.key and one.relation in relations
        )

    def subjects(self) -> Iterator[tuple[str, str, int]]:
        """Yield what others are said to do with the document."""
        for one, n in self.said.values():
            if one.key == self.key and one.subject:
                yield one.relation, one.subject, n

    def objects(self) -> Iterator[tuple[str, str, int]]:
        """Yield what the document is said to do with others, and does in its own text."""
        for one, n in self.said.values():
            if one.subject == self.key:
                yield one.relation, one.key, n
        for article in self.own:
            for citation in article.citations:
                if citation.subject is None:
                    yield citation.relation, citation.key, 1

    @property
    def number(self) -> DocumentNumber | None:
        return number_of_key(self.key)

    @property
    def type(self) -> str | None:
        """Vietnamese name: of the bearing article, else of the number."""
        number = self.number
        for article in self.own:
            if article.type and len(article.numbers) == 1:
                return article.type[0]
        if number is not None and leaves_type_open(self.key) and number.type_name:
            # "Quy định 37-QĐ/TW": as the label says, which asks all that cite it.
            return self.label.removesuffix(number.number).strip() or number.type_name
        return number.type_name if number else None

    @property
    def issuer(self) -> str | None:
        number = self.number
        return (number.issuer_name or number.issuer) if number else None

    def told(self, name: str) -> str | None:
        """Return a value of :class:`~indexer.model.Particulars` where the bearing articles give one and no two."""
        values = {
            value.casefold(): value for one in self.own if (value := str(getattr(one.particulars, name)))
        }
        return next(iter(values.values())) if len(values) == 1 else None

    @property
    def by_relation(self) -> dict[str, int]:
        """Articles by what they do with the document; what others are said to do counts with the rest."""
        counts: Counter[str] = Counter()
        for one, n in self.said.values():
            if one.key == self.key:
                counts[one.relation] += n
        return {relation: counts[relation] for relation in RELATIONS if counts[relation]}

    @property
    def timeline(self) -> tuple[tuple[int | None, int], ...]:
        years: Counter[int | None] = Counter()
        for month, n in self.months.items():
            years[None if month == UNDATED else int(month[:4])] += n
        return tuple(sorted(years.items(), key=lambda item: (item[0] is None, item[0] or 0)))

    def variants(self) -> tuple[Variant, ...]:
        """Return the documents that share the number, where citations tell of more than one."""
        given: Counter[tuple[int | None, str | None, str | None]] = Counter()
        for one, n in self.said.values():
            if one.key == self.key:
                given[(one.year, one.kind, one.place)] += n
        total = sum(given.values())
        told = [
            len({triple[i] for triple, n in given.items() if triple[i] and n > total * _SLIP_SHARE}) > 1
            for i in range(3)
        ]
        number = self.number
        if number is not None and number.year is not None:
            told[0] = False
        if not any(told):
            return ()
        return tuple(
            Variant(_variant_label(self.label, triple), *triple, n)
            for triple, n in sorted(given.items(), key=lambda item: -item[1])
        )

    def card(
        self, status: LegalStatus[StoredArticle], later: tuple[Named, ...], reach: str | None, updated: str
    ) -> DirectiveCard:
        """Return the document in short."""
        number = self.number
        return DirectiveCard(
            key=self.key,
            number=number.number if number else self.label,
            label=self.label,
            slug=slug_of_key(self.key),
            legal_status=status,
            cited_by=self.cited_by,
            by_relation=self.by_relation,
            texts=tuple(self.own),
            later=later,
            reach=reach,
            updated=updated,
        )


def is_variant(one: Relation, variant: Variant) -> bool:
    return (one.year, one.kind, one.place) == (variant.year, variant.kind, variant.place)


def _variant_label(label: str, triple: tuple[int | None, str | None, str | None]) -> str:
    year, kind, place = triple
    parts = [part for part in (kind, place, f"năm {year}" if year else None) if part]
    return f"{label} ({', '.join(parts)})" if parts else f"{label} (không rõ)"

"""Results of one count over the articles that cite a document, and of looking at those that bear it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.directives.citations import RELATIONS
from indexer.directives.legal_status import UNKNOWN, LegalStatus
from indexer.directives.number import DocumentNumber, leaves_type_open, number_of_key, year_of
from indexer.directives.slug import slug_of_key
from indexer.model import UNDATED
from indexer.register.borne import Told, told_by
from indexer.register.named import Citing, Named
from indexer.search.directives.view import DirectiveCard, Variant
from indexer.stored.article import StoredArticle
from indexer.stored.relation import Relation

_SLIP_SHARE = 0.05
"""Years and types given by fewer than one in twenty citations are slips: 57 of 2,416 dated numbers are cited with two dates,
mostly by mistake."""


@dataclass(slots=True)
class Gathered:
    """Results of one count over the citing articles, and of looking at those that bear the number."""

    key: str
    label: str
    cited_by: int
    said: Mapping[str, tuple[Relation, int]]
    """Value of ``relation`` -> its meaning, and the number of articles that state it."""
    together: Counter[str]
    own: Sequence[StoredArticle]
    months: Mapping[str, int]
    sources: Sequence[Citing] = ()
    """Changes to the document stated by articles."""
    distinct: Mapping[str, int] = field(default_factory=dict)
    """Numbers of articles for relations stated in several ways, of which an article may use more than one."""
    names: frozenset[str] = frozenset()
    """Other keys by which texts refer to it: the name of a law with its year."""

    @property
    def known(self) -> bool:
        return bool(self.cited_by or self.own)

    def values(self, relations: Collection[str]) -> frozenset[str]:
        """Return the values that state one of ``relations`` to the document."""
        return frozenset(
            value
            for value, (one, _) in self.said.items()
            if one.key == self.key and one.relation in relations
        )

    def subjects(self) -> Iterator[tuple[str, str, int]]:
        """Yield the relations of other documents to the document."""
        for one, n in self.said.values():
            if one.key == self.key and one.subject:
                yield one.relation, one.subject, n

    def objects(self) -> Iterator[tuple[str, str, int]]:
        """Yield the relations of the document to others, as others say and in its own text."""
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
        """Vietnamese name of the type: from the article bearing the number, otherwise from the number."""
        number = self.number
        for article in self.own:
            if article.type and len(article.numbers) == 1:
                return article.type[0]
        if number is not None and leaves_type_open(self.key) and number.type_name:
            # "Quy định 37-QĐ/TW": as in the label, which considers all citing articles.
            return self.label.removesuffix(number.number).strip() or number.type_name
        return number.type_name if number else None

    @property
    def issuer(self) -> str | None:
        number = self.number
        return (number.issuer_name or number.issuer) if number else None

    @property
    def by_relation(self) -> dict[str, int]:
        """Numbers of articles by relation to the document, including relations that are attributed to other documents.

        An article may have several relations, so the sum may exceed ``cited_by``.
        """
        counts: Counter[str] = Counter()
        for one, n in self.said.values():
            if one.key == self.key:
                counts[one.relation] += n
        return {
            relation: self.distinct.get(relation, counts[relation])
            for relation in RELATIONS
            if counts[relation]
        }

    @property
    def timeline(self) -> tuple[tuple[int | None, int], ...]:
        years: Counter[int | None] = Counter()
        for month, n in self.months.items():
            years[None if month == UNDATED else int(month[:4])] += n
        return tuple(sorted(years.items(), key=lambda item: (item[0] is None, item[0] or 0)))

    def variants(self) -> tuple[Variant, ...]:
        """Return the documents that share the number, if citations or articles bearing it indicate more than one."""
        given: Counter[Told] = Counter()
        borne = Counter(told_by(self.key, article) for article in self.own)
        for one, n in self.said.values():
            if one.key == self.key:
                given[_told(one)] += n
        total = sum(given.values())
        cited = [triple for triple, n in given.items() if n > total * _SLIP_SHARE]
        all_given = [(year, _plain_kind(kind), place) for year, kind, place in (*cited, *borne)]
        told = [len({triple[i] for triple in all_given if triple[i]}) > 1 for i in range(3)]
        number = self.number
        if number is not None and number.year is not None:
            told[0] = False
        if not any(told):
            return ()
        all_told = given + borne
        return tuple(
            Variant(_variant_label(self.label, triple, number), *triple, n)
            # Available documents come first, newest first, for people who want to read one.
            for triple, n in sorted(
                all_told.items(), key=lambda item: (item[0] not in borne, -(item[0][0] or 0), -item[1])
            )
        )

    def _open_label(self, variants: Sequence[Variant]) -> str:
        """Return the label, without a type if documents of two types have the number."""
        number = self.number
        several = len({_plain_kind(one.kind) for one in variants if one.kind}) > 1
        return number.number if several and number else self.label

    def card(
        self,
        status: LegalStatus[StoredArticle],
        later: tuple[Named, ...],
        reach: str | None,
        updated: str,
        variants: tuple[Variant, ...],
        variant: Variant | None,
    ) -> DirectiveCard:
        """Return the card of the document; ``variant`` is the selected one of ``variants``, if any."""
        number = self.number
        held = {told_by(self.key, article) for article in self.own}
        if variant is None and variants and len(held) > 1 and status.status is not None:
            status = LegalStatus(UNKNOWN)  # what is said of one is not said of the others
        return DirectiveCard(
            key=self.key,
            number=number.number if number else self.label,
            label=variant.label if variant else self._open_label(variants),
            slug=slug_of_key(self.key),
            legal_status=status,
            cited_by=self.cited_by,
            by_relation=self.by_relation,
            texts=tuple(self.own),
            later=later,
            reach=reach,
            updated=updated,
            variants=variants,
            variant=variant,
        )


def _plain_kind(kind: str | None) -> str | None:
    """Return a type in the form that distinguishes documents: people hardly distinguish codes from laws."""
    return "Luật" if kind == "Bộ luật" else kind


def chosen_by(variants: Sequence[Variant], year: int | None, kind: str | None) -> Variant | None:
    """Return the one of ``variants`` with the typed year and type; None if several or none match."""
    fitting = [
        one
        for one in variants
        if (year and one.year in (year, None)) or (kind and one.kind)
        if not (year and one.year and one.year != year)
        if not (kind and one.kind and _plain_kind(one.kind) != _plain_kind(kind))
    ]
    told = ((one.year, _plain_kind(one.kind), one.place) for one in fitting)
    one_only = all(len(set(filter(None, values))) <= 1 for values in zip(*told, strict=True))
    return fitting[0] if fitting and one_only else None


def fits(variant: Variant, told: Told) -> bool:
    """Tell whether nothing in ``told`` contradicts ``variant``."""
    own = (variant.year, variant.kind, variant.place)
    return all(one == other or not one or not other for one, other in zip(own, told, strict=True))


def is_variant(one: Relation, variant: Variant) -> bool:
    return _told(one) == (variant.year, variant.kind, variant.place)


def _told(one: Relation) -> Told:
    """Return what a citation says about its document; a date beside a number that includes its year distinguishes nothing."""
    return None if year_of(one.key) else one.year, one.kind, one.place


def _variant_label(label: str, triple: Told, number: DocumentNumber | None) -> str:
    year, kind, place = triple
    if number is not None and kind:
        label, kind = f"{kind} {number.number}", None
    if number is not None and number.year is not None:
        year = None
        if not place:
            return label
    parts = [part for part in (kind, place, f"năm {year}" if year else None) if part]
    return f"{label} ({', '.join(parts)})" if parts else f"{label} (không rõ)"

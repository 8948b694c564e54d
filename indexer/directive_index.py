"""What the index knows of a document: who cites it and how, what it cites, whether it still holds.

Everything comes from the articles: those that bear the number and those that cite it. One count
over the latter's ``relation`` values answers most questions at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from indexer.directives.citations import RELATIONS
from indexer.directives.codes import LETTER, PARTY
from indexer.directives.number import DocumentNumber, label_of, number_of_key, parse_number
from indexer.directives.standing import CHANGING, Standing, standing
from indexer.directives.typed import NumberPattern, read_typed, same_loosely
from indexer.engine import clauses as c
from indexer.engine.protocol import UNDATED_MONTH, Engine, EngineRequest
from indexer.errors import NotFoundError
from indexer.relation_values import Relation, read_relation
from indexer.stored import StoredArticle, StoredCitation, unpack
from indexer.vietnamese.letters import fold

_MOST_KNOWN = 400
"""Keys with one number that are looked through: 1 is the most frequent, with some 200 in the news."""
_SHOWN = 10
"""Articles of one relation on the page."""
_TOGETHER = 12
_SLIP_SHARE = 0.05
"""Years and types that fewer than one in twenty citations give are slips: 57 of 2,416 dated numbers are quoted
with two dates, mostly by mistake."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One of several documents with the same number, told apart by year, type or place of issue."""

    label: str
    year: int | None
    kind: str | None
    place: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class Named:
    """A document that stands in a relation to the one in question."""

    key: str
    label: str
    slug: str
    articles: int
    """Articles that say so."""


@dataclass(frozen=True, slots=True)
class Citing:
    """One article that cites the document."""

    article: StoredArticle
    citation: StoredCitation


@dataclass(frozen=True, slots=True)
class RelationGroup:
    """The articles that do one thing with the document."""

    relation: str
    total: int
    articles: tuple[Citing, ...]
    """The newest few of them."""


@dataclass(frozen=True, slots=True)
class DirectiveCard:
    """A document in short."""

    key: str
    number: str
    label: str
    slug: str
    standing: Standing[StoredArticle]
    cited_by: int
    by_relation: Mapping[str, int]
    texts: tuple[StoredArticle, ...] = ()
    """Articles that bear the number: they or their attachments are its text."""


@dataclass(frozen=True, slots=True)
class DirectiveView:
    """A document in full."""

    card: DirectiveCard
    type: str | None
    issuer: str | None
    variants: tuple[Variant, ...]
    """Where the number stands for several documents; empty where for one."""
    variant: Variant | None
    """The one that was asked for."""
    groups: tuple[RelationGroup, ...]
    timeline: tuple[tuple[int | None, int], ...]
    """Year of publication, None for undated, and articles that cite the document."""
    acted_on_by: tuple[tuple[str, tuple[Named, ...]], ...]
    """Relation -> documents that stand in it to this one."""
    acts_on: tuple[tuple[str, tuple[Named, ...]], ...]
    """Relation -> documents that this one stands in it to."""
    together: tuple[Named, ...]
    """Documents that are cited beside this one, the most frequent first."""
    looser: tuple[Named, ...]
    """Documents whose number is alike, where this one is not known."""


class DirectiveIndex:
    """Answers about documents from one engine, as far as ``filters`` let articles be seen."""

    def __init__(self, engine: Engine, filters: Mapping[str, c.Clause]) -> None:
        self._engine = engine
        self._filters = dict(filters)

    # Which document is meant ------------------------------------------------------------------

    def keys(self, pattern: NumberPattern) -> list[str]:
        """Return the keys of known documents that ``pattern`` may mean, the most cited first."""
        return [key for key in self._known(pattern.number) if pattern.matches(key)]

    def alike(self, key: str) -> list[str]:
        """Return the keys of known documents whose number is loosely the same as that of ``key``, not itself."""
        number = key.split("|")[0]
        return [other for other in self._known(number) if other != key and same_loosely(key, other)]

    def key_of(self, text: str) -> str:
        """Return the key that ``text`` means: a number in any spelling, a slug, a law's key; NotFoundError if none."""
        number = parse_number(text) or parse_number(text.replace(" ", ""))
        if number:
            return number.key
        if text.startswith("law:") or re.fullmatch(r"[A-ZĐa-z]{1,5}:\w+(?:@\d{4})?", text):
            return text
        read = read_typed(re.split(r"[\s-]+", text.strip()))
        if read and read[1] == len(re.split(r"[\s-]+", text.strip())):
            pattern = read[0]
            keys = self.keys(pattern)
            likeliest = pattern.number_of()
            if keys or likeliest:
                return keys[0] if keys else likeliest.key if likeliest else ""
        raise NotFoundError(f"“{text}” is no document number")

    def _known(self, number: str) -> list[str]:
        counts: Counter[str] = Counter()
        for field in ("number", "cites"):
            counts.update(dict(self._engine.terms(field, f"{number}|", _MOST_KNOWN)))
        return [key for key, _ in counts.most_common()]

    # What is known of it ----------------------------------------------------------------------

    def view(
        self, text: str, year: int | None = None, place: str | None = None, kind: str | None = None
    ) -> DirectiveView:
        """Return all about the document that ``text`` means; NotFoundError where nothing is known of it.

        ``year``, ``kind`` and ``place`` of issue choose among several documents with that number.
        """
        self._engine.refresh()
        key = self.key_of(text)
        found = self._gather(key)
        alike = tuple(map(self._named, self.alike(key))) if not (found.cited_by or found.own) else ()
        if not found.cited_by and not found.own and not alike:
            raise NotFoundError(f"no article bears or cites {text}")
        variants = found.variants()
        asked = (("year", year), ("kind", kind), ("place", place))
        chosen = next(
            (v for v in variants if all(given is None or getattr(v, name) == given for name, given in asked)),
            None,
        )
        chosen = chosen if year or kind or place else None
        if chosen:
            found = self._gather(key, chosen)
        return DirectiveView(
            card=found.card(),
            type=found.type,
            issuer=found.issuer,
            variants=variants,
            variant=chosen,
            groups=tuple(self._groups(found)),
            timeline=found.timeline,
            acted_on_by=self._edges(
                (one.relation, one.subject, n) for one, n in found.said if one.key == key
            ),
            acts_on=self._edges(
                [(one.relation, one.key, n) for one, n in found.said if one.subject == key]
                + [
                    (one.relation, one.key, 1)
                    for article in found.own
                    for one in article.citations
                    if one.subject is None
                ]
            ),
            together=tuple(
                replace(self._named(other), articles=n) for other, n in found.together.most_common(_TOGETHER)
            ),
            looser=alike,
        )

    def missing(self, limit: int) -> list[Named]:
        """Return documents that are cited but that no article bears, the most cited first."""
        self._engine.refresh()
        request = EngineRequest(c.Everything(), filters=self._filters, facets=("cites", "number"), limit=0)
        counts = self._engine.search(request).facets
        absent = {key: n for key, n in counts["cites"].items() if key not in counts["number"]}
        ranked = sorted(absent.items(), key=lambda item: (-item[1], item[0]))[:limit]
        return [replace(self._named(key), articles=n) for key, n in ranked]

    def _gather(self, key: str, variant: Variant | None = None) -> _Gathered:
        cites: c.Clause = c.Term("cites", key)
        if variant is not None:
            cites = c.any_of(tuple(c.Term("relation", value) for value in self._values(key, variant)))
        counted = self._engine.search(
            EngineRequest(cites, filters=self._filters, facets=("relation", "cites", "month"), limit=0)
        )
        own = self._engine.search(
            EngineRequest(c.Term("number", key), filters=self._filters, sort="newest", limit=_SHOWN)
        )
        said = [(read_relation(value), n) for value, n in counted.facets["relation"].items()]
        together = Counter(counted.facets["cites"])
        together.pop(key, None)
        texts = [unpack(hit.stored) for hit in own.hits]
        sources = self._sources(key, said)
        label = self._label(key, texts)
        return _Gathered(key, label, counted.total, said, together, texts, sources, counted.facets["month"])

    def _values(self, key: str, variant: Variant) -> list[str]:
        counted = self._engine.search(
            EngineRequest(c.Term("cites", key), filters=self._filters, facets=("relation",), limit=0)
        )
        return [
            value
            for value in counted.facets["relation"]
            for one in (read_relation(value),)
            if one.key == key
            and (one.year, one.kind, one.place) == (variant.year, variant.kind, variant.place)
        ]

    def _sources(self, key: str, said: Sequence[tuple[Relation, int]]) -> list[Citing]:
        """Return articles that say of the document that it was changed."""
        changing = [one for one, _ in said if one.key == key and one.relation in CHANGING]
        return [] if not changing else self._first(key, {one.relation for one in changing}, 20)

    def _first(self, key: str, relations: set[str], limit: int) -> list[Citing]:
        values = [
            value
            for value in self._engine.search(
                EngineRequest(c.Term("cites", key), filters=self._filters, facets=("relation",), limit=0)
            ).facets["relation"]
            for one in (read_relation(value),)
            if one.key == key and one.relation in relations
        ]
        request = EngineRequest(
            c.any_of(tuple(c.Term("relation", value) for value in values)),
            filters=self._filters,
            sort="newest",
            limit=limit,
        )
        return [
            Citing(article, citation)
            for article in (unpack(hit.stored) for hit in self._engine.search(request).hits)
            for citation in article.citations
            if citation.key == key and citation.relation in relations
        ]

    def _groups(self, found: _Gathered) -> Iterator[RelationGroup]:
        totals = found.by_relation
        for relation in RELATIONS:
            if totals.get(relation):
                yield RelationGroup(
                    relation, totals[relation], tuple(self._first(found.key, {relation}, _SHOWN)[:_SHOWN])
                )

    def _edges(
        self, edges: Iterator[tuple[str, str | None, int]] | list[tuple[str, str, int]]
    ) -> tuple[tuple[str, tuple[Named, ...]], ...]:
        found: dict[str, Counter[str]] = {}
        for relation, other, n in edges:
            if other:
                found.setdefault(relation, Counter())[other] += n
        return tuple(
            (
                relation,
                tuple(replace(self._named(key), articles=n) for key, n in found[relation].most_common()),
            )
            for relation in RELATIONS
            if relation in found
        )

    def _named(self, key: str) -> Named:
        return Named(key, self._label(key), slug_of_key(key, self._written(key)), 0)

    def _label(self, key: str, own: Sequence[StoredArticle] = ()) -> str:
        number = number_of_key(key)
        if number is None:
            return self._written(key)
        written = next(
            (n for article in own for n in article.numbers if (p := parse_number(n)) and p.key == key), None
        )
        best = parse_number(written) if written else None
        kind = next((kind for article in own for kind in article.type), None) if own else None
        return label_of(best or parse_number(self._written(key)) or number, kind)

    def _written(self, key: str) -> str:
        """Return the number as an article writes it, or a law's name."""
        request = EngineRequest(c.Term("cites", key), filters=self._filters, sort="newest", limit=1)
        for hit in self._engine.search(request).hits:
            for citation in unpack(hit.stored).citations:
                if citation.key == key:
                    return citation.number
        number = number_of_key(key)
        return number.number if number else key


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What one count over the citing articles and a look at the bearing ones gave."""

    key: str
    label: str
    cited_by: int
    said: Sequence[tuple[Relation, int]]
    together: Counter[str]
    own: Sequence[StoredArticle]
    sources: Sequence[Citing]
    months: Mapping[str, int]

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
        return number.type_name if number else None

    @property
    def issuer(self) -> str | None:
        number = self.number
        return (number.issuer_name or number.issuer) if number else None

    @property
    def by_relation(self) -> dict[str, int]:
        """Articles by what they do with the document; what others are said to do counts with the rest."""
        counts: Counter[str] = Counter()
        for one, n in self.said:
            if one.key == self.key:
                counts[one.relation] += n
        return {relation: counts[relation] for relation in RELATIONS if counts[relation]}

    @property
    def timeline(self) -> tuple[tuple[int | None, int], ...]:
        years: Counter[int | None] = Counter()
        for month, n in self.months.items():
            years[None if month == UNDATED_MONTH else int(month[:4])] += n
        return tuple(sorted(years.items(), key=lambda item: (item[0] is None, item[0] or 0)))

    def variants(self) -> tuple[Variant, ...]:
        """Return the documents that share the number, where citations tell of more than one."""
        given: Counter[tuple[int | None, str | None, str | None]] = Counter()
        for one, n in self.said:
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

    def card(self) -> DirectiveCard:
        number = self.number
        considered = number is None or not (
            number.type == LETTER or number.issuer in PARTY or number.type in ("KH", "TB", "TTr", "BC")
        )
        sentences = [
            (citing.citation, citing.article)
            for citing in self.sources
            if citing.citation.sentence is not None
        ]
        found = standing(
            [
                (citation.relation, citation.part, citation.sentence or "", article)
                for citation, article in sentences
            ],
            [(article.body, article) for article in self.own],
            date.today(),
        )
        return DirectiveCard(
            key=self.key,
            number=number.number if number else self.label,
            label=self.label,
            slug=slug_of_key(self.key, self.label),
            standing=found if considered else replace(found, status=None) if found.source is None else found,
            cited_by=self.cited_by,
            by_relation=self.by_relation,
            texts=tuple(self.own),
        )


def _variant_label(label: str, triple: tuple[int | None, str | None, str | None]) -> str:
    year, kind, place = triple
    parts = [part for part in (kind, place, f"năm {year}" if year else None) if part]
    return f"{label} ({', '.join(parts)})" if parts else f"{label} (không rõ)"


def slug_of_key(key: str, written: str = "") -> str:
    """Return the address of a document: ``38-ct-tw``, ``luat-dat-dai-2024``; :meth:`DirectiveIndex.key_of` reads it."""
    number = number_of_key(key)
    if number is None:
        return key
    slug = re.sub(r"[^a-z0-9.&]+", "-", fold(number.number)).strip("-")
    again = parse_number(slug)
    # An address without accents or slashes may read as another document: then the number itself it is.
    return slug if again and again.key == key else number.number

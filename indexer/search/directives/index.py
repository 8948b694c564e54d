"""What the index knows of a document: who cites it and how, what it cites, whether it still holds.

Everything comes from the articles: those that bear the number and those that cite it. One count
over the latter's ``relation`` values answers most questions at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from indexer.directives.citations import RELATIONS
from indexer.directives.legal_status import ENDED, NOT_YET, SPOKEN, SUSPENDED
from indexer.directives.slug import slug_of_key
from indexer.engine import clauses as c
from indexer.engine.protocol import EngineRequest, EngineResponse
from indexer.errors import NotFoundError
from indexer.search.audience import VisibleIndex
from indexer.search.directives.borne import told, told_place, told_subject
from indexer.search.directives.edges import Neighbours, distinct_articles, relation_clause
from indexer.search.directives.gathered import Gathered, chosen_by, fits, is_variant, told_by
from indexer.search.directives.labels import Labels
from indexer.search.directives.laws import Laws
from indexer.search.directives.meant import KnownNumbers
from indexer.search.directives.ranked import RankedDocuments
from indexer.search.directives.same import SameLaws
from indexer.search.directives.status import Statuses
from indexer.search.directives.view import Citing, DirectiveCard, DirectiveView, Named, RelationGroup, Variant
from indexer.search.register.gathering import entries_of
from indexer.search.register.register import Register
from indexer.stored.article import StoredArticle, unpack
from indexer.stored.relation import read_relation, relation_value

_SHOWN = 10
"""Articles of one relation on the page."""
_TOGETHER = 12
_NOT_IN_FORCE = frozenset((ENDED, SUSPENDED, NOT_YET))
_MOST_LISTED, _PAGE = 10_000, 500
"""Articles in a list to download, and read at a time."""


class DirectiveIndex:
    """Answers about documents from the articles of one commit that may be seen."""

    def __init__(self, index: VisibleIndex, zone: ZoneInfo) -> None:
        """``zone`` is that of civil days."""
        self._index = index
        self._zone = zone
        self.numbers = KnownNumbers(index)
        self._labels = Labels(index)
        self._same = SameLaws(index)
        self._neighbours = Neighbours(index, self._labels, self._same)
        self._statuses = Statuses(index, self._labels, self._telling)
        self._laws = Laws(index)
        self.ranked = RankedDocuments(index, self._labels, self._laws, self._same)

    @cached_property
    def register(self) -> Register:
        """All documents that articles bear or cite; read when it is first asked for, some 0.4 ms a document."""
        return Register(entries_of(self._index, self._labels, self.ranked), self._labels.label)

    def view(
        self, text: str, year: int | None = None, place: str | None = None, kind: str | None = None
    ) -> DirectiveView:
        """Return all about the document that ``text`` means; NotFoundError where nothing is known of it.

        ``year``, ``kind`` and ``place`` of issue choose among several documents with that number.
        """
        found, chosen, variants = self._chosen(text, year, place, kind)
        alike = () if found.known else self.named_alike(found.key) or self.named_near(found.key)
        if not found.known and not alike:
            raise NotFoundError(f"no article contains or cites {text}")
        return DirectiveView(
            card=self._card(found, chosen, variants),
            type=found.type,
            issuer=found.issuer,
            issued=told(found.own, "issued"),
            effective=told(found.own, "effective"),
            signer=told(found.own, "signer"),
            subject=told_subject(found.own),
            place=told_place(found.key, found.own),
            variants=variants,
            variant=chosen,
            groups=tuple(self._groups(found)),
            timeline=found.timeline,
            acted_on_by=self._neighbours.acting_on(found),
            acts_on=self._neighbours.acted_on_by(found),
            together=tuple(
                replace(self._labels.named(other), articles=n)
                for other, n in found.together.most_common(_TOGETHER)
            ),
            alike=alike,
        )

    def card(self, key: str, year: int | None = None, kind: str | None = None) -> DirectiveCard | None:
        """Return the document with this strict key in short; None where nothing is known of it.

        ``year`` of issue and ``kind`` choose where the number stands for several.
        """
        key = self._same.keys(key)[0]
        found = self._gather(key)
        if not found.known:
            return None
        variants = found.variants()
        chosen = chosen_by(variants, year, kind)
        return self._card(self._gather(key, chosen) if chosen else found, chosen, variants)

    def law(self, keys: Sequence[str]) -> tuple[DirectiveCard, tuple[Named, ...]]:
        """Return the law in force in short, of ``keys`` of one name that are known, and the others by name.

        The newest first; one is passed over only where a sentence says that it is not in force.
        """
        keys = tuple(dict.fromkeys(self._same.keys(key)[0] for key in keys))
        cards = (self._card(self._gather(key)) for key in keys)
        current = next((card for card in cards if card.legal_status.status not in _NOT_IN_FORCE), None)
        if current is None:
            current = self._card(self._gather(keys[0]))
        return current, tuple(self._labels.named(key) for key in keys if key != current.key)

    def choice(self, keys: Sequence[str]) -> tuple[Named, ...]:
        """Return the documents with these strict keys by name, in their order."""
        return self._labels.named_together(keys)

    def named_alike(self, key: str) -> tuple[Named, ...]:
        """Return the documents whose number is loosely the same as that of ``key``."""
        return tuple(map(self._labels.named, self.numbers.alike(key)))

    def named_near(self, key: str) -> tuple[Named, ...]:
        """Return the documents whose number a slip divides from that of ``key``."""
        return self.choice(self.numbers.near(key))

    def citing(
        self, text: str, year: int | None = None, place: str | None = None, kind: str | None = None
    ) -> tuple[str, Iterator[Citing]]:
        """Return the slug of the document that ``text`` means, and what articles do with it.

        Newest article first, 10,000 at most. NotFoundError where nothing is known of it.
        """
        found, _, _ = self._chosen(text, year, place, kind)
        if not found.known:
            raise NotFoundError(f"no article contains or cites {text}")
        return slug_of_key(found.key), self._all(found)

    def _card(
        self, found: Gathered, variant: Variant | None = None, variants: tuple[Variant, ...] | None = None
    ) -> DirectiveCard:
        status = self._statuses.of(found, variant, datetime.now(self._zone).date().isoformat())
        reach, updated = self._statuses.reach, self.updated()
        variants = found.variants() if variants is None else variants
        return found.card(status, self._statuses.later(found), reach, updated, variants, variant)

    def updated(self) -> str:
        written = datetime.fromtimestamp(self._index.snapshot.written, self._zone)
        return written.date().isoformat()

    def _all(self, found: Gathered, relations: Collection[str] = RELATIONS) -> Iterator[Citing]:
        for offset in range(0, _MOST_LISTED, _PAGE):
            rows = self._first(found, relations, _PAGE, offset)
            yield from rows
            if not rows:
                return

    def _chosen(
        self, text: str, year: int | None, place: str | None, kind: str | None
    ) -> tuple[Gathered, Variant | None, tuple[Variant, ...]]:
        """Return what is known of the document that ``text`` means, its variant that is asked for, if any, and all."""
        key = self._same.keys(self.numbers.key_of(text))[0]
        found = self._gather(key)
        asked = [(name, value) for name, value in (("year", year), ("kind", kind), ("place", place)) if value]
        variants = found.variants()
        fitting = [v for v in variants if all(getattr(v, name) == value for name, value in asked)]
        if not asked or not fitting:
            return found, None, variants
        return self._gather(key, fitting[0]), fitting[0], variants

    def _gather(self, key: str, variant: Variant | None = None) -> Gathered:
        names = frozenset(self._same.keys(key)[1:])
        counted = self._count(c.any_of(tuple(c.Term("cites", name) for name in (key, *sorted(names)))))
        if variant is not None:
            of_it = [
                value
                for value in counted.facets["relation"]
                if (one := read_relation(value)).key == key and is_variant(one, variant)
            ]
            counted = self._count(relation_clause(of_it))
        own = self._index.search(EngineRequest(c.Term("number", key), sort="newest", limit=_SHOWN))
        named = self._laws.bearing(key)[:_SHOWN] if key.startswith("law:") and "@" in key else ()
        said = {
            value: (replace(one, key=key) if one.key in names else one, n)
            for value, n in counted.facets["relation"].items()
            if (one := read_relation(value)).key != key or variant is None or is_variant(one, variant)
        }
        together = Counter(counted.facets["cites"])
        for name in (key, *names):
            together.pop(name, None)
        texts = [unpack(hit.stored) for hit in own.hits] or list(named)
        if variant is not None:
            texts = [article for article in texts if fits(variant, told_by(key, article))]
        found = Gathered(
            key, self._labels.label(key, texts), counted.total, said, together, texts, counted.facets["month"]
        )
        found.names = names
        found.distinct = distinct_articles(self._index, found)
        found.sources = self._speaking(found)
        return found

    def _count(self, match: c.Clause) -> EngineResponse:
        return self._index.search(EngineRequest(match, facets=("relation", "cites", "month"), limit=0))

    def _first(
        self, found: Gathered, relations: Collection[str], limit: int, offset: int = 0
    ) -> list[Citing]:
        """Return what the newest ``limit`` articles that stand in ``relations`` to the document do with it."""
        values = found.values(relations)
        if not values:
            return []
        request = EngineRequest(relation_clause(values), sort="newest", limit=limit, offset=offset)
        return [
            Citing(article, citation)
            for article in (unpack(hit.stored) for hit in self._index.search(request).hits)
            for citation in article.citations
            if relation_value(citation) in values
        ]

    def _telling(self, key: str) -> list[StoredArticle]:
        """Return the articles that say something of the legal status of the document with this key."""
        said = {
            value: (one, n)
            for value, n in self._count(c.Term("cites", key)).facets["relation"].items()
            if (one := read_relation(value)).key == key
        }
        found = Gathered(key, "", 0, said, Counter(), (), {})
        return [one.article for one in self._speaking(found)]

    def _speaking(self, found: Gathered) -> list[Citing]:
        """Return what articles say of the document's legal status: all that do, as the facet is made of."""
        return list(self._all(found, SPOKEN))

    def _groups(self, found: Gathered) -> Iterator[RelationGroup]:
        for relation, total in found.by_relation.items():
            articles = self._first(found, {relation}, _SHOWN)
            yield RelationGroup(relation, total, tuple(articles[:_SHOWN]))

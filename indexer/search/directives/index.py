"""What the index knows about a document: who cites it and how, what it cites, and whether it is in force.

Everything is derived from articles: those that bear the number and those that cite it. One count over the ``relation`` values
of the latter answers most questions at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from indexer.directives.legal_status import ENDED, NOT_YET, SUSPENDED
from indexer.directives.slug import slug_of_key
from indexer.engine.protocol import Foreseen
from indexer.errors import NotFoundError
from indexer.register.borne import told, told_place, told_subject
from indexer.register.labels import Labels
from indexer.register.laws import Laws
from indexer.register.named import Citing, Named
from indexer.register.ranked import RankedDocuments
from indexer.register.reader import RegisterFile, RegisterTables
from indexer.register.same import SameLaws
from indexer.search.directives.edges import Neighbours, bearers_asked
from indexer.search.directives.gathered import Gathered, chosen_by
from indexer.search.directives.gathering import SHOWN, Gathering
from indexer.search.directives.meant import KnownNumbers
from indexer.search.directives.status import Statuses
from indexer.search.directives.view import DirectiveCard, DirectiveView, RelationGroup, Variant
from indexer.search.register.register import Register
from indexer.visible.index import VisibleIndex

_TOGETHER = 12
_NOT_IN_FORCE = frozenset((ENDED, SUSPENDED, NOT_YET))


class DirectiveIndex:
    """Answers questions about documents from the visible articles of one commit."""

    def __init__(self, index: VisibleIndex, zone: ZoneInfo, file: RegisterFile) -> None:
        """``zone`` is that of civil days; ``file`` has the documents of the newest commit."""
        self._index = index
        self._zone = zone
        self.numbers = KnownNumbers(index)
        self._labels = Labels(index)
        self._same = SameLaws(index)
        self._neighbours = Neighbours(index, self._labels, self._same)
        self._gathering = Gathering(index, self._labels, self._same)
        self._statuses = Statuses(index, self._labels, self._gathering.telling)
        self._laws = Laws(index)
        self.ranked = RankedDocuments(index, self._labels, self._laws, self._same)
        self.register = Register(RegisterTables(file, index).reading, index.audience)
        """All documents that articles bear or cite."""

    def view(
        self, text: str, year: int | None = None, place: str | None = None, kind: str | None = None
    ) -> DirectiveView:
        """Return everything about the document that ``text`` means; raises NotFoundError if nothing is known about it.

        ``year``, ``kind`` and ``place`` choose among several documents with the number.
        """
        found, chosen, variants = self._chosen(text, year, place, kind)
        self._index.foresee(self._foreseen(found))
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
        """Return the card of the document with this strict key; None if nothing is known about it.

        ``year`` of issue and ``kind`` choose if the number stands for several.
        """
        key = self._key(key)
        found = self._gathering.of(key)
        if not found.known:
            return None
        variants = found.variants()
        chosen = chosen_by(variants, year, kind)
        return self._card(self._gathering.of(key, chosen) if chosen else found, chosen, variants)

    def law(self, keys: Sequence[str]) -> tuple[DirectiveCard, tuple[Named, ...]]:
        """Return the card of the law in force among the known ``keys`` of one name, and the names of the others.

        The newest comes first; one is skipped only if a sentence says that it is not in force.
        """
        self._same.foresee(keys)
        keys = tuple(dict.fromkeys(self._same.keys(key)[0] for key in keys))
        cards = (self._card(self._gathering.of(key)) for key in keys)
        current = next((card for card in cards if card.legal_status.status not in _NOT_IN_FORCE), None)
        if current is None:
            current = self._card(self._gathering.of(keys[0]))
        return current, tuple(self._labels.named(key) for key in keys if key != current.key)

    def choice(self, keys: Sequence[str]) -> tuple[Named, ...]:
        """Return the names of the documents with these strict keys, in order."""
        return self._labels.named_together(keys)

    def named_alike(self, key: str) -> tuple[Named, ...]:
        """Return the documents whose number is loosely the same as that of ``key``."""
        return tuple(map(self._labels.named, self.numbers.alike(key)))

    def named_near(self, key: str) -> tuple[Named, ...]:
        """Return the documents whose number differs by one slip from that of ``key``."""
        return self.choice(self.numbers.near(key))

    def citing(
        self, text: str, year: int | None = None, place: str | None = None, kind: str | None = None
    ) -> tuple[str, Iterator[Citing]]:
        """Return the slug of the document that ``text`` means, and the relations of articles to it.

        The newest articles come first, at most 10,000. Raises NotFoundError if nothing is known about it.
        """
        found, _, _ = self._chosen(text, year, place, kind)
        if not found.known:
            raise NotFoundError(f"no article contains or cites {text}")
        return slug_of_key(found.key), self._gathering.all(found)

    def _card(
        self, found: Gathered, variant: Variant | None = None, variants: tuple[Variant, ...] | None = None
    ) -> DirectiveCard:
        status = self._statuses.of(found, variant, datetime.now(self._zone).date().isoformat())
        reach, updated = self._statuses.reach, self.updated()
        variants = found.variants() if variants is None else variants
        return found.card(status, self._statuses.later(found), reach, updated, variants, variant)

    def _key(self, key: str) -> str:
        self._same.foresee([key])
        return self._same.keys(key)[0]

    def updated(self) -> str:
        written = datetime.fromtimestamp(self._index.snapshot.written, self._zone)
        return written.date().isoformat()

    def _chosen(
        self, text: str, year: int | None, place: str | None, kind: str | None
    ) -> tuple[Gathered, Variant | None, tuple[Variant, ...]]:
        """Return what is known about the document that ``text`` means: the selected variant, if any, and everything."""
        key = self._key(self.numbers.key_of(text))
        found = self._gathering.of(key)
        asked = [(name, value) for name, value in (("year", year), ("kind", kind), ("place", place)) if value]
        variants = found.variants()
        fitting = [v for v in variants if all(getattr(v, name) == value for name, value in asked)]
        if not asked or not fitting:
            return found, None, variants
        return self._gathering.of(key, fitting[0]), fitting[0], variants

    def _foreseen(self, found: Gathered) -> Iterator[Foreseen]:
        """Yield what a view of the document asks, as far as it is known now."""
        yield from self._statuses.foreseen(found)
        for relation in found.by_relation:
            yield from self._gathering.first_asked(found, {relation}, SHOWN)
        yield from (asked for _, asked in bearers_asked(found))
        yield from self._labels.foreseen(key for key, _ in found.together.most_common(_TOGETHER))

    def _groups(self, found: Gathered) -> Iterator[RelationGroup]:
        for relation, total in found.by_relation.items():
            articles = self._gathering.first(found, {relation}, SHOWN)
            yield RelationGroup(relation, total, tuple(articles[:SHOWN]))

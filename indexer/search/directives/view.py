"""What is known about a document, as shown by pages, API and command line: frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from indexer.directives.legal_status import LegalStatus
from indexer.directives.number import parse_number
from indexer.model import FileState
from indexer.register.named import Citing, Named
from indexer.stored.article import StoredArticle, StoredFile

_READ = (FileState.TEXT, FileState.OCR, FileState.PARTIAL)


@dataclass(frozen=True, slots=True)
class Variant:
    """One of several documents with the same number, distinguished by year, type or place of issue."""

    label: str
    year: int | None
    kind: str | None
    place: str | None
    articles: int

    @property
    def address(self) -> dict[str, list[str]]:
        """The address parameters that select it."""
        chosen = (("year", self.year), ("kind", self.kind), ("place", self.place))
        return {name: [str(value)] for name, value in chosen if value}


@dataclass(frozen=True, slots=True)
class RelationGroup:
    """The articles with one relation to the document."""

    relation: str
    total: int
    articles: tuple[Citing, ...]
    """The newest few of them."""


@dataclass(frozen=True, slots=True)
class DirectiveCard:
    """The card of a document."""

    key: str
    number: str
    label: str
    slug: str
    legal_status: LegalStatus[StoredArticle]
    cited_by: int
    by_relation: Mapping[str, int]
    texts: tuple[StoredArticle, ...] = ()
    """Articles that bear the number; they or their attachments are its text."""
    later: tuple[Named, ...] = ()
    """Later laws with the same name that articles here bear or mention, newest first."""
    reach: str | None = None
    """ISO date of the newest article here: anything later is unknown."""
    updated: str | None = None
    """ISO date of the last write to the index."""
    variants: tuple[Variant, ...] = ()
    """The documents with this number if there are several; otherwise empty."""
    variant: Variant | None = None
    """The one of them that this is."""

    @property
    def overlaps(self) -> bool:
        """Whether articles have several relations to it, so that the sum of the counts exceeds ``cited_by``."""
        return sum(self.by_relation.values()) > self.cited_by

    @property
    def has_text(self) -> bool:
        """Whether there is something to read: an article with a text, or a readable attachment."""
        return any(
            article.body.strip() or any(file.state in _READ for file in self.files(article))
            for article in self.texts
        )

    def files(self, article: StoredArticle) -> tuple[StoredFile, ...]:
        """Return the attachments of ``article`` that are the document: those named after its number, otherwise all if it bears
        no other."""
        named = tuple(
            file
            for file in article.files
            if (n := parse_number(PurePath(file.name).stem)) and n.key == self.key
        )
        return named or (article.files if len(article.numbers) == 1 else ())


@dataclass(frozen=True, slots=True)
class DirectiveView:
    """Everything about a document."""

    card: DirectiveCard
    type: str | None
    issuer: str | None
    issued: str | None
    """ISO date, like the next one; like the signer, None if the articles bearing the number say nothing, or differ."""
    effective: str | None
    signer: str | None
    variants: tuple[Variant, ...]
    """The documents with this number if there are several; otherwise empty."""
    variant: Variant | None
    """The selected one."""
    groups: tuple[RelationGroup, ...]
    """In the order of ``RELATIONS``."""
    timeline: tuple[tuple[int | None, int], ...]
    """Year of publication, None for undated, and number of articles that cite the document."""
    acted_on_by: tuple[tuple[str, tuple[Named, ...]], ...]
    """Relation -> documents that have it to this one, by their own text or as others say."""
    acts_on: tuple[tuple[str, tuple[Named, ...]], ...]
    """Relation -> documents to which this one has it."""
    together: tuple[Named, ...]
    """Documents cited together with this one, most frequent first."""
    alike: tuple[Named, ...]
    """Documents with a similar number, if this one is unknown."""
    subject: str | None = None
    """Its subject, if an article that is the document states it."""
    place: str | None = None
    """Place of issue, for numbers that every province has."""

    @property
    def issued_by(self) -> str | None:
        """The issuer including its place."""
        if not self.issuer or not self.place or self.place.casefold() in self.issuer.casefold():
            return self.issuer
        return f"{self.issuer} {self.place}"

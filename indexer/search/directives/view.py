"""What is known of a document, as pages, API and command line show it: frozen values."""

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
    """One of several documents with the same number, told apart by year, type or place of issue."""

    label: str
    year: int | None
    kind: str | None
    place: str | None
    articles: int

    @property
    def address(self) -> dict[str, list[str]]:
        """The parameters of an address that choose it."""
        chosen = (("year", self.year), ("kind", self.kind), ("place", self.place))
        return {name: [str(value)] for name, value in chosen if value}


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
    legal_status: LegalStatus[StoredArticle]
    cited_by: int
    by_relation: Mapping[str, int]
    texts: tuple[StoredArticle, ...] = ()
    """Articles that bear the number: they or their attachments are its text."""
    later: tuple[Named, ...] = ()
    """Later laws of the same name that articles here bear or speak of, the newest first."""
    reach: str | None = None
    """ISO day of the newest article here: what came later can't be known."""
    updated: str | None = None
    """ISO day on which the index was last written."""
    variants: tuple[Variant, ...] = ()
    """Where the number stands for several documents; empty where for one."""
    variant: Variant | None = None
    """The one of them that this is."""

    @property
    def overlaps(self) -> bool:
        """Whether articles do several things with it, so that their counts are more than ``cited_by`` together."""
        return sum(self.by_relation.values()) > self.cited_by

    @property
    def has_text(self) -> bool:
        """Whether there is anything of it to read: an article with a text, or an attachment that could be read."""
        return any(
            article.body.strip() or any(file.state in _READ for file in self.files(article))
            for article in self.texts
        )

    def files(self, article: StoredArticle) -> tuple[StoredFile, ...]:
        """Return the attachments of ``article`` that are the document: those named by its number, else all where it
        bears no other."""
        named = tuple(
            file
            for file in article.files
            if (n := parse_number(PurePath(file.name).stem)) and n.key == self.key
        )
        return named or (article.files if len(article.numbers) == 1 else ())


@dataclass(frozen=True, slots=True)
class DirectiveView:
    """A document in full."""

    card: DirectiveCard
    type: str | None
    issuer: str | None
    issued: str | None
    """ISO day, as is the next; like the signer None where the articles that bear the number say nothing or several things."""
    effective: str | None
    signer: str | None
    variants: tuple[Variant, ...]
    """Where the number stands for several documents; empty where for one."""
    variant: Variant | None
    """The one that was asked for."""
    groups: tuple[RelationGroup, ...]
    """In the order of ``RELATIONS``."""
    timeline: tuple[tuple[int | None, int], ...]
    """Year of publication, None for undated, and articles that cite the document."""
    acted_on_by: tuple[tuple[str, tuple[Named, ...]], ...]
    """Relation -> documents that stand in it to this one: by their own text, or as others say."""
    acts_on: tuple[tuple[str, tuple[Named, ...]], ...]
    """Relation -> documents that this one stands in it to."""
    together: tuple[Named, ...]
    """Documents that are cited beside this one, the most frequent first."""
    alike: tuple[Named, ...]
    """Documents whose number is alike, where this one is not known."""
    subject: str | None = None
    """What it is about, where an article that is the document tells."""
    place: str | None = None
    """Where it was issued, of numbers that every province has."""

    @property
    def issued_by(self) -> str | None:
        """The issuer with its place."""
        if not self.issuer or not self.place or self.place.casefold() in self.issuer.casefold():
            return self.issuer
        return f"{self.issuer} {self.place}"

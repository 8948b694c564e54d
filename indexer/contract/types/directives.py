"""What is known of a document, in short and in full."""

from __future__ import annotations

from typing_extensions import TypedDict

from indexer.contract.types.articles import ArticleBrief, FileName


class TextAnswer(ArticleBrief):
    """An article that holds the text of a document."""

    files: list[FileName]


class StandingAnswer(TypedDict):
    """Whether a document still holds, as far as the articles tell."""

    status: str | None
    """In Vietnamese, e.g. "Hết hiệu lực toàn bộ"; null where nothing is to be said."""
    sentence: str | None
    """The sentence that says so."""
    article: ArticleBrief | None
    """The article that it stands in."""
    since: str | None
    """ISO day from which it is so, where the sentence tells."""
    by: str | None
    """Key of the document that ended or changed it."""
    as_of: str | None
    """ISO day of which a later source says that it is in force; null for every other status."""
    later: list[NamedAnswer]
    """Later laws of the same name that articles here bear or speak of, the newest first."""
    reach: str | None
    """ISO day of the newest article here: what came later can't be known."""
    updated: str | None
    """ISO day on which the index was last written."""


class CitedBy(TypedDict):
    """How many articles cite a document."""

    total: int
    by_relation: dict[str, int]
    """Articles by what they do with it; one may do several things, so that these may be more than `total` together."""


class NamedAnswer(TypedDict):
    """A document and how many articles name it."""

    label: str
    key: str
    url: str
    articles: int


class EdgeAnswer(NamedAnswer):
    """A document in a relation to another, by the sentence of an article."""

    sentence: str | None
    article: ArticleBrief | None
    """The article that it stands in."""


class VariantAnswer(TypedDict):
    """One of several documents with the same number."""

    label: str
    year: int | None
    kind: str | None
    place: str | None
    articles: int


class CardAnswer(TypedDict):
    """A document in short."""

    number: str
    label: str
    key: str
    url: str
    page: str
    standing: StandingAnswer
    texts: list[TextAnswer]
    variants: list[VariantAnswer]
    cited_by: CitedBy


class CitingAnswer(ArticleBrief):
    """What one article does with a document."""

    relation: str
    subject: str | None
    part: bool
    """Of the document only a part."""
    date: str | None
    sentence: str | None
    file: int | None
    page: int | None


class YearAnswer(TypedDict):
    """Articles of one year; null is for those without a date."""

    year: int | None
    articles: int


class CitedByInFull(CitedBy):
    """Who cites a document."""

    by_year: list[YearAnswer]
    articles: dict[str, list[CitingAnswer]]
    """By relation, the newest ten each."""


class DirectiveAnswer(TypedDict):
    """All that is known of a document."""

    number: str
    label: str
    key: str
    url: str
    page: str
    standing: StandingAnswer
    texts: list[TextAnswer]
    type: str | None
    issuer: str | None
    issued: str | None
    """ISO day, as is the next; like the signer null where the articles that bear the number say nothing or several things."""
    effective: str | None
    signer: str | None
    subject: str | None
    """What it is about, where an article that is the document tells."""
    place: str | None
    """Where it was issued, of numbers that every province has."""
    variants: list[VariantAnswer]
    cited_by: CitedByInFull
    acted_on_by: dict[str, list[EdgeAnswer]]
    acts_on: dict[str, list[EdgeAnswer]]
    cited_together_with: list[NamedAnswer]
    looser: list[NamedAnswer]

"""Information about a document, in short and in full."""

from __future__ import annotations

from typing_extensions import TypedDict

from indexer.contract.types.articles import ArticleBrief, FileName


class TextAnswer(ArticleBrief):
    """An article that contains the text of a document."""

    files: list[FileName]


class StandingAnswer(TypedDict):
    """Whether a document is in force, as far as the articles say."""

    status: str | None
    """In Vietnamese, e.g. "Hết hiệu lực toàn bộ"; null if unknown."""
    sentence: str | None
    """The sentence that states the status."""
    article: ArticleBrief | None
    """The article that contains the sentence."""
    since: str | None
    """ISO date from which the status applies, if the sentence says so."""
    by: str | None
    """Key of the document that ended or changed this one."""
    as_of: str | None
    """ISO date on which a later source says that the document is in force; null for every other status."""
    later: list[NamedAnswer]
    """Later laws with the same name that articles here contain or mention, newest first."""
    reach: str | None
    """ISO date of the newest article here; anything later is unknown."""
    updated: str | None
    """ISO date of the last change of the index."""


class CitedBy(TypedDict):
    """How many articles cite a document."""

    total: int
    by_relation: dict[str, int]
    """Number of articles by relation. An article may have several relations, so the sum may exceed `total`."""


class NamedAnswer(TypedDict):
    """A document and the number of articles that name it."""

    label: str
    key: str
    url: str
    articles: int


class EdgeAnswer(NamedAnswer):
    """A document that has a relation to another, with the sentence that says so."""

    sentence: str | None
    article: ArticleBrief | None
    """The article that contains the sentence."""


class VariantAnswer(TypedDict):
    """One of several documents with the same number. Its `year`, `kind` and `place`, as parameters, select it."""

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
    """Path of its page."""
    standing: StandingAnswer
    texts: list[TextAnswer]
    variants: list[VariantAnswer]
    cited_by: CitedBy


class CitingAnswer(ArticleBrief):
    """How one article cites a document."""

    relation: str
    """`issues`, `according_to` (it says no more than that), `based_on`, `carries_out`, `guides`, `amends`, `replaces`, `repeals`,
    `consolidates`, `corrects`, `extends`, `suspends`, `postpones`, `affirms` (it says that the document is in force), `expired` (it
    lists the document as no longer in force); or the document changed it: `amended_by`, `replaced_by`, `repealed_by`."""
    subject: str | None
    """Key of the document that has this relation to the cited one; null for the article itself."""
    part: bool
    """Whether only a part of the document is concerned."""
    date: str | None
    sentence: str | None
    """The sentence that cites the document."""
    file: int | None
    """Number of the attachment that contains the sentence, from 0; null for the article itself."""
    page: int | None
    """Page of the attachment, from 1."""


class YearAnswer(TypedDict):
    """Number of articles of one year; null is for articles without a date."""

    year: int | None
    articles: int


class CitedByInFull(CitedBy):
    """Who cites a document."""

    by_year: list[YearAnswer]
    articles: dict[str, list[CitingAnswer]]
    """By relation (see `CitingAnswer`), the ten newest of each. The site has all of them at `/directives/{number}/citing.json`, one
    relation with `?relation=`, and a search for `viện dẫn:` with the number finds the articles."""


class DirectiveAnswer(TypedDict):
    """Everything known about a document."""

    number: str
    label: str
    key: str
    url: str
    page: str
    """Path of its page."""
    standing: StandingAnswer
    texts: list[TextAnswer]
    """Articles that contain the document."""
    type: str | None
    issuer: str | None
    issued: str | None
    """ISO date, like the next. These and the signer are null if the articles with this number say nothing or disagree."""
    effective: str | None
    signer: str | None
    subject: str | None
    """Subject, if an article that contains the document gives it."""
    place: str | None
    """Place of issue, for numbers that every province uses."""
    variants: list[VariantAnswer]
    cited_by: CitedByInFull
    acted_on_by: dict[str, list[EdgeAnswer]]
    """By relation (see `CitingAnswer`), the documents that have it to this one, by their own text or as others say: at most 40 of
    each, those named by most articles first."""
    acts_on: dict[str, list[EdgeAnswer]]
    """The same for the documents to which this one has the relation."""
    cited_together_with: list[NamedAnswer]
    """Up to 12 documents that articles cite together with this one, most frequent first."""
    looser: list[NamedAnswer]
    """If no article contains or cites this document: documents with a similar number; otherwise empty."""

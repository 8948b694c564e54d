"""What one article tells of the legal status of documents: those it bears, and those it says something is done to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.directives.citations import REVERSED
from indexer.directives.citations.named import law_key
from indexer.directives.claimed import claimed
from indexer.directives.codes import is_assembly
from indexer.directives.force import own_force
from indexer.directives.legal_status import SPOKEN, Change, Issued, has_status
from indexer.directives.number import DocumentNumber, parse_number
from indexer.model import Extraction
from indexer.stored.article import StoredArticle
from indexer.vietnamese.letters import fold

_LAWS = ("luật ", "bộ luật ", "pháp lệnh ")


@dataclass(frozen=True, slots=True)
class Said:
    """A change of the document ``key``, of which the article tells when and where it was issued."""

    key: str
    change: Change[str]
    """Its source is the id of the article."""
    issued: Issued


def own_texts(article: StoredArticle, texts: Iterable[Extraction | None]) -> Iterator[str]:
    """Yield the text of an article, then those of its attachments, each put together when it is asked for."""
    yield article.body
    for one in texts:
        if one:
            yield "\n".join(page.text for page in one.pages)


def own_force_of(article: StoredArticle, texts: Iterable[Extraction | None]) -> tuple[str, str, str] | None:
    """Return what a document says of its own force, in its text or the first of its attachments that does."""
    for text in own_texts(article, texts):
        if found := own_force(text, article.particulars.issued or article.published):
            return found.since, found.until, found.sentence
    return None


def borne(article: StoredArticle) -> DocumentNumber | None:
    """Return the number of the document that ``article`` is, where that has a legal status."""
    number = parse_number(article.numbers[0]) if article.numbers else None
    return number if number and has_status(number.key) else None


def issued(article: StoredArticle) -> Issued:
    """Return when and where the document was issued that ``article`` is."""
    return Issued.of_document(
        article.published, (article.title, *article.issuer), article.body, article.sources, article.type
    )


def names_of(article: StoredArticle, number: DocumentNumber) -> tuple[str, ...]:
    """Return the keys by which texts speak of the document that ``article`` is: its number, a law's name with its year."""
    title = " ".join(article.title.split())
    plain = fold(title)
    if not (number.issuer and is_assembly(number.issuer) and number.year) or "sua doi" in plain:
        return (number.key,)
    return (number.key, *(f"{law_key(title)}@{number.year}" for law in _LAWS if plain.startswith(fold(law))))


def said_by(article: StoredArticle) -> Iterator[Said]:
    """Yield the changes that ``article`` tells of."""
    own = borne(article)
    page = article.particulars
    if own is not None and (claim := claimed(page.status, page.issued, article.published)):
        claims = Change(claim[0], False, claim[1], article.id, day=article.published)
        yield Said(own.key, claims, issued(article))
    for citation in article.citations:
        sentence = citation.sentence or ""
        if citation.relation in REVERSED:
            if own is not None:
                done = REVERSED[citation.relation]
                yield Said(
                    own.key, Change(done, citation.part, sentence, article.id, citation.key), issued(article)
                )
        elif citation.relation in SPOKEN:
            by = citation.subject or (own.key if own else None)
            change = Change(citation.relation, citation.part, sentence, article.id, by, article.published)
            yield Said(
                citation.key,
                change,
                Issued.of_mention(citation.date, citation.place, article.sources, citation.kind),
            )

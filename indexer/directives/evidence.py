"""What an article says about the legal status of documents: those that it bears, and those that it says are changed.

Commits and the pages of documents share this code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from indexer.directives.change_days import day_until, days_from
from indexer.directives.citations import CHANGES, EXPIRED, REVERSED
from indexer.directives.citations.named import law_key
from indexer.directives.claimed import claimed
from indexer.directives.codes import is_assembly
from indexer.directives.issued import Issued
from indexer.directives.law_title import law_named
from indexer.directives.legal_status import SPOKEN, Change, has_status
from indexer.directives.number import DocumentNumber, parse_number, year_of

_ENDING = frozenset(["repeals", "replaces"])


class Stated(Protocol):
    """A document that an article cites."""

    @property
    def key(self) -> str: ...
    @property
    def relation(self) -> str: ...
    @property
    def subject(self) -> str | None: ...
    @property
    def part(self) -> bool: ...
    @property
    def date(self) -> str | None: ...
    @property
    def sentence(self) -> str | None: ...
    @property
    def kind(self) -> str | None: ...
    @property
    def place(self) -> str | None: ...


class Claimed(Protocol):
    """What a source claims about the document in its article."""

    @property
    def status(self) -> str: ...
    @property
    def issued(self) -> str: ...
    @property
    def effective(self) -> str: ...


class Telling(Protocol):
    """An article; see :class:`indexer.stored.article.StoredArticle`."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def published(self) -> str | None: ...
    @property
    def sources(self) -> Sequence[str]: ...
    @property
    def type(self) -> Sequence[str]: ...
    @property
    def issuer(self) -> Sequence[str]: ...
    @property
    def numbers(self) -> Sequence[str]: ...
    @property
    def citations(self) -> Sequence[Stated]: ...
    @property
    def particulars(self) -> Claimed: ...
    @property
    def force(self) -> tuple[str, str, str] | None: ...


@dataclass(frozen=True, slots=True)
class Said:
    """A change to the document ``key``; the article states when and where that document was issued."""

    key: str
    change: Change[str]
    """The source is the id of the article."""
    issued: Issued


def own_number(article: Telling) -> DocumentNumber | None:
    """Return the number of the document that ``article`` is."""
    return parse_number(article.numbers[0]) if article.numbers else None


def borne(article: Telling) -> DocumentNumber | None:
    """Return the number of the document that ``article`` is, if such documents have a legal status."""
    number = own_number(article)
    return number if number and has_status(number.key) else None


def issued(article: Telling) -> Issued:
    """Return when and where the document that ``article`` is was issued."""
    day = article.particulars.issued or article.published
    return Issued.of_document(
        day, (article.title, *article.issuer), article.body, article.sources, article.type
    )


def names_of(article: Telling, number: DocumentNumber) -> tuple[str, ...]:
    """Return the keys by which texts refer to the document that ``article`` is: its number, and the name of a law with its year."""
    law = law_named(article.title) if number.issuer and is_assembly(number.issuer) and number.year else None
    return (number.key, *([law_key(law, number.year)] if law else ()))


def said_by(article: Telling) -> Iterator[Said]:
    """Yield the changes that ``article`` reports."""
    own = own_number(article)
    itself = issued(article)
    if own and (claim := claimed(article.particulars.status, article.particulars.issued, article.published)):
        yield Said(own.key, Change(claim[0], False, claim[1], article.id, day=article.published), itself)
    begins = (article.force[0] if article.force else "") or article.particulars.effective
    consolidates = own is not None and own.type == "VBHN"
    for one in article.citations:
        sentence = one.sentence or ""
        if one.relation in REVERSED:
            if own is not None:
                relation = REVERSED[one.relation]
                day = days_from(sentence, relation, one.key, own.key)
                change = Change(relation, one.part, sentence, article.id, one.key, since=day)
                yield Said(own.key, change, itself)
        elif one.relation in SPOKEN and not (
            consolidates and one.subject is None and one.relation in CHANGES
        ):
            told = _told(article, one, own, begins)
            mention = Issued.of_mention(one.date, one.place, article.sources, one.kind)
            if told is not None:
                yield Said(one.key, told, mention)


def _told(article: Telling, one: Stated, own: DocumentNumber | None, begins: str) -> Change[str] | None:
    """Return the change stated by a citation; None if only part of the acting document is said to end."""
    sentence = one.sentence or ""
    by = one.subject or (own.key if own and one.relation != EXPIRED else None)
    ends = [
        other
        for other in article.citations
        if one.subject
        and other.key == one.subject
        and other.relation in _ENDING
        and other.sentence == sentence
    ]
    if ends and all(other.part for other in ends) and "một số" not in sentence:
        return None
    # "Bãi bỏ Quyết định A về việc ngưng hiệu lực Thông tư B" ends the suspension of B.
    undone = any(not other.part for other in ends)
    stated = days_from(sentence, one.relation, by, one.key, _issued_on(article, one, by))
    own_day = begins if one.subject is None and by and begins[:4] >= str(year_of(one.key) or "") else ""
    return Change(
        one.relation,
        one.part,
        sentence,
        article.id,
        by,
        article.published,
        since=stated or own_day or "",
        until=day_until(sentence, article.published) if one.relation in ("suspends", "postpones") else None,
        undone=undone,
    )


def _issued_on(article: Telling, one: Stated, by: str | None) -> str | None:
    """Return the ISO date of issue of the acting document ``by``, according to the article."""
    if one.subject is None:
        return article.particulars.issued or None
    return min((other.date for other in article.citations if other.key == by and other.date), default=None)

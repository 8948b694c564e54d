"""What the articles that bear a document's number say about it, if they agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.directives.codes import is_local
from indexer.directives.evidence import issued
from indexer.directives.issued import Issued
from indexer.directives.number import leaves_type_open, number_of_key
from indexer.directives.subject import subject_of
from indexer.stored.article import StoredArticle
from indexer.vietnamese.letters import fold

Told = tuple[int | None, str | None, str | None]
"""Year, type and place of issue, as far as they are known."""
_ALIKE = 0.8
"""Share of common words (Dice): "Luật điện ảnh" and "Luật điện lực" have 0.67."""


def told(own: Sequence[StoredArticle], name: str) -> str | None:
    """Return a value of :class:`~indexer.model.Particulars` if the articles ``own`` give exactly one."""
    return _agreed(str(getattr(one.particulars, name)) for one in own)


def told_subject(own: Sequence[StoredArticle]) -> str | None:
    """Return the subject of the document that the articles ``own`` are; None if none states it, or two differ.

    One not in capitals is preferred. Titles of one document may be longer or shorter; those of two documents mistakenly given
    the same number have different words.
    """
    told = [
        subject
        for one in own
        if (subject := subject_of(one.title, one.particulars.subject, one.numbers, one.type))
    ]
    words = [frozenset(fold(subject).split()) for subject in told]
    if not all(_is_alike(words[0], others) for others in words[1:]):
        return None
    return min(told, key=str.isupper, default=None)


def _is_alike(words: frozenset[str], others: frozenset[str]) -> bool:
    common = len(words & others)
    return common == min(len(words), len(others)) or 2 * common >= _ALIKE * (len(words) + len(others))


def told_place(key: str, own: Sequence[StoredArticle]) -> str | None:
    """Return where the document ``key`` was issued, for numbers that every province has, if ``own`` name one place."""
    number = number_of_key(key)
    if number is None or not number.issuer or not is_local(number.issuer):
        return None
    place = _agreed(issued(one).place for one in own)
    return " ".join(map(str.capitalize, place.split())) if place and place.isupper() else place


def _agreed(values: Iterable[str]) -> str | None:
    given = {value.casefold(): value for value in values if value}
    return next(iter(given.values())) if len(given) == 1 else None


def told_by(key: str, article: StoredArticle) -> Told:
    """Return what ``article``, which bears ``key``, says about it, for numbers that several documents share."""
    number = number_of_key(key)
    day = article.particulars.issued or article.published or ""
    year = int(day[:4]) if number is not None and number.year is None and day else None
    kind = next(iter(article.type), None) if leaves_type_open(key) else None
    if number is None or number.issuer is None or not is_local(number.issuer):
        return year, kind, None
    above = (article.title, *article.issuer)
    return year, kind, Issued.of_document(day, above, article.body, article.sources).place or None

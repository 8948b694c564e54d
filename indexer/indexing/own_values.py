"""What a document says about itself and its source does not: dates of issue and force, and the signer."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from indexer.directives.closing import Signer, read_signer
from indexer.directives.force import own_force
from indexer.directives.head import read_head
from indexer.directives.number import parse_number
from indexer.model import Extraction
from indexer.stored.article import StoredArticle


def with_own_values(stored: StoredArticle, texts: Sequence[Extraction | None]) -> StoredArticle:
    """Return ``stored`` with its force, and with the particulars that its source leaves out.

    They are read from the text that begins with the head of this very document: the body, otherwise the first such file.
    ``texts`` are those read from its files.
    """
    number = parse_number(stored.numbers[0]) if stored.numbers else None
    if number is None:
        return stored
    heads = ((text, head) for text in own_texts(stored, texts) if (head := read_head(text)))
    text, head = next((one for one in heads if one[1].number and one[1].number.key == number.key), ("", None))
    said = stored.particulars
    issued = said.issued or (head.day.isoformat() if head and head.day else "")
    signer = (read_signer(text) if text else None) or Signer("")
    stored = dataclasses.replace(
        stored,
        particulars=dataclasses.replace(
            said,
            issued=issued,
            signer=said.signer or signer.name,
            position=said.position if said.signer else signer.office,
        ),
    )
    force = own_force_of(stored, texts)
    since = force[0] if force and head and force[2] and (issued or force[0] != stored.published) else ""
    particulars = dataclasses.replace(
        stored.particulars,
        effective=said.effective or since,
        expires=said.expires or (force[1] if force and head else ""),
    )
    return dataclasses.replace(stored, force=force, particulars=particulars)


def own_texts(article: StoredArticle, texts: Iterable[Extraction | None]) -> Iterator[str]:
    """Yield the text of an article, then those of its attachments, each assembled on demand."""
    yield article.body
    for one in texts:
        if one:
            yield "\n".join(page.text for page in one.pages)


def own_force_of(article: StoredArticle, texts: Iterable[Extraction | None]) -> tuple[str, str, str] | None:
    """Return what a document says about its own force, in its text or the first such attachment."""
    for text in own_texts(article, texts):
        if found := own_force(text, article.particulars.issued or article.published):
            return found.since, found.until, found.sentence
    return None

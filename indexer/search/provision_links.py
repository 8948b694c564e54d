"""Links from mentions of a provision to its text, if that is available here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from indexer.directives.citations import find_citations
from indexer.engine import clauses as c
from indexer.engine.protocol import EngineRequest, Foreseen
from indexer.provisions.provision import Outline, Provision
from indexer.provisions.references import Reference, references_in
from indexer.provisions.remembered import OUTLINES
from indexer.register.laws import Laws, bearing_request
from indexer.register.same import SameLaws
from indexer.search.file_text import file_texts, pages_asked
from indexer.search.long_text import Link
from indexer.stored.article import StoredArticle, unpack
from indexer.vietnamese.letters import fold
from indexer.visible.index import VisibleIndex

_BEARING = 3
"""Number of articles bearing a number that are tried as the text of the document."""
_DOCUMENTS = 20
"""Maximum number of documents linked from one text: each is looked up and its text searched for provisions."""

Held = tuple[str, Outline]
"""The address of a text, and its outline."""


class ProvisionLinks:
    """Answers from the visible articles of one commit."""

    def __init__(self, index: VisibleIndex) -> None:
        self._index = index
        self._same = SameLaws(index)
        self._laws = Laws(index)

    def within(
        self,
        text: str,
        outline: Outline,
        besides: Iterable[Foreseen] = (),
        then: Iterable[Foreseen] = (),
    ) -> tuple[Link, ...]:
        """Return the parts of ``text`` that link to a provision, on the same page or on that of another text.

        ``besides`` and ``then`` are what the page asks otherwise; see :meth:`SameLaws.foresee`.
        """
        has_any = "Điều " in text or "điều " in text
        references = references_in(text, outline, find_citations(text)) if has_any else []
        keys = list(dict.fromkeys(one.key for one in references if one.key))[:_DOCUMENTS]
        self._same.foresee(keys, besides, then)
        self._index.foresee(asked for key in keys if (asked := self._bearers(key)))
        self._index.foresee(
            pages_asked(article)
            for key in keys
            for article in self._bearing(key)
            if not OUTLINES.of(article.body)
        )
        held = {key: list(self._texts(key)) for key in keys}
        return tuple(self._links(references, outline, held))

    @staticmethod
    def _links(
        references: Iterable[Reference], outline: Outline, held: dict[str, list[Held]]
    ) -> Iterator[Link]:
        for one in references:
            texts = [("", outline)] if one.key is None else held.get(one.key, [])
            address = _address(texts, one.article, one.clause, one.document if one.key is None else 1)
            if address:
                yield Link(one.start, one.end, address)

    def _texts(self, key: str) -> Iterator[Held]:
        """Yield the texts of the document with ``key`` that have articles, newest first."""
        for article in self._bearing(key):
            outline = OUTLINES.of(article.body)
            if outline:
                yield article.address, outline
                continue
            for n, file in file_texts(self._index, article).items():
                if outline := OUTLINES.of(file.text):
                    yield f"{article.address}/files/{n}/text", outline

    def _bearing(self, key: str) -> list[StoredArticle]:
        """Return the articles that are the document; a number or name without a year may be one of many."""
        number = self._same.keys(key)[0]
        if number.startswith("law:"):
            return self._laws.bearing(number)[:_BEARING] if "@" in number else []
        asked = self._bearers(key)
        return [unpack(hit.stored) for hit in self._index.search(asked).hits] if asked else []

    def _bearers(self, key: str) -> EngineRequest | None:
        """Return the search for the articles that may be the document; None if nothing tells them apart."""
        number = self._same.keys(key)[0]
        if number.startswith("law:"):
            return bearing_request(number) if "@" in number else None
        if not number.split("|")[1]:
            return None
        return EngineRequest(c.Term("number", number), sort="newest", limit=_BEARING)


def _address(texts: Sequence[Held], article: str, clause: str | None, document: int) -> str | None:
    """Return the address of an article or clause; None if no text has it, or two have different ones with that number."""
    found = [
        (address, outline, one)
        for address, outline in texts
        if (one := outline.find(article, None, document)) is not None
    ]
    if not found or len({_title(one) for _, _, one in found}) > 1:
        return None
    address, outline, one = found[0]
    inner = outline.find(article, clause, document) if clause else None
    return f"{address}#{(inner or one).anchor}"


def _title(provision: Provision) -> str:
    return " ".join(fold(provision.title).split())

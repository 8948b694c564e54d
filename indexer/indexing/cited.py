"""The relations of an article to the documents that it cites, each with the sentence that states it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.directives.citations import Citation, ForceLists, find_citations, is_itself, names_of_itself
from indexer.directives.citations.issuing_place import issuing_place, place_of
from indexer.directives.citations.sentences import sentence_around, sentence_start
from indexer.directives.citations.uncoded import uncoded_key
from indexer.directives.codes import is_assembly, is_local
from indexer.directives.number import DocumentNumber, leaves_type_open, parse_number
from indexer.model import Extraction
from indexer.stored.article import StoredArticle, StoredCitation

_LONGEST_SENTENCE = 400
"""Maximum length, in characters, of a sentence shown as the source of a document's legal status."""
_BEFORE = 200
"""Number of characters shown before a citation in a longer sentence."""
_HEAD = 1_500
"""Number of characters at the start of a text that contain its letterhead."""


def cited_by(
    article: StoredArticle, own: Sequence[DocumentNumber], texts: Sequence[Extraction | None]
) -> Iterator[StoredCitation]:
    """Yield the relations of ``article`` to each document that it cites, except itself; the first mention of each.

    ``own`` are the numbers that it bears, ``texts`` those read from its files.
    """
    itself = {number.key for number in own}
    names: set[str] = set()
    if any(number.issuer and is_assembly(number.issuer) for number in own):
        # A law also refers to itself by name.
        names.update(*map(names_of_itself, (article.title, article.particulars.subject)))
    # And a plan as "Kế hoạch 74", without its codes.
    uncoded = {uncoded_key(number.type, number.key.split("|")[0], None) for number in own if number.type}
    seen: set[tuple[object, ...]] = set()
    for text, file, page, head, citations in _read(article, texts):
        for mention in citations:
            for one in _whole(mention):
                subject = None if one.subject in itself | names else one.subject
                what = (one.key, one.relation, subject, one.part)
                if is_itself(one, itself, names) or one.key.split("@")[0] in uncoded or what in seen:
                    continue
                seen.add(what)
                yield StoredCitation(
                    *(one.key, one.number, one.relation, subject, one.part, one.date),
                    sentence=_sentence(text, one),
                    kind=one.type if leaves_type_open(one.key) else None,
                    place=_place(text, one, head),
                    file=file,
                    page=page,
                )


def _read(
    article: StoredArticle, texts: Sequence[Extraction | None]
) -> Iterator[tuple[str, int | None, int | None, str, Iterator[Citation]]]:
    """Yield each text of the article with its attachment and page, the head of its document, and its citations."""
    lists = ForceLists()
    for text in (article.title, article.particulars.subject, article.summary, article.body):
        yield text, None, None, article.body[:_HEAD], lists.read(text, find_citations(text))
    for n, extraction in enumerate(texts):
        lists = ForceLists()
        pages = extraction.pages if extraction else ()
        for page in pages:
            read = lists.read(page.text, find_citations(page.text))
            yield page.text, n, page.number, pages[0].text[:_HEAD], read


def _whole(mention: Citation) -> Iterator[Citation]:
    """Yield the relations to a document, and what the same mention says others did to it."""
    yield mention
    for relation, subject, part in mention.earlier:
        yield replace(mention, relation=relation, subject=subject, part=part, heading="")


def _sentence(text: str, citation: Citation) -> str:
    """Return the sentence that states it; for a long one, the part around the citation."""
    sentence = sentence_around(text, citation.start, citation.end)
    if len(sentence) > _LONGEST_SENTENCE:
        before = " ".join(text[sentence_start(text, citation.start) : citation.start].split())
        cut = len(before) - _BEFORE
        start = sentence.find(" ", cut) + 1 if cut > 0 else 0
        end = (
            sentence.rfind(" ", start, start + _LONGEST_SENTENCE)
            if start + _LONGEST_SENTENCE < len(sentence)
            else None
        )
        sentence = f"{'… ' if start else ''}{sentence[start:end]}{' …' if end else ''}"
    return f"{citation.heading} … {sentence}" if citation.heading else sentence


def _place(text: str, citation: Citation, head: str) -> str | None:
    """Return where a document of a province or district was issued; for a list row, the heading or publisher may tell."""
    lead = parse_number(citation.number)
    if lead is None or lead.issuer is None or not is_local(lead.issuer):
        return None
    place = issuing_place(text, sentence_start(text, citation.start), citation.start, citation.end)
    if place or not citation.heading:
        return place
    return place_of(citation.heading) or place_of(head) or None

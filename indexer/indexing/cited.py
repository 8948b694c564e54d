"""What an article does with the documents that it cites, each with the sentence that says so."""

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
"""Characters of a sentence that is shown as the source of a document's legal status."""
_BEFORE = 200
"""Characters before a citation that are shown of a longer one."""
_HEAD = 1_500
"""Characters of a text in which its letterhead stands."""


def cited_by(
    article: StoredArticle, own: Sequence[DocumentNumber], texts: Sequence[Extraction | None]
) -> Iterator[StoredCitation]:
    """Yield what ``article`` does with each document it cites, not with itself; the first mention of each.

    ``own`` are the numbers that it bears, ``texts`` what was read of its files.
    """
    itself = {number.key for number in own}
    names: set[str] = set()
    if any(number.issuer and is_assembly(number.issuer) for number in own):
        # A law speaks of itself by its name, too.
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
    """Yield each text of the article with the attachment and page that it is, the head of its document, and its citations."""
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
    """Yield what is done with a document, and what others did to it by the same mention."""
    yield mention
    for relation, subject, part in mention.earlier:
        yield replace(mention, relation=relation, subject=subject, part=part, heading="")


def _sentence(text: str, citation: Citation) -> str:
    """Return the sentence that says so, of a long one what is around the citation."""
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
    """Return where a document of a province or district was issued; of a row in a list also as its heading or publisher tells."""
    lead = parse_number(citation.number)
    if lead is None or lead.issuer is None or not is_local(lead.issuer):
        return None
    place = issuing_place(text, sentence_start(text, citation.start), citation.start, citation.end)
    if place or not citation.heading:
        return place
    return place_of(citation.heading) or place_of(head) or None

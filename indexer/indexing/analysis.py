"""What is stored and indexed of an article. Pure; the hot path of the worker processes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from pathlib import PurePath
from zoneinfo import ZoneInfo

from indexer.directives.citations.numbered_names import name_beside
from indexer.directives.codes import type_of
from indexer.directives.issuer_names import issuers_of, whole_name
from indexer.directives.number import DocumentNumber, parse_number
from indexer.duplicates.shingles import shingles
from indexer.engine.fields import FILE_STATE, LAW_NUMBER, law_number
from indexer.engine.protocol import Entry, PageEntry
from indexer.indexing.cited import cited_by
from indexer.indexing.identity import identified
from indexer.indexing.own_values import with_own_values
from indexer.model import Article, Extraction
from indexer.query.values import ACCENTLESS, day_number, label_terms
from indexer.stored.article import StoredArticle, StoredFile, slug_of
from indexer.stored.page import pack_page
from indexer.stored.relation import relation_value
from indexer.vietnamese.abbreviations import explained
from indexer.vietnamese.accents import without_accents
from indexer.vietnamese.chunks import EMPTY_LINE, LINE_END, chunks_of
from indexer.vietnamese.quantities import quantity_stream
from indexer.vietnamese.terms import TermStreams, chunk_terms, folded_of, streams_of, term_streams
from indexer.vietnamese.words import word_streams

_SIGNED = "signed"
"""Signed files are found by this term, as if it were in their name: ``tệp:signed``."""
_LONGEST_KEYWORD = 400
"""Maximum length of a source or category in characters; engines limit the bytes of a term."""
_FILE_TYPES = {
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "text/plain": "txt",
    "text/html": "html",
}


def stored_article(
    article: Article, files: Sequence[StoredFile], texts: Sequence[Extraction | None], zone: ZoneInfo
) -> StoredArticle:
    """Return the display form of ``article``; ``texts`` are those read from ``files``.

    What the source does not give is read from the document itself (:func:`~indexer.indexing.identity.identified`); every number
    in its text or attachments that it does not bear is cited.
    """
    given = StoredArticle(
        id=article.id,
        slug=slug_of(article.id),
        title=article.title,
        summary=article.summary,
        body=article.body,
        published=_day(article.published, zone),
        published_at=moment_at(article.published, zone),
        updated=moment_at(article.updated, zone) or _day(article.updated, zone),
        sources=article.sources,
        category=article.category,
        url=article.url,
        audience=article.audience,
        type=(type_of(article.type),) if article.type else (),
        issuer=issuers_of(article.issuer) if article.issuer else (),
        files=tuple(files),
        particulars=article.particulars,
    )
    return _with_citations(identified(given, texts, article.number), texts)


def _day(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return moment.astimezone(zone).date().isoformat() if moment else None


def with_files(
    stored: StoredArticle, files: Sequence[StoredFile], texts: Sequence[Extraction | None]
) -> StoredArticle:
    """Return ``stored`` with the new texts of its files, otherwise unchanged."""
    return _with_citations(identified(dataclasses.replace(stored, files=tuple(files)), texts), texts)


def _with_citations(stored: StoredArticle, texts: Sequence[Extraction | None]) -> StoredArticle:
    own = [number for number in map(parse_number, stored.numbers) if number]
    stored = with_own_values(stored, texts)
    return dataclasses.replace(stored, citations=tuple(cited_by(stored, own, texts)))


def _law_numbers(stored: StoredArticle) -> Iterator[str]:
    """Yield the numbers of laws otherwise cited by name, when a sentence states both."""
    for citation in stored.citations:
        name = name_beside(citation.sentence, citation.key) if citation.sentence else None
        if name:
            yield law_number(name, citation.key)
            yield law_number(citation.key, name)


def moment_at(published: datetime | None, zone: ZoneInfo) -> str | None:
    """Return ``published`` as ISO 8601 in ``zone``; None for midnight by the source's own clock, which means that only the date
    is known.
    """
    if published is None or published.time() == time():
        return None
    local = published.astimezone(zone)
    offset = local.utcoffset() or timedelta()
    # Before time zones existed, local times differed by seconds, which RFC 3339 cannot express.
    return None if offset % timedelta(minutes=1) else local.isoformat(timespec="seconds")


def seconds_of(published: datetime | None) -> int | None:
    """Return ``published`` in seconds since 1970 UTC."""
    return int(published.timestamp()) if published else None


def start_of(day: str | None, zone: ZoneInfo) -> datetime | None:
    """Return the midnight in ``zone`` at which a stored date ``YYYY-MM-DD`` begins."""
    return datetime.fromisoformat(day).replace(tzinfo=zone) if day else None


def index_entry(
    stored: StoredArticle, packed: bytes, second: int | None, texts: Sequence[Extraction | None]
) -> Entry:
    """Return the entry computed by :func:`analysed`."""
    return analysed(stored, packed, second, texts)[0]


def analysed(
    stored: StoredArticle, packed: bytes, second: int | None, texts: Sequence[Extraction | None]
) -> tuple[Entry, tuple[int, ...]]:
    """Return the entry of an article (its terms, values and attachment pages) and its shingles.

    ``packed`` is :func:`indexer.stored.article.pack` of ``stored``; ``texts`` belong to ``stored.files``. The text is split
    once, and each piece looked up once, for all purposes.
    """
    names = [file.name for file in stored.files]
    keywords: dict[str, tuple[str, ...]] = {
        "source": stored.sources,
        "category": (stored.category,) if stored.category else (),
        "type": stored.type,
        "issuer": tuple(dict.fromkeys(map(whole_name, stored.issuer))),
        "file_type": tuple(dict.fromkeys(filter(None, map(file_type, stored.files)))),
        "number": _keys(stored.numbers),
        "cites": tuple(dict.fromkeys(citation.key for citation in stored.citations)),
        "relation": tuple(map(relation_value, stored.citations)),
        FILE_STATE: tuple(dict.fromkeys(str(file.state) for file in stored.files)),
    }
    labels = [label_terms(name, keywords[name]) for name in ("source", "category", "type", "issuer")]
    body, whole = stored.text, "\n".join([stored.title, stored.text, *_page_texts(texts)])
    pieces, title_pieces = chunks_of(body), chunks_of(stored.title)
    value_pieces = chunks_of("\n\n".join(_named(stored)))
    title_terms, terms = chunk_terms(title_pieces), chunk_terms(pieces)
    written = streams_of(terms)
    words, folded_words = word_streams([*title_pieces, LINE_END, *pieces, EMPTY_LINE, *value_pieces])
    keywords["abbreviation"] = tuple(dict.fromkeys(explained(whole)))
    keywords[LAW_NUMBER] = tuple(_law_numbers(stored))
    keywords["label"] = (
        *(term for terms in labels for term in terms),
        *([ACCENTLESS] if without_accents(written) else ()),
        *label_terms("file", [*names, *(_SIGNED for file in stored.files if file.signatures)]),
        "audience:public" if stored.audience == "public" else "audience:staff",
    )
    entry = Entry(
        id=stored.id,
        slug=stored.slug,
        stored=packed,
        title=streams_of(title_terms),
        body=written,
        values=streams_of(chunk_terms(value_pieces)),
        files=term_streams("\n".join([*names, *_page_texts(texts)])) if names else TermStreams(),
        words=words,
        folded_words=folded_words,
        quantities=quantity_stream(whole),
        keywords={name: _cut(values) for name, values in keywords.items()},
        day=day_number(datetime.fromisoformat(stored.published)) if stored.published else None,
        second=second,
        pages=tuple(_page_entries(texts)),
    )
    return entry, shingles([*folded_of(title_terms), *folded_of(terms)])


def _page_texts(texts: Iterable[Extraction | None]) -> list[str]:
    return [page.text for extraction in texts if extraction for page in extraction.pages]


def _page_entries(texts: Iterable[Extraction | None]) -> Iterable[PageEntry]:
    for n, extraction in enumerate(texts):
        for page in extraction.pages if extraction else ():
            if page.text.strip():
                yield PageEntry(n, page.number, term_streams(page.text).text, pack_page(page))


def file_type(file: StoredFile) -> str | None:
    """Return the short name of a file's type, such as ``pdf`` or ``docx``; None if its bytes are missing."""
    if file.sha256 is None:
        return None
    return _FILE_TYPES.get(file.media_type) or PurePath(file.name).suffix.lower().lstrip(".")[:8] or None


def _keys(numbers: Iterable[str]) -> tuple[str, ...]:
    parsed: list[DocumentNumber | None] = [parse_number(number) for number in numbers]
    return tuple(dict.fromkeys(number.key for number in parsed if number))


def _named(stored: StoredArticle) -> tuple[str, ...]:
    """Return values that plain words find as if they were in the text: records of a gazette do not contain their type and
    issuer.
    """
    return tuple(dict.fromkeys((*stored.type, *stored.issuer)))


def _cut(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([value[:_LONGEST_KEYWORD] for value in values if value])) if values else ()

"""The fields of the index in OpenSearch's terms, and an entry as its document."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import Any

from indexer.engine.fields import (
    ANY_TEXT,
    COUNTED,
    FOLDED_WORDS,
    ID,
    INDEX_VERSION,
    KEYWORDS,
    PAGE_TEXT,
    QUANTITIES,
    SAME_TEXT,
    TEXT_AREAS,
    WHOLE_TEXT,
    WORDS,
    pairs_field,
)
from indexer.engine.protocol import Entry, PageEntry
from indexer.engine.sort_keys import sort_keys
from indexer.opensearch_settings import OpenSearchSettings

VERSION = f"opensearch 1, fields {INDEX_VERSION}"
FOLD = "fold"
"""One value per article: the name of its text, or its own id if no other article has the text."""
PAGES = "pages"
"""The pages of an article are nested in it, so they are put and removed together."""
HOLE = "␀"
"""Matches any term in a phrase. It is a stop word of the analyzer of phrases, and its letter occurs in no term."""
WINDOW = 50_000
"""Maximum position of the last hit of a page of results."""
MOST_PAGES = 10_000
"""Maximum number of pages of one article in one answer."""
TONED_PREFIX = "="
_MOST_NESTED = 100_000
_LONGEST_TERM = 1_000
"""Maximum length in characters. Lucene limits a keyword to 32,766 bytes."""


def counted_twin(name: str) -> str:
    """Return the field of values that counts the terms of a text field without loading its postings into memory."""
    return f"{name}_values"


COUNTED_TWINS = (WHOLE_TEXT, WORDS)
"""Text fields whose terms are requested by frequency; of ``text``, only the accented terms."""


def definition(settings: OpenSearchSettings) -> dict[str, Any]:
    """Return settings and mappings of a new index; a change here needs a new ``fields.INDEX_VERSION`` or another VERSION."""
    keyword = {"type": "keyword"}
    properties: dict[str, Any] = {
        ID: keyword,
        "slug": {"type": "keyword", "doc_values": False},
        "stored": {"type": "binary", "store": True},
        FOLD: keyword,
        "day": {"type": "integer"},
        "newest": keyword,
        "oldest": keyword,
        **{area: _text("positions") for area in TEXT_AREAS},
        **{name: _text("freqs") for name in COUNTED},
        **{counted_twin(name): {"type": "keyword", "index": False} for name in COUNTED_TWINS},
        **dict.fromkeys(KEYWORDS, keyword),
        PAGES: {
            "type": "nested",
            "properties": {
                PAGE_TEXT: _text("positions"),
                "file": {"type": "integer"},
                "number": {"type": "integer"},
                "stored": {"type": "binary", "doc_values": True},
            },
        },
    }
    for area in ("title", "body"):
        properties[area]["copy_to"] = [WHOLE_TEXT]
    properties[pairs_field("title")]["copy_to"] = [pairs_field(WHOLE_TEXT)]
    return {
        "settings": {
            "index": {
                "number_of_shards": settings.shards,
                # Copies are made once the index is filled; see the writer.
                "number_of_replicas": 0,
                # Changes are visible only after their commit.
                "refresh_interval": "-1",
                "max_result_window": WINDOW,
                "max_inner_result_window": MOST_PAGES,
                "mapping.nested_objects.limit": _MOST_NESTED,
                # Deletions are remembered for this long, so that a delayed request of a replaced writer cannot restore an article.
                "gc_deletes": "10m",
                # A copy cannot be opened while points in time hold the files of the one before; these are closed with later commits.
                "allocation.max_retries": 100,
                # The same BM25 as in the other engines; since version 8, Lucene omits a factor that our constants rely on.
                "similarity": {"default": {"type": "LegacyBM25", "k1": 1.2, "b": 0.75}},
                "analysis": {
                    "tokenizer": {"blanks": {"type": "whitespace", "max_token_length": _LONGEST_TERM}},
                    "filter": {"holes": {"type": "stop", "stopwords": [HOLE]}},
                    "analyzer": {
                        "ready": {"type": "custom", "tokenizer": "blanks"},
                        "holes": {"type": "custom", "tokenizer": "blanks", "filter": ["holes"]},
                    },
                },
            }
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"enabled": False},
            "_meta": {"version": VERSION},
            "properties": properties,
        },
    }


def _text(options: str) -> dict[str, Any]:
    # Values of a text field are loaded into memory when they are first requested, and only tests request them.
    return {
        "type": "text",
        "analyzer": "ready",
        "search_analyzer": "ready",
        "search_quote_analyzer": "holes",
        "index_options": options,
        "fielddata": True,
    }


def key_of(id: str) -> str:
    """Return the id of the article ``id`` in OpenSearch, whose ids have at most 512 bytes."""
    return hashlib.blake2b(id.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def document(entry: Entry) -> dict[str, Any]:
    """Return ``entry`` in the form in which it is sent."""
    fields: dict[str, Any] = {ID: entry.id, "slug": entry.slug, "stored": b64encode(entry.stored).decode()}
    for area in TEXT_AREAS:
        streams = entry.searched(area)
        if streams.text:
            fields[area] = streams.text
            name = area if area != "body" else WHOLE_TEXT
            fields[pairs_field(name)] = streams.pairs
    for name, terms in (
        (WORDS, entry.words),
        (FOLDED_WORDS, entry.folded_words),
        (QUANTITIES, entry.quantities),
    ):
        if terms:
            fields[name] = terms
    fields[counted_twin(WORDS)] = list(set(entry.words.split()))
    whole = {*entry.title.text.split(), *entry.searched("body").text.split()}
    fields[counted_twin(WHOLE_TEXT)] = [term for term in whole if term.startswith(TONED_PREFIX)]
    for name, values in entry.keywords.items():
        if values:
            fields[name] = list(values)
    texts = [text for text in entry.keywords.get(SAME_TEXT, ()) if text != ANY_TEXT]
    fields[FOLD] = f"t{texts[0]}" if texts else f"i{entry.id}"
    fields["month"] = entry.month
    if entry.day is not None:
        fields["day"] = entry.day
    fields["newest"], fields["oldest"] = sort_keys(entry.second, entry.id)
    if entry.pages:
        fields[PAGES] = [_page(page) for page in entry.pages]
    return fields


def _page(page: PageEntry) -> dict[str, Any]:
    fields: dict[str, Any] = {
        PAGE_TEXT: page.terms,
        "file": page.file,
        "stored": b64encode(page.stored).decode(),
    }
    if page.page is not None:
        fields["number"] = page.page
    return fields

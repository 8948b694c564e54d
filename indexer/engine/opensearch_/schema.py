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
"""One value for each article: its text's name, or its own id where no other has its text."""
PAGES = "pages"
"""The pages of an article are nested in it, so that it is put and removed as one."""
HOLE = "␀"
"""Stands in a phrase where any term may; a stop word of the analyzer of phrases, and no letter of any term."""
WINDOW = 50_000
"""The last hit that a page of hits may end at."""
MOST_PAGES = 10_000
"""Pages of one article that one question may bring."""
TONED_PREFIX = "="
_MOST_NESTED = 100_000
_LONGEST_TERM = 1_000
"""Characters. Lucene's own limit for a keyword is 32,766 bytes."""


def counted_twin(name: str) -> str:
    """Return the field of values that counts the terms of a text field without holding its postings in memory."""
    return f"{name}_values"


COUNTED_TWINS = (WHOLE_TEXT, WORDS)
"""Text fields whose terms are asked for by frequency: of ``text`` the toned ones."""


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
                # Copies are made when it is filled; see the writer.
                "number_of_replicas": 0,
                # Nothing is seen before its commit.
                "refresh_interval": "-1",
                "max_result_window": WINDOW,
                "max_inner_result_window": MOST_PAGES,
                "mapping.nested_objects.limit": _MOST_NESTED,
                # Removed articles are remembered that long, so that a writer that was thought dead brings none back.
                "gc_deletes": "10m",
                # The BM25 of the other engines; that of Lucene since 8 leaves out a factor that our constants count on.
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
    # Memory for the values of a text field is taken when they are first asked for, and nothing but tests asks for them.
    return {
        "type": "text",
        "analyzer": "ready",
        "search_analyzer": "ready",
        "search_quote_analyzer": "holes",
        "index_options": options,
        "fielddata": True,
    }


def key_of(id: str) -> str:
    """Return what OpenSearch calls the article ``id``: its own ids end at 512 bytes."""
    return hashlib.blake2b(id.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def document(entry: Entry) -> dict[str, Any]:
    """Return ``entry`` as it is sent."""
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

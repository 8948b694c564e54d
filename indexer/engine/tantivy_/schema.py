"""The fields of the index in tantivy's terms."""

from __future__ import annotations

import tantivy

from indexer.engine.fields import COUNTED, KEYWORDS, PAGE_TEXT, SAME_TEXT, TEXT_AREAS

ARTICLE = "article"
PAGE = "page"


def build_schema() -> tantivy.Schema:
    """Return the schema; a change here needs a new ``fields.INDEX_VERSION``.

    Term streams are ready-made, so their fields split at white space and change nothing. The two
    sort keys are text, date first and id last, so that ties of date are in the order of ids.
    """
    builder = tantivy.SchemaBuilder()
    # What an entry is, what it is called, and which article it belongs to.
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("slug", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("stored", stored=True)
    for area in TEXT_AREAS:
        builder.add_text_field(area, tokenizer_name="whitespace", index_option="position")
    for name in COUNTED:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in KEYWORDS:
        # Folding asks the hits for their text.
        stored = name == SAME_TEXT
        builder.add_text_field(name, stored=stored, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("day", indexed=True, fast=True)
    builder.add_text_field("newest", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("oldest", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field(PAGE_TEXT, tokenizer_name="whitespace", index_option="position")
    builder.add_unsigned_field("file_number", stored=True, indexed=True)
    builder.add_unsigned_field("page_number", stored=True, indexed=True)
    return builder.build()

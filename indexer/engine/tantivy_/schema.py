"""The fields of the index in tantivy's terms."""

from __future__ import annotations

import hashlib

import tantivy

from indexer.engine.fields import COUNTED, KEYWORDS, PAGE_TEXT, SAME_TEXT, TEXT_AREAS

ARTICLE = "article"
PAGE = "page"
SECOND = "second"
"""Time of publication; absent if undated. Numbers are sorted without looking up texts."""
TEXT_NUMBER = "text_number"
"""The value of ``fields.SAME_TEXT`` as :func:`text_number`: counting numbers takes a tenth of the time of counting texts."""


def text_number(text: str) -> int:
    """Return a number that represents a value of ``fields.SAME_TEXT``; collisions are practically impossible."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def build_schema() -> tantivy.Schema:
    """Return the schema; a change to it requires a new ``fields.INDEX_VERSION``.

    Term streams are ready-made, so their fields split at blanks and change nothing. The two sort keys are text with the date
    first and the id last, so that ties of date are in order of id.
    """
    builder = tantivy.SchemaBuilder()
    # The type of an entry, its name, and the article it belongs to.
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("slug", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("stored", stored=True)
    for area in TEXT_AREAS:
        builder.add_text_field(area, tokenizer_name="whitespace", index_option="position")
    for name in COUNTED:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in KEYWORDS:
        stored = name == SAME_TEXT
        builder.add_text_field(name, stored=stored, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("day", indexed=True, fast=True)
    builder.add_integer_field(SECOND, fast=True)
    builder.add_unsigned_field(TEXT_NUMBER, fast=True)
    builder.add_text_field("newest", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("oldest", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field(PAGE_TEXT, tokenizer_name="whitespace", index_option="position")
    builder.add_unsigned_field("file_number", stored=True, indexed=True)
    builder.add_unsigned_field("page_number", stored=True, indexed=True)
    return builder.build()

"""The entries of the register in SQLite beside the index: tables and rows.

The file is derived from one commit of the index, which it names, so it may be deleted: the next writer recreates it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from indexer.directives.number import number_of_key
from indexer.model import UNDATED
from indexer.register.entry import Bearer, Entry
from indexer.vietnamese.letters import fold

FILE_NAME = "register.sqlite3"
VERSION = 1
PUBLIC, STAFF = 1, 2
"""Bits of ``seen``, since most documents are the same for the public and for staff."""
SCHEMA = """
CREATE TABLE entries (id INTEGER PRIMARY KEY, key TEXT NOT NULL, n INTEGER, seen INTEGER, kept TEXT, year TEXT, type TEXT,
    status TEXT, day TEXT, number INTEGER, cited INTEGER) STRICT;
CREATE INDEX entries_by_key ON entries (key);
CREATE TABLE texts (id INTEGER PRIMARY KEY, entry TEXT) STRICT;
-- By themselves: they are looked through from end to end.
CREATE TABLE words (id INTEGER PRIMARY KEY, words TEXT) STRICT;
CREATE TABLE issuers (id INTEGER, issuer TEXT, PRIMARY KEY (id, issuer)) STRICT, WITHOUT ROWID;
-- Issuers and types as they are written, by how they are compared, with the documents that have them.
CREATE TABLE spellings (folded TEXT, value TEXT, seen INTEGER, documents INTEGER, PRIMARY KEY (folded, value, seen))
    STRICT, WITHOUT ROWID;
-- The last is the one that all of this is of.
CREATE TABLE commits (n INTEGER PRIMARY KEY, content TEXT NOT NULL) STRICT;
"""
ROW = ("key", "n", "seen", "kept", "year", "type", "status", "day", "number", "cited")
"""Columns of ``entries`` that :func:`row_of` fills."""


_NOTHING: tuple[object, ...] = (None, (), {})
COMPARED = (
    f"SELECT {', '.join(ROW)}, words, entry FROM entries JOIN words USING (id) JOIN texts USING (id) ORDER BY key, n, seen",
    "SELECT key, n, seen, issuer FROM issuers JOIN entries USING (id) ORDER BY key, n, seen, issuer",
    "SELECT * FROM spellings ORDER BY folded, value, seen",
)
"""Queries with the same results for two files of one commit."""


def row_of(entry: Entry, n: int, seen: int) -> tuple[Any, ...]:
    """Return the values of :data:`ROW` for the ``n``-th document with its key."""
    number = re.match(r"\d+", entry.key.partition("|")[0])
    return (
        entry.key,
        n,
        seen,
        entry.kept,
        entry.year or UNDATED,
        folded_value(entry.type) if entry.type else None,
        entry.status,
        entry.day,
        int(number[0]) if number else 10**9,
        entry.cited_by or 0,
    )


def entry_text(entry: Entry) -> str:
    """Return ``entry`` as text, from which :func:`read_entry` recreates it."""
    return json.dumps(_told(entry), ensure_ascii=False)


def read_entry(text: str) -> Entry:
    """Return the entry of a text from :func:`entry_text`."""
    values = json.loads(text)
    bearers = tuple(Bearer(**one) for one in values.pop("bearers", ()))
    return Entry(**{**values, "issuers": tuple(values.get("issuers", ()))}, bearers=bearers)


def _told(one: Entry | Bearer) -> dict[str, Any]:
    """Return the values of ``one`` by name, without empty ones."""
    values = ((field.name, getattr(one, field.name)) for field in fields(one))
    told = {name: value for name, value in values if value not in _NOTHING}
    return {**told, "bearers": [*map(_told, told["bearers"])]} if "bearers" in told else told


def spelled(entry: Entry) -> Iterator[str]:
    """Yield the issuers and the type of ``entry``, each of which is shown in one spelling."""
    yield from entry.issuers
    if entry.type:
        yield entry.type


def words_of(entry: Entry) -> str:
    """Return the words by which ``entry`` is found, each between blanks."""
    label = entry.label if entry.kept != "none" else _plain_label(entry.key)
    told = (label, entry.subject or "", *entry.issuers, *(one.title for one in entry.bearers[:3]))
    return f" {_searched(' '.join(told))} "


def wanted_words(text: str) -> list[str]:
    """Return what :func:`words_of` must contain for each word of ``text``: beginnings of words, or whole numbers."""
    words = filter(None, map(_searched, text.split()))
    return [f" {word} " if word[-1].isdigit() else f" {word}" for word in words]


def folded_value(value: str) -> str:
    """Return a value of a facet in the form in which it is compared."""
    return " ".join(re.findall(r"[^\W_]+", fold(value)))


def _searched(text: str) -> str:
    """Return the words of ``text`` in the form in which they are searched: ``05/2024/TT-BTC`` is ``5 2024 tt btc``."""
    words = re.findall(r"[^\W_]+", fold(text))
    return " ".join(word.lstrip("0") or "0" if word.isdigit() else word for word in words)


def _plain_label(key: str) -> str:
    """Return the name of a document derived from its key alone."""
    number = number_of_key(key)
    return number.number if number else key.removeprefix("law:").replace("_", " ").replace("@", " ")

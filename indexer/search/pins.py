"""Results that were pinned to a query by those who look after the site: a file beside the index."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from indexer.disk import durable
from indexer.errors import StorageError, UsageError
from indexer.vietnamese.letters import nfc
from indexer.vietnamese.terms import SYLLABLE, terms_of

FILE_NAME = "pins.json"
MOST = 5
"""Articles pinned to one query: more push aside what is found."""
Pins = Mapping[str, tuple[str, Sequence[str]]]
"""Key of a query -> the query as it was given, and ids in order."""


def pin_key(text: str) -> str:
    """Return what queries are compared by: their folded words, whatever signs stand between them."""
    return " ".join(terms_of(token)[1] for token in SYLLABLE.findall(nfc(text)))


def read_pins(path: Path) -> Pins:
    """Return all pins; none where there is no file. Raises StorageError."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        return {pin_key(query): (str(query), tuple(map(str, ids))) for query, ids in given.items()}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StorageError(f"{path} can't be read: {error.strerror or error}; fix its permissions") from error
    except (ValueError, AttributeError, TypeError) as error:
        raise StorageError(f"{path} can't be read: {error}; correct or remove it") from error


def pin(data: Path, query: str, ids: Sequence[str]) -> None:
    """Pin ``ids``, best first, to ``query`` in place of what was pinned to it; none unpins. Raises UsageError, StorageError.

    The file is changed by :mod:`indexer.curation.curator` alone, where nobody else may.
    """
    key = pin_key(query)
    if not key:
        raise UsageError(f"{query!r} has no words; pin to a query with words")
    if len(ids) > MOST:
        raise UsageError(f"{len(ids)} articles are too many for one query; pin at most {MOST}")
    pins = pinned(read_pins(data / FILE_NAME), query, ids)
    document = {given: list(of_query) for given, of_query in pins.values()}
    with durable.storage_errors(data / FILE_NAME, "written"):
        durable.write(data / FILE_NAME, f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode())


def pinned(pins: Pins, query: str, ids: Sequence[str]) -> Pins:
    """Return ``pins`` with ``ids`` pinned to ``query``, or nothing."""
    key = pin_key(query)
    others = {known: given for known, given in pins.items() if known != key}
    return {**others, key: (query, tuple(ids))} if ids else others

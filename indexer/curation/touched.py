"""PURE: the queries that a lexicon change may affect, to try it on before saving."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from indexer.search.pins import pin_key

_MOST_FORMS = 6
"""Maximum number of changed forms that are tried as queries."""


def touched_queries(before: str, after: str, asked: Iterable[str], most: int) -> list[str]:
    """Return up to ``most`` queries affected by a change from one lexicon text to another.

    The changed forms come first, then queries in ``asked`` that contain one of them as words, in order.
    """
    changed = list(_changed(_tables(before), _tables(after)))
    forms = dict.fromkeys(form for form, _ in changed)
    keys = [
        f" {key} "
        for form in dict.fromkeys(one for pair in changed for one in (pair[0], *pair[1]))
        if (key := pin_key(form))
    ]
    found = {pin_key(form): form for form in list(forms)[:_MOST_FORMS]}
    for text in asked:
        key = pin_key(text)
        if key not in found and any(form in f" {key} " for form in keys):
            found[key] = text
    return list(found.values())[:most]


def _tables(text: str) -> dict[str, Any]:
    """Return the tables of a text; none if it is not valid TOML, as while it is being corrected."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _changed(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the changed forms, with their old and new meanings."""
    for table in dict.fromkeys((*before, *after)):
        old, new = (t if isinstance(t := tables.get(table, {}), dict) else {} for tables in (before, after))
        for form in dict.fromkeys((*old, *new)):
            if old.get(form) != new.get(form):
                yield form, [text for meant in (old.get(form), new.get(form)) for text in _texts(meant)]


def _texts(meant: object) -> list[str]:
    if isinstance(meant, str):
        return [meant]
    return [text for text in meant if isinstance(text, str)] if isinstance(meant, list) else []

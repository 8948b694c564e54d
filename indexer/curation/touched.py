"""PURE: which queries a change of the lexicon may touch, to be tried before it is kept."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from indexer.search.pins import pin_key

_MOST_FORMS = 6
"""Forms that are tried by themselves."""


def touched_queries(before: str, after: str, asked: Iterable[str], most: int) -> list[str]:
    """Return up to ``most`` queries for a change from one text of a lexicon to another.

    The forms that changed come first, then queries of ``asked`` with one of them as words, in their order.
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
    """Return the tables of a text, none where it is no TOML: such a one is being mended."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _changed(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the forms whose line is another, with what they meant and mean."""
    for table in dict.fromkeys((*before, *after)):
        old, new = (t if isinstance(t := tables.get(table, {}), dict) else {} for tables in (before, after))
        for form in dict.fromkeys((*old, *new)):
            if old.get(form) != new.get(form):
                yield form, [text for meant in (old.get(form), new.get(form)) for text in _texts(meant)]


def _texts(meant: object) -> list[str]:
    if isinstance(meant, str):
        return [meant]
    return [text for text in meant if isinstance(text, str)] if isinstance(meant, list) else []

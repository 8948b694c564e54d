"""Single values of records: their types checked, and what exports write otherwise read where nothing is guessed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from indexer.errors import ItemError
from indexer.sources.attachments import web_address
from indexer.sources.text import display_line, display_text, has_control

MAX_ID = 512
"""Characters of an id, by the contract."""
Said = dict[str, str]
"""By field: what is to be said of how it was read."""

_KINDS = {bool: "true or false", int: "a number", float: "a number", dict: "an object", list: "a list"}


NOTHING = object()
"""Stands for a value that is not there, be it null."""


def value_at(record: Mapping[str, Any], name: str) -> Any:
    """Return what ``record`` has under ``name``, or within its objects under ``title.rendered``; else ``NOTHING``."""
    if name in record:
        return record[name]
    found: Any = record if "." in name else None
    for part in name.split("."):
        if not isinstance(found, dict) or part not in found:
            return NOTHING
        found = found[part]
    return found


def check_id(value: object) -> str:
    """Return ``value`` if it can be an id; raises ItemError saying why not."""
    if not isinstance(value, str):
        raise ItemError(
            "the record has no id" if value is None else f"id must be a string, not {kind_of(value)}"
        )
    if not value.strip():
        raise ItemError("id is empty")
    if len(value) > MAX_ID:
        raise ItemError(f"id has {len(value)} characters; at most {MAX_ID} are allowed")
    if has_control(value):
        raise ItemError(f"id {value[:80]!a} contains a control character or half a surrogate pair")
    return value


def read_id(value: object, notes: Said) -> str:
    """Return an id; a whole number is read as its digits."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**MAX_ID:
        notes["id"] = f"the number {str(value)[:40]} was used as a string"
        value = str(value)
    return check_id(value)


def text_of(name: str, value: object) -> str:
    """Return a text, empty for null; raises ItemError for another type."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ItemError(f"{name} must be a string, not {kind_of(value)}")
    return value


def read_block(name: str, value: object) -> str:
    """Return a text of several lines as it is displayed."""
    return display_text(text_of(name, value), name)


def read_line(name: str, value: object) -> str | None:
    """Return a text of one line, None for an empty one."""
    return display_line(text_of(name, value), name) or None


def read_sources(name: str, value: object) -> tuple[str, ...]:
    """Return the texts of a list, or one, each once."""
    lines = [read_line(name, entry) for entry in (value if isinstance(value, list) else [value])]
    return tuple(dict.fromkeys(line for line in lines if line))


def read_category(value: object, notes: Said) -> str | None:
    """Return a category; of a list the first, since an article has one."""
    if not isinstance(value, list):
        return read_line("category", value)
    lines = list(dict.fromkeys(filter(None, (read_line("category", entry) for entry in value))))
    if lines:
        others = f"; left out: {', '.join(lines[1:])[:120]}" if lines[1:] else ""
        notes["category"] = f"the list was shortened to {lines[0][:80]!r} for the category{others}"
    return lines[0] if lines else None


def read_url(value: object, left_out: Said) -> str | None:
    """Return an address that can be linked to; another is left out."""
    text = text_of("url", value).strip()
    url = web_address(text) if text else None
    if text and url is None:
        left_out["url"] = f"{text[:80]!a} must be an http or https address"
    return url


def kind_of(value: Any) -> str:
    """Return the name that people have for the type of a JSON value."""
    return "null" if value is None else _KINDS.get(type(value), "a string")


def check_extra(extra: Mapping[str, Any]) -> None:
    """Refuse what could not be written down again."""
    try:
        json.dumps(extra, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:
        raise ItemError("the record contains half a surrogate pair; write the whole character") from None
    except (ValueError, TypeError, RecursionError) as error:
        raise ItemError(f"the record contains a value that JSON can't represent: {error}") from None

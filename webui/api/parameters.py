"""Parameters shared by several operations, and schemas for similar ones.

Limits and choices come from ``indexer.contract``, which reads the parameters; tests keep the two in agreement.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from indexer.contract.limits import LONGEST_QUERY, LONGEST_VALUE, MOST_VALUES
from indexer.model import Language
from webui.api.operation import Parameter

_TEXT: Mapping[str, Any] = {"type": "string", "maxLength": LONGEST_VALUE}


def choice(choices: object) -> dict[str, Any]:
    """Return the schema of one of ``choices``, a ``Literal``."""
    return {"type": "string", "enum": list(get_args(choices))}


def number(highest: int, default: int | None = None) -> dict[str, Any]:
    """Return the schema of a whole number from 1 to ``highest``."""
    schema = {"type": "integer", "minimum": 1, "maximum": highest}
    return schema if default is None else {**schema, "default": default}


LANG = Parameter(
    "lang", "Language of labels and of the interpretation.", {**choice(Language), "default": "vi"}
)
QUERY = Parameter(
    "q",
    "The query, in the query language of the search box; an empty query or `*` finds everything.",
    {"type": "string", "maxLength": LONGEST_QUERY},
    "kế hoạch",
)
SLUG = Parameter(
    "id",
    "The article's address: the last part of its `url`. It is the id itself if that has 1 to 120 characters of `A-Za-z0-9._~-`,"
    " does not start with `~` and is not `.` or `..`. Otherwise it is `~` and the first 24 hexadecimal digits of the SHA-256 of"
    " the id in UTF-8.",
    {"type": "string", "pattern": "^[A-Za-z0-9._~-]{1,128}$"},
    place="path",
)


def facet(name: str, what: str) -> Parameter:
    """Return the parameter that narrows a search to values of the facet ``name``."""
    described = f"Only articles with this {what}. May be repeated, at most {MOST_VALUES} times, to match any of the values."
    return Parameter(name, described, _TEXT, repeatable=True)

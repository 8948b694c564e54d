"""Converts parameters of the register of documents to a valid RegisterRequest; shared by page, lists and API."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import get_args

from indexer.contract.limits import LARGEST_PAGE, LAST_RESULT
from indexer.contract.parameter_reader import ParameterReader
from indexer.directives.legal_status import STATUSES
from indexer.model import UNDATED
from indexer.register.entry import KEPT
from indexer.search.register.request import REGISTER_FACETS, RegisterRequest, RegisterSort, Scope

REGISTER_PARAMETERS = frozenset((*REGISTER_FACETS, "q", "scope", "sort", "page", "size", "lang"))
_YEAR = re.compile(r"[0-9]{4}")


def read_register(params: Mapping[str, Sequence[str]], *, strict_names: bool) -> RegisterRequest:
    """Return the request described by ``params``; empty values count as not given.

    Raises ParameterError naming every invalid parameter; unknown names are errors only with ``strict_names``.
    """
    reader = ParameterReader(params)
    if strict_names:
        reader.refuse_unknown(REGISTER_PARAMETERS)
    size = reader.number("size", 20, LARGEST_PAGE)
    page = reader.number("page", 1, LAST_RESULT)
    if page * size > LAST_RESULT and "page" not in reader.errors:
        reader.errors["page"] = f"page × size must be at most {LAST_RESULT:,}; narrow the search instead"
    reader.choice("lang", ("vi", "en"))
    request = RegisterRequest(
        text=reader.query(),
        type=reader.values("type"),
        year=_years(reader),
        issuer=reader.values("issuer"),
        status=_known(reader, "status", STATUSES),
        kept=_known(reader, "kept", KEPT),
        scope=reader.choice("scope", get_args(Scope)) or "held",
        sort=reader.choice("sort", get_args(RegisterSort)) or "newest",
        page=page,
        size=size,
    )
    reader.raise_errors()
    return request


def _years(reader: ParameterReader) -> tuple[str, ...]:
    values = reader.values("year")
    if any(value != UNDATED and not _YEAR.fullmatch(value) for value in values):
        reader.errors["year"] = f"must be YYYY or {UNDATED}"
    return values


def _known(reader: ParameterReader, name: str, known: Sequence[str]) -> tuple[str, ...]:
    values = reader.values(name)
    if any(value not in known for value in values):
        reader.errors[name] = f"must be one of {', '.join(known)}"
    return values

"""Requests to the register; shared by page, lists and API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from indexer.register.entry import Entry
from indexer.search.response import FacetValue

RegisterSort = Literal["newest", "oldest", "number", "cited"]
Scope = Literal["held", "missing", "all"]
"""Documents that articles bear, documents that are only cited, or both."""
REGISTER_FACETS = ("type", "year", "issuer", "status", "kept")


@dataclass(frozen=True, slots=True)
class RegisterRequest:
    """Values of one facet are alternatives; different facets narrow each other."""

    text: str = ""
    """Words of number, subject, title or issuer, ignoring accents; all are required."""
    type: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    """``YYYY`` or ``none``."""
    issuer: tuple[str, ...] = ()
    """In any spelling."""
    status: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """Of :data:`indexer.register.entry.KEPT`."""
    scope: Scope = "held"
    sort: RegisterSort = "newest"
    page: int = 1
    size: int = 20


@dataclass(frozen=True, slots=True)
class RegisterResponse:
    """A page of the register."""

    total: int
    entries: tuple[Entry, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    """By the names in :data:`REGISTER_FACETS`; counts of a facet ignore its own filter."""
    scopes: Mapping[Scope, int]
    """Number of documents in each scope, ignoring all filters."""

"""What the pages of the desk share: who is there, and how far back they look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import flask

from indexer.curation.curator import Curator
from indexer.curation.journal import Journal
from indexer.errors import ParameterError
from indexer.search.searcher import Searcher
from webui.context.identity import Staff
from webui.context.service import service

PERIODS = (1, 7, 30, 90, 365)
"""Periods to choose from, in days, limited by how long searches are kept."""
USUAL_DAYS = 30
LISTED = 50
"""Number of queries in each list."""


def who() -> Staff:
    """Return who is at the desk."""
    return cast(Staff, flask.g.staff)


def curator() -> Curator:
    """Return the curator that makes changes in the name of the person at the desk."""
    return Curator(service().settings, who().name, "desk")


def journal() -> Journal:
    """Return the journal of changes."""
    return Journal(service().settings.data)


def public() -> Searcher:
    """Return the searcher for the public, because curation is about what everybody finds."""
    return service().searcher("public")


def number(name: str, usual: int, most: int, values: Mapping[str, str] | None = None) -> int:
    """Return the request's whole number ``name``, from 0 to ``most``; raises ParameterError."""
    value = (flask.request.args if values is None else values).get(name, "")
    if not value:
        return usual
    if not (value.isascii() and value.isdigit() and len(value) < 12 and int(value) <= most):
        raise ParameterError({name: f"must be a whole number from 0 to {most}"})
    return int(value)


def days() -> int:
    """Return the number of days that a page looks back."""
    return max(1, number("days", USUAL_DAYS, 3650))

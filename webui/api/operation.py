"""The building blocks of the API description: parameters, examples and operations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from indexer.keys import Scope


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; ``schema`` is JSON Schema, for a single value if the parameter may be repeated."""

    name: str
    description: str
    schema: Mapping[str, Any]
    example: str | int | None = None
    repeatable: bool = False
    divided: bool = False
    """Whether one parameter holds several values, separated by commas."""
    place: Literal["query", "path", "header"] = "query"


@dataclass(frozen=True, slots=True)
class Example:
    """A request that works on any index."""

    title: str
    url: str
    """Path and query after :data:`webui.api.paths.BASE`."""
    shows: str
    """A Python expression over ``answer``, the parsed response."""
    body: Mapping[str, Any] | None = None
    lines: Sequence[Mapping[str, Any]] = ()
    """The body as lines."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path."""

    name: str
    """Name of the view in the blueprint ``api``, and the ``operationId``."""
    method: Literal["get", "put", "post", "delete"]
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    answer: type | None
    """A type of :mod:`indexer.contract.types`; None if the response is described by ``media_type``."""
    status: int = 200
    refusals: tuple[int, ...] = ()
    """Statuses of problems in addition to those of every operation."""
    takes: tuple[type, ...] = ()
    """Types that the body may have, as JSON."""
    takes_lines: bool = False
    """Whether the body may hold many of these, one per line."""
    media_type: str = ""
    """Media type of a response that consists of bytes."""
    tag: str = "articles"
    """The group of operations it belongs to."""
    scope: Scope | None = None
    """The scope that the key needs."""
    examples: tuple[Example, ...] = ()

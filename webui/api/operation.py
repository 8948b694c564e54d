"""What the API is described with: parameters, examples and operations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from indexer.keys import Scope


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; ``schema`` is JSON Schema, of one value where the parameter may be given several times."""

    name: str
    description: str
    schema: Mapping[str, Any]
    example: str | int | None = None
    repeatable: bool = False
    divided: bool = False
    """Several values stand in one, divided by commas."""
    place: Literal["query", "path", "header"] = "query"


@dataclass(frozen=True, slots=True)
class Example:
    """A request that works on any index."""

    title: str
    url: str
    """Path and query behind :data:`webui.api.paths.BASE`."""
    shows: str
    """A Python expression over ``answer``, what is read of it."""
    body: Mapping[str, Any] | None = None
    lines: Sequence[Mapping[str, Any]] = ()
    """The body, a line each."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path."""

    name: str
    """Of the view in the blueprint ``api``, and the ``operationId``."""
    method: Literal["get", "put", "post", "delete"]
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    answer: type | None
    """A type of :mod:`indexer.contract.types`; None where ``media_type`` says what is answered."""
    status: int = 200
    refusals: tuple[int, ...] = ()
    """Statuses of problems beside those that every operation has."""
    takes: tuple[type, ...] = ()
    """What the body may be, as JSON."""
    takes_lines: bool = False
    """Whether it may be many of these, a line each."""
    media_type: str = ""
    """Of bytes that are answered."""
    tag: str = "articles"
    """Which operations it belongs to."""
    scope: Scope | None = None
    """The scope that a key must have."""
    examples: tuple[Example, ...] = ()

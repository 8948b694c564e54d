"""An error in the form that programs receive: a problem of RFC 9457."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

from indexer.contract.types.problems import Problem

PROBLEM_JSON = "application/problem+json"
PROBLEMS = "urn:tracuu:problem:"
"""Beginning of the types of our own problems; the rest is the ``kind`` of the error."""
NO_TYPE = "about:blank"
"""The type of a problem that its status explains fully."""
_NOTHING: Mapping[str, str] = MappingProxyType({})


def problem_json(type_: str, title: str, status: int, detail: str, bad: Mapping[str, str] = _NOTHING) -> str:
    """Return the problem; ``bad`` maps parameters, or fields of the body, to what is wrong with them; a reason may begin
    with the name, which is not repeated.
    """
    problem: Problem = {"type": type_, "title": title, "status": int(status), "detail": detail}
    if bad:
        problem["errors"] = [
            {"parameter": name, "detail": reason.removeprefix(f"{name}: ").removeprefix(f"{name} ")}
            for name, reason in bad.items()
        ]
    return json.dumps(problem, ensure_ascii=False)

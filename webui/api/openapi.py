"""The description of the API for programs: OpenAPI 3.1, built from :mod:`webui.api.definition`."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from apispec import APISpec
from pydantic import ConfigDict, TypeAdapter

from indexer import __version__
from indexer.contract.limits import MOST_VALUES
from indexer.contract.types.problems import Problem
from webui.api.definition import OPERATIONS, TAGS, TYPES
from webui.api.examples import LINES
from webui.api.operation import Operation, Parameter
from webui.api.paths import BASE
from webui.api.problem import PROBLEM_JSON

_ALWAYS = (400, 401, 405, 414, 429, 431, 503)
"""Bad parameter, bad key, method not allowed, address too long, too many requests, headers too large, index unavailable."""
_OF_BODIES = (403, 413, 415, 422)
PROBLEMS = {
    400: "A parameter is invalid or unknown (`errors` names each one), the query string is not UTF-8, or the body is incomplete.",
    401: "The key is missing, unknown, revoked or expired.",
    403: "The key lacks the required scope, or is limited to another source.",
    404: "The article, document or task does not exist or is not public, or the address is not a valid article address.",
    405: "This address does not have the method; `Allow` lists those it has.",
    412: "The condition in `If-Match` or `If-None-Match` does not hold, or another change of this article is waiting.",
    413: "The body is larger than this server accepts; `detail` names the limit.",
    414: "The address is too long; about 8,000 bytes are always accepted.",
    415: "The `Content-Type` is not supported, or the body does not match its `Content-Encoding` (`gzip` or none).",
    422: "The body is not a valid article, or belongs at another address; `errors` names the invalid fields.",
    429: "Too many requests; try again after `Retry-After` seconds.",
    428: "`If-Match` is required; send the `ETag` of the version you read.",
    431: "The headers are too large; about 8,000 bytes each are always accepted.",
    503: "The service is not available; try again after `Retry-After` seconds.",
}
"""The meaning of each status of a problem."""
ACTIONS = {
    400: "Correct the request.",
    401: "Send a valid key; if it expired or was revoked, ask the operator for a new one.",
    403: "Use a key with the scope, or of the source.",
    404: "Check the address.",
    405: "Use another method.",
    412: "Read it again, then repeat with the new `ETag`.",
    413: "Send large attachments by `url`, and many articles in several requests.",
    414: "Send a shorter query or fewer filters.",
    415: "Correct the headers.",
    422: "Correct the article.",
    428: "Read it, then repeat with its `ETag`.",
    429: "Wait for `Retry-After` seconds, then repeat.",
    431: "Send fewer or shorter headers.",
    503: "Wait for `Retry-After` seconds, then repeat.",
}
"""What a program does about each of them."""
_ABOUT = """Search the articles of public administration portals and the documents attached to them.

Responses are JSON, errors are `application/problem+json` (RFC 9457). Unknown parameters are errors; empty parameters are
ignored. Every response to a read has an `ETag`, except completions, tasks and the report: for an article it is the version,
for an attachment or picture its content, for everything else it changes with the index. Send it as `If-None-Match` to get a 304
without a body (those of pins and the local dictionary are for `If-Match` only). Any site may read from the browser (CORS)."""
_ABOUT_KEYS = """A key, sent as `Authorization: Bearer KEY`. Operators create keys with `tracuu keys create`.
A key has one or more scopes: `staff` reads staff-only articles, `write` puts and deletes articles and reads their tasks,
`curate` manages pins, the local dictionary and the report. A key may be limited to the articles of one source,
and may expire."""
_REF = "#/components/schemas/{model}"


@functools.cache
def description() -> dict[str, Any]:
    """Return the OpenAPI document; its server is the address of the document itself."""
    spec = APISpec(
        # Generators derive a package name from it.
        "Tra Cuu",
        __version__,
        "3.1.0",
        info={"description": _ABOUT, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        servers=[{"url": BASE}],
        tags=[{"name": name, "description": told} for name, told in TAGS.items()],
    )
    spec.components.security_scheme(
        "key", {"type": "http", "scheme": "bearer", "description": " ".join(_ABOUT_KEYS.split())}
    )
    for name, schema in schemas().items():
        spec.components.schema(name, schema)
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation)
    for path, operations in paths.items():
        spec.path(path, operations=operations)
    document: dict[str, Any] = spec.to_dict()
    return document


@functools.cache
def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema (2020-12) of every type by name; responses have no other fields."""
    taken = {one for operation in OPERATIONS for one in operation.takes}
    for one in TYPES:
        # Bodies may have other fields, which are preserved; pydantic reads this attribute of a TypedDict.
        kept = one in taken or one.__name__.endswith("Input")
        one.__pydantic_config__ = ConfigDict(
            use_attribute_docstrings=True, extra="allow" if kept else "forbid"
        )
    _, found = TypeAdapter.json_schemas(
        [(one.__name__, "serialization", TypeAdapter(one)) for one in TYPES], ref_template=_REF
    )
    return {name: _plain(schema) for name, schema in found["$defs"].items()}


def _plain(schema: Any) -> Any:
    """Return ``schema`` without titles that repeat names, and with descriptions in Markdown."""
    if isinstance(schema, list):
        return [_plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {}
    for name, value in schema.items():
        if name == "title" and isinstance(value, str):
            continue
        if name == "description" and isinstance(value, str):
            kept[name] = value.replace("``", "`")
        else:
            kept[name] = _plain(value)
    return _nullable(kept)


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """Return ``schema`` with null among its types rather than as a separate schema, for which generators create a class.

    Enumerations are left alone, since null would have to be one of their values.
    """
    null = {"type": "null"}
    others = [one for one in schema.get("anyOf", ()) if one != null]
    plain = len(others) == 1 and isinstance(others[0].get("type"), str) and "enum" not in others[0]
    if not plain or null not in schema["anyOf"]:
        return schema
    merged = {**others[0], **schema, "type": [others[0]["type"], "null"]}
    del merged["anyOf"]
    return merged


def refusals(operation: Operation) -> Mapping[int, str]:
    """Return the statuses of the problems that ``operation`` may return, with their meanings."""
    codes = {*_ALWAYS, *operation.refusals, *(_OF_BODIES if operation.takes else ())}
    if operation.scope:
        codes.add(403)
    return {code: PROBLEMS[code] for code in sorted(codes)}


def _operation(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [operation.tag],
        "summary": operation.summary,
        "description": " ".join([*operation.description.split(), *_needs(operation).split()]),
        "parameters": list(map(_parameter, operation.parameters)),
        "responses": {
            str(operation.status): {
                "description": "Success." if operation.status == 200 else "Accepted and safely stored.",
                "content": _answer(operation),
            },
            **{str(code): _problem(code, told) for code, told in refusals(operation).items()},
        },
        # Reading needs no key; with a staff key it covers more.
        "security": [{"key": []}] if operation.scope else [{}, {"key": []}],
    }
    if operation.takes:
        described["requestBody"] = {"required": True, "content": _taken(operation)}
    return described


def _answer(operation: Operation) -> dict[str, Any]:
    if operation.answer is None:
        return {operation.media_type: {"schema": {"type": "string", "format": "binary"}}}
    return {"application/json": {"schema": _ref(operation.answer)}}


def _taken(operation: Operation) -> dict[str, Any]:
    bodies = list(map(_ref, operation.takes))
    content: dict[str, Any] = {
        "application/json": {"schema": bodies[0] if len(bodies) == 1 else {"anyOf": bodies}}
    }
    if operation.takes_lines:
        content[LINES] = {
            "schema": {"type": "string", "format": "binary", "description": "One JSON object per line."}
        }
    return content


def _needs(operation: Operation) -> str:
    return f"Requires a key with the `{operation.scope}` scope." if operation.scope else ""


def _problem(code: int, told: str) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": told, "content": {PROBLEM_JSON: {"schema": _ref(Problem)}}}
    if code in (429, 503):
        answer["headers"] = {
            "Retry-After": {"schema": {"type": "integer", "minimum": 1}, "description": "Seconds."}
        }
    return answer


def _ref(type_: type) -> dict[str, str]:
    return {"$ref": _REF.format(model=type_.__name__)}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = dict(parameter.schema)
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": parameter.place,
        "description": parameter.description,
        "required": parameter.place == "path",
        "schema": schema,
    }
    if parameter.repeatable or parameter.divided:
        described["schema"] = {"type": "array", "items": schema}
        described["style"], described["explode"] = "form", parameter.repeatable
    if parameter.repeatable:
        described["schema"]["maxItems"] = MOST_VALUES
    if parameter.example is not None:
        described["example"] = parameter.example
    return described

"""The description of the API, for programs and as a page that loads nothing from other sites."""

from __future__ import annotations

import json
import re
from typing import Any

import flask
from markupsafe import Markup, escape

from indexer.search.request import SearchRequest
from webui.api import examples
from webui.api.definition import OPERATIONS
from webui.api.paths import BASE
from webui.context.public_url import root_url
from webui.context.service import searcher
from webui.presenters import links
from webui.presenters.page_meta import plain_meta

api_docs = flask.Blueprint("api_docs", __name__, url_prefix=BASE)
_ANY_NUMBER = "38-ct-tw"


@api_docs.get("/openapi.json")
def description() -> flask.Response:
    """The API as OpenAPI 3.1."""
    # What builds it takes a third of a second to load: only for those who ask.
    from webui.api import openapi

    found = {**openapi.description(), "servers": [{"url": links.mounted(BASE)}]}
    return flask.Response(json.dumps(found, ensure_ascii=False, indent=1), mimetype="application/json")


@api_docs.get("/docs")
def page() -> str:
    """The API as a page, with examples that work on this index."""
    from webui.api import openapi

    values = _values()
    root = root_url()
    return flask.render_template(
        "api.html",
        meta=plain_meta(f"{BASE}/docs"),
        operations=OPERATIONS,
        refusals=openapi.refusals,
        problems=openapi.PROBLEMS,
        actions=openapi.ACTIONS,
        schemas=openapi.schemas(),
        type_of=_type_of,
        described=_described,
        curl=lambda operation, example: examples.curl(operation, example, root, values),
        python=lambda operation, example: examples.python(operation, example, root, values),
        programs=lambda operation: examples.programs(operation, root),
        base=root + BASE,
        path=links.mounted(BASE),
    )


def _values() -> dict[str, str]:
    """Return an article and a document of this index for the examples, if there are any."""
    hits = searcher().search(SearchRequest(size=1)).hits
    cited = searcher().directives.ranked.most_cited(1)
    return {
        "id": hits[0].url.rpartition("/")[2] if hits else "ID",
        "number": cited[0].slug if cited else _ANY_NUMBER,
    }


def _described(text: str) -> Markup:
    """Return a description with its `code` formatted."""
    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def _type_of(schema: dict[str, Any]) -> Markup:
    """Return a short form of a JSON Schema type; types of this API are links."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return Markup('<a href="#{0}"><code>{0}</code></a>').format(name)
    if "anyOf" in schema:
        return Markup(" | ").join(map(_type_of, schema["anyOf"]))
    if isinstance(schema.get("type"), list) and "enum" not in schema:
        return Markup(" | ").join(
            _type_of({"type": kind} if kind == "null" else {**schema, "type": kind})
            for kind in schema["type"]
        )
    if schema.get("type") == "array":
        return Markup("[{}]").format(_type_of(schema["items"]))
    if "enum" in schema:
        return Markup(" | ").join(
            Markup("<code>{}</code>").format("null" if value is None else value) for value in schema["enum"]
        )
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return Markup("{{…: {}}}").format(_type_of(schema["additionalProperties"]))
    words = str(schema.get("type", "…"))
    if "const" in schema:
        words = json.dumps(schema["const"])
    if "maximum" in schema:
        words += f" {schema['minimum']:,}–{schema['maximum']:,}"
    if "maxLength" in schema:
        words += f" ≤ {schema['maxLength']:,}"
    return Markup(escape(words))

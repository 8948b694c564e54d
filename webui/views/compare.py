"""Two texts side by side, or a choice of texts to compare one with."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException

from indexer.contract.parameters import read_variant
from indexer.errors import NotFoundError, ParameterError
from indexer.search.comparison.comparison import compare
from indexer.search.comparison.texts import Text
from webui.context.mount import prefix
from webui.context.service import searcher
from webui.presenters.comparison import COMPARE, compare_url, compared_view
from webui.views.article_address import article_at

comparisons = flask.Blueprint("compare", __name__)
_LONGEST = 600
"""Maximum length of a text's address in characters, enough for the longest id."""
_VARIANT = ("year", "place", "kind")


@comparisons.get(COMPARE)
def side_by_side() -> str:
    """Show the texts ``a`` and ``b``; given only one of them, the texts it can be compared with."""
    asked = [flask.request.args.get(name, "").strip()[:_LONGEST] for name in ("a", "b")]
    texts = [_text(one) if one else None for one in asked]
    first, second = texts
    whole = flask.request.args.get("all") == "1"
    view = None
    if first and second:
        page = flask.request.args.get("page", "")
        number = int(page) if page.isdecimal() and 0 < len(page) < 5 else 1
        view = compared_view(compare(first.text, second.text), asked[0], asked[1], whole, max(1, number))
    only = first or second
    return flask.render_template(
        "compare.html",
        asked=asked,
        texts=texts,
        view=view,
        seconds=searcher().seconds.of(only) if only and view is None else (),
        swapped=compare_url(asked[1], asked[0], whole),
    )


def _text(given: str) -> Text | None:
    """Return the text at an address of this site (absolute or a path), or of the document with a number; None if there is none."""
    texts = searcher().texts
    try:
        found = _address(given)
        if found is None:
            return texts.of_document(given)
        endpoint, parts, variant = found
        if "last" in parts:
            return texts.of_article(article_at(searcher().articles, parts["last"]).slug)
        if "n" in parts:
            return texts.of_file(parts["slug"], parts["n"])
        return texts.of_document(parts["number"], *variant) if endpoint == "directives.directive" else None
    except (NotFoundError, ParameterError):
        return None


def _address(given: str) -> tuple[str, dict[str, Any], tuple[int | None, str | None, str | None]] | None:
    """Return endpoint, path parameters and document choice of an address; None if it is not one of ours."""
    try:
        parts = urlsplit(given)
    except ValueError:
        return None
    adapter = request_ctx.url_adapter
    if adapter is None or not parts.path.startswith("/"):
        return None
    try:
        endpoint, found = adapter.match(parts.path.removeprefix(prefix()), method="GET")
    except HTTPException:
        return None
    query = {name: values for name, values in parse_qs(parts.query).items() if name in _VARIANT}
    return str(endpoint), dict(found), read_variant(query)

"""The pages of documents: one by its number, and the lists of those that are cited most or missing."""

from __future__ import annotations

import flask

from indexer.directive_view import DirectiveView
from indexer.request import read_variant
from webui import links
from webui.graph import graph
from webui.lists import citing_array, citing_csv
from webui.service import searcher

directives = flask.Blueprint("directives", __name__, url_prefix="/directives")
_LISTED = 100
_VARIANT = ("year", "place")


@directives.get("")
def listed() -> str:
    """The documents that most articles cite, or of those only the ones that no article holds."""
    missing = flask.request.args.get("missing") == "1"
    found = searcher().missing(_LISTED) if missing else searcher().most_cited(_LISTED)
    return flask.render_template("directives.html", found=found, missing=missing)


@directives.get("/<path:number>")
def directive(number: str) -> str | flask.typing.ResponseReturnValue:
    """Who cites a document and how, what it cites, whether it holds; other spellings lead to its own address."""
    variant = _variant()
    view = searcher().directive(number, *read_variant(variant))
    if number != view.card.slug:
        return flask.redirect(links.directive_url(view.card.slug, variant))
    return flask.render_template(
        "directive.html",
        view=view,
        graph=graph(view),
        years=_years(view),
        downloads={
            form: links.directive_url(f"{view.card.slug}/citing.{form}", variant) for form in ("csv", "json")
        },
    )


@directives.get("/<path:number>/citing.<any(csv, json):form>")
def citing(number: str, form: str) -> flask.Response:
    """All that articles do with a document, as a list to download."""
    year, place = read_variant(_variant())
    slug, rows = searcher().citing(number, year, place)
    response = citing_csv(rows, flask.request.url_root) if form == "csv" else citing_array(rows)
    name = "".join(letter if letter.isalnum() or letter in "-." else "-" for letter in slug)
    response.headers.set("Content-Disposition", "attachment", filename=f"vien-dan-{name}.{form}")
    return response


def _variant() -> dict[str, list[str]]:
    """Return the parameters that choose among documents with one number; pages ignore all others."""
    given = flask.request.args.to_dict(flat=False)
    return {name: given[name][:1] for name in _VARIANT if name in given}


def _years(view: DirectiveView) -> list[tuple[str, int, int, str]]:
    """Return label, articles, percent of the highest count and address of a search for each year."""
    most = max((n for _, n in view.timeline), default=1)
    return [
        (str(year or ""), n, max(1, round(100 * n / most)), links.citing_url(view.card.number, year))
        for year, n in view.timeline
    ]

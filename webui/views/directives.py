"""The page of a document, found by its number, and its relations to articles as a list."""

from __future__ import annotations

import functools
import re

import flask

from indexer.contract.directive_json import citing_json
from indexer.contract.parameters import read_variant
from indexer.errors import ParameterError
from indexer.search.directives.view import DirectiveView
from indexer.vietnamese.letters import fold
from webui.context.clock import today
from webui.context.parameters import given
from webui.context.public_url import absolute_url, root_url
from webui.context.service import searcher
from webui.context.translation import gettext
from webui.presenters import formats, links, page_meta, words
from webui.presenters.citation import directive_citation
from webui.presenters.columns import CITING_DAYS, CITING_LINKS, citing_headings, citing_rows
from webui.presenters.graph import graph
from webui.presenters.saved_list import Form, saved_list
from webui.presenters.search_summary import Line, counted_lines
from webui.presenters.workbook import Table

directives = flask.Blueprint("directives", __name__, url_prefix="/directives")
_VARIANT = ("year", "place", "kind")


@directives.get("/<path:number>")
def directive(number: str) -> str | flask.typing.ResponseReturnValue:
    """Who cites a document and how, what it cites, and its legal status; other spellings redirect to its own address."""
    variant = variant_asked()
    view = searcher().directives.view(number, *read_variant(variant))
    if number != view.card.slug:
        return flask.redirect(links.directive_url(view.card.slug, variant))
    return flask.render_template(
        "directive.html",
        meta=page_meta.directive_meta(root_url(), view, variant),
        view=view,
        graph=graph(view),
        years=_years(view),
        citation=directive_citation(view, root_url()),
        feed=links.directive_feed_url(view.card.slug, variant),
        rss=links.directive_feed_url(view.card.slug, variant, "rss"),
        list_url=functools.partial(links.list_url, view.card.slug, variant),
    )


@directives.get("/<path:number>/citing.<any(csv, json, xlsx):form>")
def citing(number: str, form: Form) -> flask.Response:
    """All relations of articles to a document, or one ``relation``, as a list to download."""
    variant = read_variant(variant_asked())
    relation = flask.request.args.get("relation", "")
    if relation and relation not in words.GROUPS:
        raise ParameterError({"relation": f"must be one of {', '.join(words.GROUPS)}"})
    slug, rows = searcher().directives.citing(number, *variant)
    if relation:
        rows = (row for row in rows if row.citation.relation == relation)
    told = fold(str(words.GROUPS[relation])) if relation else "vien-dan"
    name = re.sub(r"[^\w.]+", "-", f"{told}-{slug}")
    root, address = root_url(), absolute_url(links.directive_url(slug, variant_asked()))

    def about(count: int) -> list[Line]:
        view = searcher().directives.view(number, *variant)
        # An article with several relations to the document has a row for each.
        told = (
            (gettext("Quan hệ"), str(words.GROUPS[relation]))
            if relation
            else (gettext("Số bài viện dẫn"), formats.number(view.card.cited_by))
        )
        document = (gettext("Văn bản"), (view.variant or view.card).label)
        return [document, told, *counted_lines(gettext("Số dòng"), count, today(), address)]

    table = Table(gettext("Viện dẫn"), citing_headings(), citing_rows(rows, root), CITING_DAYS, CITING_LINKS)
    items = ({**item, "url": root + item["url"]} for item in map(citing_json, rows))
    return saved_list(form, name, items, table, about)


def variant_asked() -> dict[str, list[str]]:
    """Return the parameters that choose among documents with the same number; pages ignore all others."""
    asked = given()
    return {name: asked[name][:1] for name in _VARIANT if name in asked}


def _years(view: DirectiveView) -> list[tuple[str, int, int, str]]:
    """Return for each year the label, the number of articles, its percentage of the highest number, and the address of a search."""
    most = max((n for _, n in view.timeline), default=1)
    return [
        (str(year or ""), n, max(1, round(100 * n / most)), links.citing_url(view.card.number, year))
        for year, n in view.timeline
    ]

"""The register of documents: as a page, as lists to download and as a feed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import flask
from werkzeug.wrappers import Response as BaseResponse

from indexer.contract.limits import LAST_RESULT
from indexer.contract.register_json import entry_json
from indexer.contract.register_parameters import read_register
from indexer.register.entry import Entry
from indexer.search.register.request import REGISTER_FACETS, RegisterRequest
from webui.context.clock import today
from webui.context.parameters import given
from webui.context.public_url import absolute_url, root_url
from webui.context.service import searcher, service
from webui.context.translation import gettext
from webui.presenters import links, words
from webui.presenters.columns import REGISTER_DAYS, REGISTER_LINKS, register_headings, register_rows
from webui.presenters.feed import Entry as FeedEntry
from webui.presenters.feed import midnight
from webui.presenters.lists import name_of_list
from webui.presenters.page_meta import register_meta
from webui.presenters.register import register_view, value_label
from webui.presenters.register_links import REGISTER, register_feed_url, register_url
from webui.presenters.saved_list import Form, saved_list
from webui.presenters.search_summary import Line, counted_lines
from webui.presenters.workbook import Table
from webui.views.feeds import feed_response

register = flask.Blueprint("register", __name__)
_ENTRIES = 30
"""Number of documents in the feed, enough for a daily reader to miss nothing."""


@register.get(REGISTER)
def listed() -> str:
    """A page of the documents that articles bear or cite."""
    request = _asked()
    view = register_view(request, searcher().directives.register.page(request))
    return flask.render_template("directives.html", view=view, meta=register_meta(request))


@register.get(f"{REGISTER}/count")
def count() -> flask.Response:
    """The number of documents for the button below ticked filters."""
    response = searcher().directives.register.page(dataclasses.replace(_asked(), page=1))
    answer = flask.jsonify(results=words.documents(response.total))
    answer.vary.add("Accept-Language")
    return answer


@register.get(f"{REGISTER}.<any(csv, json, xlsx):form>")
def as_list(form: Form) -> flask.Response:
    """The first 10,000 matching documents, in the requested order."""
    request, root = _asked(), root_url()
    entries = searcher().directives.register.listed(request, LAST_RESULT)
    rows, address = register_rows(entries, root), absolute_url(register_url(request))

    def about(count: int) -> list[Line]:
        return [*_lines(request), *counted_lines(gettext("Số dòng"), count, today(), address)]

    table = Table(gettext("Văn bản"), register_headings(), rows, REGISTER_DAYS, REGISTER_LINKS)
    return saved_list(form, _name(request), _items(entries, root), table, about)


@register.get(REGISTER + links.FEEDS["atom"])
def feed() -> BaseResponse:
    """The newest matching documents, as Atom."""
    return _feed("atom")


@register.get(REGISTER + links.FEEDS["rss"])
def rss() -> BaseResponse:
    """The same as RSS."""
    return _feed("rss")


def _feed(form: links.FeedForm) -> BaseResponse:
    request = _asked(sort="newest")
    found = searcher().directives.register.listed(request, LAST_RESULT)
    entries = list(islice((entry for entry in found if entry.day), _ENTRIES))
    asked = (
        request.text,
        *(value for name in REGISTER_FACETS if name != "kept" for value in getattr(request, name)),
    )
    title = " · ".join(filter(None, (gettext("Văn bản mới"), *asked)))
    root = root_url()
    return feed_response(
        form,
        register_feed_url(request, form),
        register_url(request),
        title,
        [_entry(entry, root) for entry in entries],
    )


def _asked(**instead: str) -> RegisterRequest:
    asked = given()
    if "missing" in asked and "scope" not in asked:  # as the page's address was before it was a register
        missing = asked["missing"][:1] == ["1"]
        asked = {"sort": ["cited"], **asked, "scope": ["missing" if missing else "all"]}
    wanted = {name: [value] for name, value in instead.items()}
    return read_register({**asked, **wanted}, strict_names=False)


def _lines(request: RegisterRequest) -> list[Line]:
    """Return the request in words."""
    chosen = {name: getattr(request, name) for name in REGISTER_FACETS}
    return [
        (gettext("Danh sách"), str(words.SCOPES[request.scope])),
        *([(gettext("Nội dung tìm"), request.text)] if request.text else []),
        *(
            (str(words.REGISTER_TITLES[name]), ", ".join(value_label(name, value) for value in values))
            for name, values in chosen.items()
            if values
        ),
    ]


def _items(entries: Iterable[Entry], root: str) -> Iterator[dict[str, Any]]:
    """Yield documents with absolute addresses, since relative ones mean nothing in a saved file."""
    for entry in entries:
        item = entry_json(entry)
        texts = [{**one, "url": root + one["url"]} for one in item["texts"]]
        yield {
            **item,
            "url": root + item["url"],
            "page": root + links.directive_path(entry.slug, entry.variant),
            "texts": texts,
        }


def _entry(entry: Entry, root: str) -> FeedEntry:
    first = entry.bearers[0] if entry.bearers else None
    day = entry.issued or entry.published
    # Documents that share a number and cannot be told apart each have their own article.
    own = f"#{first.address}" if first and entry.cited_by is None else ""
    return FeedEntry(
        id=root + links.directive_path(entry.slug, entry.variant) + own,
        url=absolute_url(links.directive_url(entry.slug, entry.variant)),
        title=entry.label,
        summary=entry.subject or (first.title if first else ""),
        published=midnight(day, service().settings.zone) if day else None,
        authors=entry.issuers,
        category=entry.type,
        original=links.outside_url(first.original) if first else None,
    )


def _name(request: RegisterRequest) -> str:
    asked = " ".join((request.text, *request.type, *request.year, *request.issuer))
    return name_of_list("van-ban", asked)

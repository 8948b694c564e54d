"""Writing over HTTP: articles are put and deleted with a key, one at a time or in bulk.

The response is a 202 as soon as the change is safely in the inbox; the writer indexes it within seconds.
"""

from __future__ import annotations

from collections.abc import Callable

import flask
from werkzeug.exceptions import UnsupportedMediaType

from indexer.contract.parameters import read_nothing, read_whole_source
from indexer.errors import NotFoundError, ParameterError, PreconditionError, TooLargeError, UsageError
from indexer.keys import Key
from indexer.push import inbox as inboxes
from indexer.push.body import Change, read_change, read_push
from indexer.push.bulk import MOST_LINES, Line, read_lines, spool
from indexer.push.source_limit import SourceLimit, SourceLimitError
from indexer.search.request import SearchRequest
from webui.api.etags import names, version_of
from webui.api.paths import BASE
from webui.context import identity
from webui.context.inbox import inbox
from webui.context.parameters import given
from webui.context.sent_body import sent_body, whole_body
from webui.context.service import service
from webui.views.tasks import accepted

pushes = flask.Blueprint("pushes", __name__, url_prefix=BASE)
_LIMIT_OF_MANY = "the limit of many articles (max_bulk_mb); send them in several requests"
_LINES = ("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines")


@pushes.put("/articles/<slug:slug>")
def put_article(slug: str) -> flask.Response:
    """Accept an article, replacing the one at this address, if any."""
    key = _may_write()
    if not flask.request.is_json:
        raise UnsupportedMediaType(
            "the body is not `application/json`; send the article with that Content-Type"
        )
    settings = service().settings
    body = whole_body(settings.max_push_mb)
    article, digest, _ = read_push(body, slug, settings)
    return _accept(key, Change("put", article.id, slug, digest, body, article))


@pushes.delete("/articles/<slug:slug>")
def delete_article(slug: str) -> flask.Response:
    """Accept the deletion of the article at this address, whether or not it exists."""
    return _accept(_may_write(), Change("delete", "", slug))


@pushes.post("/articles")
def post_articles() -> flask.Response:
    """Accept one article with its id as JSON, or many changes, one per line."""
    key, settings = _may_write(), service().settings
    if flask.request.is_json:
        return _accept(key, read_change(whole_body(settings.max_push_mb), settings))
    if flask.request.mimetype not in _LINES:
        raise UnsupportedMediaType(
            f"the Content-Type must be `application/json` for one article, or `{_LINES[0]}` for many, one per line"
        )
    if "If-Match" in flask.request.headers or "If-None-Match" in flask.request.headers:
        raise UsageError("If-Match and If-None-Match apply to one article only; send it as application/json")
    limit = _limit(key)
    with (
        spool(settings.data) as lines,
        sent_body(settings.max_bulk_mb, _LIMIT_OF_MANY) as body,
    ):
        read_lines(body, settings, lines, limit.refusal if limit else lambda _: None)
        may = limit.may if limit else None
        return accepted(inbox().bulks.accept(lines, lines.lines, inboxes.MOST_WAITING, key.id, may))


@pushes.delete("/articles")
def delete_source() -> flask.Response:
    """Accept the deletion of all articles of a source, if their number is what the client expects."""
    key = identity.needs("write")
    source, count = read_whole_source(given())
    if key.source not in (None, source):
        raise SourceLimitError(f"this key may only write articles of source {key.source!r}; use another key")
    # Whoever may write may know how many staff-only articles there are.
    request = SearchRequest(source=(source,))
    found = list(service().searcher("staff").scan(request, MOST_LINES + 1))
    if not found:
        raise NotFoundError(f"there are no articles with source {source!r}")
    if len(found) > MOST_LINES:
        raise TooLargeError(
            f"this source has more than {MOST_LINES:,} articles; use `tracuu remove --source`"
        )
    if count is None:
        raise ParameterError(
            {
                "count": f"is required: this source has {len(found)} articles; send count={len(found)} to delete them"
            }
        )
    if count != len(found):
        raise PreconditionError(f"this source has {len(found)} articles, not {count}; nothing was deleted")
    lines = [Line(n, "delete", article.id, article.slug) for n, article in enumerate(found, 1)]
    limit = _limit(key)
    may = limit.may if limit else None
    return accepted(inbox().bulks.accept(lines, len(lines), inboxes.MOST_WAITING, key.id, may))


def _may_write() -> Key:
    key = identity.needs("write")
    read_nothing(given())
    return key


def _accept(key: Key, change: Change) -> flask.Response:
    limit = _limit(key)
    if limit and (reason := limit.refusal(change)):
        raise SourceLimitError(reason)
    task = inbox().accept(
        change.slug,
        change.kind,
        change.digest,
        change.body,
        bool(change.article and change.article.attachments),
        _condition(change.slug),
        key=key.id,
        may=limit.may if limit else None,
    )
    return accepted(task)


def _limit(key: Key) -> SourceLimit | None:
    """Return the limits of a key that is restricted to one source, None for other keys."""

    def sources(slug: str) -> tuple[str, ...] | None:
        try:
            return service().searcher("staff").articles.by_slug(slug).sources
        except NotFoundError:
            return None

    return SourceLimit(key.source, sources, service().settings) if key.source is not None else None


def _condition(slug: str) -> Callable[[], None] | None:
    """Return a check of ``If-Match`` and ``If-None-Match`` against the index, None if neither header is sent."""
    if_match, if_none_match = flask.request.if_match, flask.request.if_none_match
    sent = flask.request.headers
    if "If-Match" not in sent and "If-None-Match" not in sent:
        return None

    def check() -> None:
        try:
            # Whoever may write may know the versions of all articles.
            version = version_of(service().searcher("staff").articles.by_slug(slug))
        except NotFoundError:
            version = None
        # An unreadable tag matches no version: a client that sends a condition does not want an unconditional change.
        if "If-Match" in sent and version is None:
            raise PreconditionError("If-Match failed: there is no article at this address")
        if "If-Match" in sent and not names(if_match, version):
            raise PreconditionError(
                "If-Match failed: the article has changed since you read it; read it again"
            )
        if if_none_match and names(if_none_match, version):
            raise PreconditionError("If-None-Match failed: the article already exists in that version")

    return check

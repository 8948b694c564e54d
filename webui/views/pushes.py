"""Writing over HTTP: articles are put and deleted with a key, and tasks tell what became of it.

The answer is 202 as soon as the change is safely in the inbox; the writer brings it into the index within seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import flask
from werkzeug.datastructures import ETags
from werkzeug.exceptions import UnsupportedMediaType

from indexer.contract.parameters import read_nothing
from indexer.contract.types.changes import TaskAnswer
from indexer.errors import NotFoundError, PreconditionError
from indexer.push.body import read_push
from indexer.push.inbox import Inbox
from indexer.push.task import Task
from webui.api.etags import version_of
from webui.api.paths import BASE
from webui.context import identity
from webui.context.parameters import given
from webui.context.service import service
from webui.presenters import links
from webui.views.api import as_json

pushes = flask.Blueprint("pushes", __name__, url_prefix=BASE)
_EXTENSION = "tracuu-inbox"


def register(app: flask.Flask, inbox: Inbox) -> None:
    """Keep what is pushed in ``inbox``."""
    app.extensions[_EXTENSION] = inbox


@pushes.put("/articles/<slug:slug>")
def put_article(slug: str) -> flask.Response:
    """Accept an article in place of the one at this address, if any."""
    _may_write()
    if not flask.request.is_json:
        raise UnsupportedMediaType("send the article as application/json")
    settings = service().settings
    flask.request.max_content_length = settings.max_push_mb << 20
    body = flask.request.get_data(cache=False)
    article, digest, _ = read_push(body, slug, settings)
    return _accepted(inbox().accept(slug, "put", digest, body, bool(article.attachments), _condition(slug)))


@pushes.delete("/articles/<slug:slug>")
def delete_article(slug: str) -> flask.Response:
    """Accept that the article at this address is to go, whether there is one or not."""
    _may_write()
    return _accepted(inbox().accept(slug, "delete", check=_condition(slug)))


@pushes.get("/tasks/<int:number>")
def task(number: int) -> flask.Response:
    """What became of a change."""
    _may_write()
    # SQLite numbers rows up to 63 bits.
    found = inbox().task(number) if number < 1 << 63 else None
    if found is None:
        raise NotFoundError(f"no task {number}; they are forgotten a week after they are done")
    return _told(found, 200)


def _may_write() -> None:
    identity.needs("write")
    read_nothing(given())


def inbox() -> Inbox:
    """Return where what is pushed is kept."""
    registered: Inbox = flask.current_app.extensions[_EXTENSION]
    return registered


def _condition(slug: str) -> Callable[[], None] | None:
    """Return what checks ``If-Match`` and ``If-None-Match`` against the index, None where neither is sent."""
    if_match, if_none_match = flask.request.if_match, flask.request.if_none_match
    sent = flask.request.headers
    if "If-Match" not in sent and "If-None-Match" not in sent:
        return None

    def check() -> None:
        try:
            # Whoever may write may know of the versions of all articles.
            version = version_of(service().searcher("staff").articles.by_slug(slug))
        except NotFoundError:
            version = None
        # One that can't be read names no version: who sends a condition does not want the change without it.
        if "If-Match" in sent and version is None:
            raise PreconditionError("there is no article at this address, whose version If-Match asks for")
        if "If-Match" in sent and not _names(if_match, version):
            raise PreconditionError("the article has another version than If-Match says; read it again")
        if if_none_match and _names(if_none_match, version):
            raise PreconditionError("the article is there already, in the version that If-None-Match says")

    return check


def _names(tags: ETags, version: str | None) -> bool:
    if version is None:
        return False
    # What was compressed has the coding behind the version.
    return tags.star_tag or version in {tag.partition(":")[0] for tag in tags.as_set() if tag}


def _accepted(found: Task) -> flask.Response:
    response = _told(found, 202)
    response.headers["Location"] = _address(found)
    return response


def _address(found: Task) -> str:
    return f"{BASE}/tasks/{found.number}"


def _told(found: Task, status: int) -> flask.Response:
    answer: TaskAnswer = {
        "task": str(found.number),
        "url": _address(found),
        "article": links.article_path(found.slug),
        "change": found.kind,
        "status": "accepted" if found.result is None else "failed" if found.result == "failed" else "done",
        "accepted": _moment(found.accepted),
        "finished": None if found.finished is None else _moment(found.finished),
        "result": found.result,
        "problems": list(found.problems),
    }
    response = as_json(answer)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

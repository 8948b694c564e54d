"""The local lexicon: a change is tried on the first page of some queries before it is saved."""

from __future__ import annotations

import hashlib

import flask
from werkzeug.wrappers import Response as BaseResponse

from indexer.curation.touched import touched_queries
from indexer.curation.trial import tried
from indexer.errors import (
    NotFoundError,
    PreconditionError,
    SettingsError,
    StorageError,
    TraCuuError,
    UsageError,
)
from indexer.lexicon.loading import lexicon_with, read_tables
from indexer.lexicon.own import own_lexicon, own_text
from indexer.query_log.report import report
from webui.context.service import service
from webui.presenters.changes import change_view
from webui.presenters.desk_links import DESK, desk_url
from webui.presenters.lexicon_rows import lexicon_lines, lexicon_rows, what_is_wrong
from webui.views.staff.asking import curator, journal, public
from webui.views.staff.lexicon_change import LexiconChange, read_change

lexicon = flask.Blueprint("staff_lexicon", __name__)
_ADDRESS = f"{DESK}/lexicon"
_LARGEST = 4 << 20
"""Maximum size of a form in bytes: a lexicon of one megabyte in URL encoding."""
_DAYS, _ASKED = 90, 500
"""How far back to look for queries affected by a change, in days, and how many of them to try."""
_LINES = 60
"""Maximum number of changed lines shown."""
_QUERIES = 10
"""Maximum number of queries tried at a time."""


@lexicon.get(_ADDRESS)
def page() -> str:
    """All lines, and forms to change them."""
    given = flask.request.args
    change = LexiconChange("line", given.get("table", ""), given.get("form", ""), given.get("meant", ""))
    return _page(change, kept="kept" in given)


@lexicon.post(f"{_ADDRESS}/try")
def attempt() -> str | tuple[str, int]:
    """Show the effect of a change without saving it."""
    return _attempt(_sent())


@lexicon.post(_ADDRESS)
def keep() -> BaseResponse | str | tuple[str, int]:
    """Save a change that was tried, unless somebody else has changed the lexicon in the meantime."""
    change, seen = _sent(), flask.request.form.get("seen", "")

    def unless_changed() -> None:
        if _version(_current()) != seen:
            raise PreconditionError("the lexicon has changed since it was read")

    try:
        curator().replace_lexicon(change.done_to(_current()), unless_changed)
    except PreconditionError as error:
        shown = _attempt(change, late=True)
        return shown if isinstance(shown, tuple) else (shown, error.status)
    except (UsageError, NotFoundError, StorageError) as error:
        return _page(change, error), error.status
    return flask.redirect(desk_url("/lexicon", [("kept", "1")]), 303)


def _sent() -> LexiconChange:
    flask.request.max_content_length = flask.request.max_form_memory_size = _LARGEST
    return read_change(flask.request.form)


def _attempt(change: LexiconChange, late: bool = False) -> str | tuple[str, int]:
    current = _current()
    try:
        text = change.done_to(current)
        then = service().trying(lexicon_with(read_tables(text, "the lexicon")))
    except (UsageError, NotFoundError) as error:
        return _page(change, error), error.status
    typed = flask.request.form.get("queries", "")
    queries = [line.strip() for line in typed.splitlines() if line.strip()] or _touched(current, text)
    last, lines = journal().last("lexicon", ""), lexicon_lines(current, text)
    return flask.render_template(
        "staff/lexicon_try.html",
        change=change,
        lines=lines[:_LINES],
        more=max(0, len(lines) - _LINES),
        tried=tried(public(), then, list(dict.fromkeys(queries))[:_QUERIES]),
        queries="\n".join(queries[:_QUERIES]),
        most=_QUERIES,
        seen=_version(current),
        late=late,
        last=last and change_view(last),
    )


def _page(change: LexiconChange, error: TraCuuError | None = None, kept: bool = False) -> str:
    text, unreadable = "", ""
    try:
        text = _current()
    except StorageError as problem:
        unreadable = str(problem)
    broken: SettingsError | None = None
    tables = {}
    try:
        tables = read_tables(text, "the lexicon")
    except SettingsError as problem:
        broken = problem
    last = journal().last("lexicon", "")
    return flask.render_template(
        "staff/lexicon.html",
        change=change,
        text=change.text if error and change.op == "text" else text,
        rows=lexicon_rows(tables),
        file=own_lexicon(service().settings).name,
        broken=broken and what_is_wrong(broken),
        unreadable=unreadable,
        error=error and what_is_wrong(error),
        kept=kept,
        last=last and change_view(last),
    )


def _touched(before: str, after: str) -> list[str]:
    found = report(service().settings.data, _DAYS, _ASKED)
    asked = [one.text for one in sorted((*found.top, *found.zero), key=lambda one: -one.times)]
    return touched_queries(before, after, asked, _QUERIES)


def _current() -> str:
    return own_text(own_lexicon(service().settings))


def _version(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

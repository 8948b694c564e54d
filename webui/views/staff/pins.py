"""Pins: the address holds the draft, a form saves it."""

from __future__ import annotations

from collections.abc import Sequence

import flask
from werkzeug.wrappers import Response as BaseResponse

from indexer.contract.limits import LONGEST_QUERY
from indexer.curation.trial import tried
from indexer.errors import NotFoundError, PreconditionError, StorageError, TraCuuError, UsageError
from indexer.search.pins import FILE_NAME, MOST, Pins, pin_key, pinned, read_pins
from webui.context.service import service
from webui.presenters.changes import change_view
from webui.presenters.desk_links import DESK, desk_url
from webui.presenters.pin_draft import draft_of, written_version
from webui.views.staff.asking import curator, journal, public
from webui.views.staff.named_article import named_article

pins = flask.Blueprint("staff_pins", __name__)
_ADDRESS = f"{DESK}/pins"


@pins.get(_ADDRESS)
def page() -> str:
    """All pins; with ``q``, those of one query or the draft for it."""
    text = flask.request.args.get("q", "").strip()[:LONGEST_QUERY]
    try:
        known = _known()
    except StorageError as error:
        return flask.render_template("staff/pins.html", pins=[], broken=str(error), kept=False)
    if not pin_key(text):
        kept = "kept" in flask.request.args
        return flask.render_template("staff/pins.html", pins=list(known.values()), broken="", kept=kept)
    given = flask.request.args.getlist("id")
    ids = given if "draft" in flask.request.args else _pinned(known, text)
    return _tried(known, text, ids, add=flask.request.args.get("add", "").strip())


@pins.post(_ADDRESS)
def keep() -> BaseResponse | tuple[str, int]:
    """Save a draft, unless somebody else has changed the pins of this query in the meantime."""
    sent = flask.request.form
    text, ids, seen = sent.get("q", "").strip()[:LONGEST_QUERY], sent.getlist("id"), sent.get("seen", "")
    ids = list(dict.fromkeys(ids))[:MOST]

    def unless_changed() -> None:
        if written_version(_pinned(_known(), text)) != seen:
            raise PreconditionError("the pins of this query have changed since they were read")

    try:
        for id in ids:
            # Pins are shown to everybody.
            public().articles.by_id(id)
        curator().pin(text, ids, unless_changed)
    except (PreconditionError, NotFoundError, UsageError, StorageError) as error:
        return _tried(_known(), text, ids, refused=error), error.status
    return flask.redirect(desk_url("/pins", [("kept", "1")]), 303)


def _tried(
    known: Pins, text: str, ids: Sequence[str], add: str = "", refused: TraCuuError | None = None
) -> str:
    searcher, missing = public(), False
    if add:
        found = named_article(searcher, add)
        missing = found is None
        ids = [*ids, found] if found else ids
    ids = list(dict.fromkeys(ids))[:MOST]
    (compared,) = tried(searcher, service().trying(pins=pinned(known, text, ids)), [text])
    last = journal().last("pins", pin_key(text))
    return flask.render_template(
        "staff/pin_query.html",
        text=text,
        draft=draft_of(text, ids, searcher.index.by_id(ids) if ids else {}),
        compared=compared,
        changed=list(ids) != list(_pinned(known, text)),
        seen=written_version(_pinned(known, text)),
        now=_pinned(known, text),
        missing=add if missing else "",
        late=isinstance(refused, PreconditionError),
        gone=isinstance(refused, NotFoundError),
        unkept="" if isinstance(refused, (PreconditionError, NotFoundError)) else str(refused or ""),
        most=MOST,
        last=last and change_view(last),
    )


def _known() -> Pins:
    return read_pins(service().settings.data / FILE_NAME)


def _pinned(known: Pins, text: str) -> Sequence[str]:
    return known.get(pin_key(text), ("", ()))[1]

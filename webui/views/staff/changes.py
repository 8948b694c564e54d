"""The journal: who changed what and when."""

from __future__ import annotations

import flask

from indexer.curation.journal import KINDS
from webui.presenters.changes import change_view
from webui.presenters.desk_links import DESK
from webui.views.staff.asking import journal, number

changes = flask.Blueprint("staff_changes", __name__)
_LISTED = 30


@changes.get(f"{DESK}/changes")
def listed() -> str:
    """Thirty changes, newest first, of one kind or of all."""
    given = flask.request.args.get("kind", "")
    kind = given if given in KINDS else None
    found = journal().page(number("before", 1 << 62, 1 << 62), _LISTED + 1, kind)
    older = found[_LISTED - 1].n if len(found) > _LISTED else None
    return flask.render_template(
        "staff/changes.html",
        changes=[change_view(change) for change in found[:_LISTED]],
        kind=kind,
        older=older,
    )

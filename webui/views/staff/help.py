"""Help for editors."""

from __future__ import annotations

import flask

from webui.presenters.desk_links import DESK

help_page = flask.Blueprint("staff_help", __name__)


@help_page.get(f"{DESK}/help")
def page() -> str:
    """What each page is for, and how to do the most frequent tasks."""
    return flask.render_template("staff/help.html")

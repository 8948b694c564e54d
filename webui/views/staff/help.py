"""Help for those at the desk."""

from __future__ import annotations

import flask

from webui.presenters.desk_links import DESK

help_page = flask.Blueprint("staff_help", __name__)


@help_page.get(f"{DESK}/help")
def page() -> str:
    """What each page is for, and how to do what is done most."""
    return flask.render_template("staff/help.html")

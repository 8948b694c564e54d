"""Saved searches and their numbers of subscribers. Their addresses are shown to nobody, not even here."""

from __future__ import annotations

from contextlib import closing

import flask

from indexer.alerts.searches import title_of
from indexer.alerts.store.schema import AlertDatabase
from indexer.alerts.store.summary import saved_searches
from indexer.errors import ParameterError
from webui.context import language
from webui.context.service import service
from webui.presenters import links
from webui.presenters.desk_links import DESK

alerts = flask.Blueprint("staff_alerts", __name__)
_LISTED = 200


@alerts.get(f"{DESK}/alerts")
def listed() -> str:
    """Saved searches with counts, most followed first."""
    settings = service().settings
    with closing(AlertDatabase(settings.data)) as database:
        found = saved_searches(database, _LISTED)
    named = [
        (saved, _title(saved.query), links.page_address(links.SEARCH, links.parsed(saved.query)))
        for saved in found
    ]
    return flask.render_template("staff/alerts.html", saved=named, offered=bool(settings.smtp.host))


def _title(query: str) -> str:
    try:
        return title_of(query, language.current())
    except ParameterError:
        return query

"""The sources and their last runs."""

from __future__ import annotations

import flask

from indexer.errors import TraCuuError
from indexer.upkeep.runs import source_states
from webui.context.service import service
from webui.presenters import source_runs
from webui.presenters.desk_links import DESK

sources = flask.Blueprint("staff_sources", __name__)
_PROBLEMS = 5


@sources.get(f"{DESK}/sources")
def listed() -> str:
    """Configured sources in their order, then articles that came in by hand."""
    found, problem = [], ""
    try:
        found = source_states(service().settings)
    except TraCuuError as error:
        problem = str(error)
    return flask.render_template(
        "staff/sources.html", sources=found, problem=problem, runs=source_runs, most=_PROBLEMS
    )

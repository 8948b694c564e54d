"""The stored record of the last run of a source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from indexer.commands.tally import Tally
from indexer.indexing.crawling import NOT_NOW, STOPPED
from indexer.indexing.opening import open_pipeline
from indexer.settings import Settings
from indexer.source_settings import SourceSettings

_KEPT = 20
"""Maximum number of stored problems of a run, and of notices."""


def begun(settings: Settings, last: Mapping[str, Any]) -> str:
    """Return the record to keep while a run is in progress, or after it was killed: the results of the ``last`` one, and when this
    one began."""
    kept = {key: value for key, value in last.items() if key != "articles"}
    return json.dumps({**kept, "began": _now(settings)}, ensure_ascii=False)


def note_run(settings: Settings, source: SourceSettings, tally: Tally, mark: object = None) -> None:
    """Store the result of a run that ends now and how far it came (``mark``); nothing for a site outside its hours."""
    if tally.has_notice(NOT_NOW):
        return
    result = tally.result()
    kept = {
        **result,
        "problems": result["problems"][:_KEPT],
        "notices": result["notices"][:_KEPT],
        "exit_code": tally.exit_code,
        "problem_count": len(result["problems"]),
        "mark": mark,
        "goes_on": tally.has_notice(STOPPED),
        "audience": source.audience,
        "at": _now(settings),
    }
    with open_pipeline(settings) as pipeline:
        pipeline.note_run(source.name, json.dumps(kept, ensure_ascii=False))


def _now(settings: Settings) -> str:
    return datetime.now(settings.zone).isoformat(timespec="seconds")

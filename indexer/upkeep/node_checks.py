"""Checks of a machine that shares the work with others."""

from __future__ import annotations

from contextlib import closing

from indexer.engine.opening import open_engine
from indexer.errors import ClusterError, EngineError, IndexMissingError
from indexer.replication.local_state import read_state
from indexer.settings import Settings
from indexer.upkeep.check import Check
from indexer.upkeep.finding import START_NODES

_OLD_SECONDS = 60.0
"""Age of copies from which something is wrong: the writer confirms them every ten seconds."""
_RUNNING = (
    "check that `tracuu serve` or `tracuu follow` is running here, and `tracuu serve` or `tracuu publish` on the writer;"
    " read their logs"
)


def limits(settings: Settings) -> Check:
    """Check whether requests are counted together with other machines."""
    if settings.rate_limit_store:
        return Check("limits", "ok", "counted together with other machines")
    if settings.role == "alone":
        return Check("limits", "ok", "counted by this machine")
    found = "each machine counts for itself, so with three web nodes a caller may send three times as many requests"
    return Check("limits", "warning", found, "set rate_limit_store on all of them, or lower the limits")


def copies(settings: Settings) -> Check:
    """Check the age of the copies of the writer's files."""
    state = read_state(settings.data)
    if state is None:
        return Check("copies", "fault", "none yet", _RUNNING)
    found = f"{state.age:,.0f} seconds old, of term {state.term}"
    if state.age > _OLD_SECONDS:
        return Check("copies", "fault", found, _RUNNING)
    return Check("copies", "ok", found)


def index_of_copies(settings: Settings) -> Check:
    """Check the index, which the writer makes."""
    if settings.engine != "opensearch":
        return Check("index", "ok", "none; it is built if this machine becomes the writer")
    try:
        with closing(open_engine(settings)) as engine:
            return Check("index", "ok", f"{settings.engine}, {engine.snapshot().count():,} articles")
    except IndexMissingError:
        return Check("index", "fault", f"no index of {settings.engine}", _RUNNING)
    except ClusterError as error:
        return Check("index", "fault", str(error), START_NODES)
    except EngineError as error:
        return Check("index", "fault", str(error), "run the same version on all machines")

"""What SIGHUP means for the server: its settings are read again, and its processes take them over together.

What was pushed and can be found stays found: the index that the settings name now is brought up to date before anything is
answered from it, while nobody writes into the previous one.
"""

from __future__ import annotations

import logging
import multiprocessing
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial

from indexer.errors import EngineError, IndexMissingError, TraCuuError, UsageError
from indexer.replication.exchange import run as run_exchange
from indexer.search.service import open_search
from indexer.settings import Settings
from webui.serving.children import Child, command
from webui.serving.supervisor import Renewal

_FIXED = ("data", "host", "port", "web_workers", "json_logs", "writer_command", "role")
"""Settings that need a restart."""
WRITER = "writer"
"""The job of the command that writes into the index."""
_log = logging.getLogger("tracuu.supervisor")


@dataclass(frozen=True, slots=True)
class Operations:
    """What the command line knows of settings and of writing, for the server that does neither."""

    read: Callable[[], Settings]
    """Reads the settings again; raises SettingsError."""
    beside: Callable[[Settings], Mapping[str, str]]
    """Returns commands to keep running beside the web processes, by the name of their job; empty ones mean none."""
    catch_up: Callable[[Settings], None]
    """Brings the existing index that the settings name up to date with the catalog; raises TraCuuError."""


class Reloading:
    """The settings of the supervisor, of which its web processes get each new version. Create it before they are forked."""

    def __init__(self, settings: Settings, operations: Operations) -> None:
        self.settings = settings
        self._operations = operations
        self._out, self._in = multiprocessing.Pipe(duplex=False)

    def beside(self, settings: Settings) -> list[Child]:
        """Return what runs beside the web processes."""
        lines = self._operations.beside(settings)
        children = [Child(job, command(line)) for job, line in lines.items() if line]
        if settings.role != "alone" and settings.query_log:
            children.append(Child("query log", partial(run_exchange, settings), last=True))
        return children

    def renewal(self) -> Renewal | None:
        """Read the settings; return how to take them over, None if nothing changed or they cannot be used."""
        try:
            read = self._operations.read()
        except TraCuuError as error:
            _log.error("%s; continuing with the previous settings", error)
            return None
        new = replace(read, **{name: getattr(self.settings, name) for name in _FIXED})
        if changed := [name for name in _FIXED if getattr(read, name) != getattr(new, name)]:
            _log.warning("a new %s takes effect after a restart only", ", ".join(changed))
        if new == self.settings:
            return None
        moves = (new.engine, new.opensearch) != (self.settings.engine, self.settings.opensearch)

        beside = self.beside(new)

        def prepare() -> None:
            try:
                # Where no writer runs beside, that of another place brings the index up to date.
                self._prepare(new, moves and bool(self._operations.beside(new)[WRITER]))
            except TraCuuError as error:
                _log.error("%s; continuing with the previous settings", error)
                raise SystemExit(1) from error

        def accept() -> None:
            self.settings = new
            self._in.send(new)

        return Renewal(prepare, beside, accept)

    def newest(self) -> Settings:
        """Return the settings that were accepted last; for a forked process."""
        while self._out.poll():
            self.settings = self._out.recv()
        return self.settings

    def _prepare(self, settings: Settings, moves: bool) -> None:
        """Bring the index up to date if the service ``moves`` to it, and raise TraCuuError unless it answers."""
        if moves:
            # Opened for reading first: opened for writing, an index that is missing would be made.
            try:
                open_search(settings).close()
            except IndexMissingError:
                engine = settings.engine
                raise UsageError(
                    f"there is no index of {engine} yet; run `tracuu rebuild --engine {engine}` first"
                ) from None
            self._operations.catch_up(settings)
        with closing(open_search(settings, patient=not moves)) as service:
            if moves and (reason := service.unready()):
                raise EngineError(reason)

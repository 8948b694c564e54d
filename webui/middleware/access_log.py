"""The access log, written by its own thread."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Any, TextIO

from indexer.background import BackgroundWriter
from webui.middleware.log_format import timestamp

_MOST_WAITING = 10_000
"""Maximum number of waiting lines; more are dropped, so that a full disk does not stop the search."""
_BATCH = 500


class AccessLog:
    """Writes a JSON line per request, in batches and without delaying requests.

    Lines hold no query strings and no client addresses, to protect the privacy of searches.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream
        self._lines = BackgroundWriter[dict[str, Any]](
            "access log", self._write, most=_MOST_WAITING, batch=_BATCH
        )

    def add(self, **told: Any) -> None:
        """Queue a line for writing."""
        self._lines.add(told)

    def _write(self, batch: list[dict[str, Any]]) -> None:
        lines = "".join(
            json.dumps({**line, "time": timestamp(line["time"])}, ensure_ascii=False) + "\n" for line in batch
        )
        stream = self._stream or sys.stdout
        # Lines that cannot be written to a full disk are lost; later ones are written once there is space.
        with suppress(OSError, ValueError):
            stream.write(lines)
            stream.flush()

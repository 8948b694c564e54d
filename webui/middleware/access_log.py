"""The access log, which a thread of its own writes."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Any, TextIO

from indexer.background import BackgroundWriter
from webui.middleware.log_format import timestamp

_MOST_WAITING = 10_000
"""Lines that may wait to be written; more are dropped: a full disk must not stop the search."""
_BATCH = 500


class AccessLog:
    """Writes a line of JSON for each request, in batches, in nobody's way.

    No query strings and no addresses: what someone searched for is nobody else's business.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream
        self._lines = BackgroundWriter[dict[str, Any]](
            "access log", self._write, most=_MOST_WAITING, batch=_BATCH
        )

    def add(self, **told: Any) -> None:
        """Have a line written soon."""
        self._lines.add(told)

    def _write(self, batch: list[dict[str, Any]]) -> None:
        lines = "".join(
            json.dumps({**line, "time": timestamp(line["time"])}, ensure_ascii=False) + "\n" for line in batch
        )
        stream = self._stream or sys.stdout
        # Lines that a full disk does not take are lost; those that come when it does are not.
        with suppress(OSError, ValueError):
            stream.write(lines)
            stream.flush()

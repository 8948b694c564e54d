"""Counters across all web processes, in the Prometheus text format.

These sixty lines replace ``prometheus_client``: all metrics are known beforehand, so they fit into shared memory inherited by
the processes. That library keeps a file per process, which outlives the process and needs cleaning up.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from multiprocessing.sharedctypes import RawArray

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Upper bounds in seconds; slower requests count only in ``+Inf``."""
ROUTES = (
    "search", "api_search", "suggest", "article", "api_article", "related", "directive", "file", "list", "feed",
    "push", "task", "static", "watch", "other",
)  # fmt: skip
_CLASSES = ("2xx", "3xx", "4xx", "5xx")

COUNTERS: Mapping[str, str] = {
    "searches": "Searches answered.",
    "searches_without_results": "Searches for which no article has all the words.",
    "shed": "Connections refused because too many were waiting.",
    "slow_clients": "Connections closed because the request did not arrive in time.",
    "query_log_dropped": "Query log entries dropped because its writer fell behind.",
}
GAUGES: Mapping[str, str] = {
    "connections": "Open connections of this process.",
    "requests_waiting": "Requests of this process waiting for a thread.",
    "commits_seen": "Commits after which this process reopened the index.",
}
_CELLS = [
    *(f"{route} {status}" for route in ROUTES for status in _CLASSES),
    *(f"{route} {bound}" for route in ROUTES for bound in (*BUCKETS, "sum", "count")),
    *COUNTERS,
    *GAUGES,
]
_AT = {name: at for at, name in enumerate(_CELLS)}
Sample = tuple[str, str, str, Iterable[tuple[str, float]]]
"""Name, type, help, and values with their formatted labels, such as ``{state="text"}`` or an empty string."""


class Metrics:
    """Counters in shared memory. Each process adds to a row of its own, so none waits for another; a new process takes over a
    free row.
    """

    def __init__(self, rows: int = 1) -> None:
        self._cells = RawArray("d", rows * len(_CELLS))
        self._rows = rows
        self._start = 0
        self._lock = threading.Lock()

    def use_row(self, row: int) -> None:
        """Use this row from now on, with its gauges reset."""
        self._start = row % self._rows * len(_CELLS)
        self._lock = threading.Lock()
        for name in GAUGES:
            self.set(name, 0)

    def observe(self, route: str, status: int, seconds: float) -> None:
        """Record an answered request."""
        with self._lock:
            self._add(f"{route} {status // 100}xx", 1)
            self._add(f"{route} sum", seconds)
            self._add(f"{route} count", 1)
            for bound in BUCKETS:
                if seconds <= bound:
                    self._add(f"{route} {bound}", 1)
                    break

    def count(self, name: str, by: float = 1) -> None:
        """Add to one of :data:`COUNTERS`."""
        with self._lock:
            self._add(name, by)

    def set(self, name: str, value: float) -> None:
        """Set one of :data:`GAUGES`."""
        self._cells[self._start + _AT[name]] = value

    def _add(self, name: str, by: float) -> None:
        self._cells[self._start + _AT[name]] += by

    def total(self, name: str) -> float:
        """Return the total of a counter across all processes."""
        return float(sum(self._cells[_AT[name] :: len(_CELLS)]))

    def text(self, others: Iterable[Sample] = ()) -> str:
        """Return all metrics in the Prometheus text format 0.0.4."""
        return "".join(map(_written, (*self._samples(), *others)))

    def _samples(self) -> Iterator[Sample]:
        by_status = (
            (f'{{route="{route}",status="{status}"}}', self.total(f"{route} {status}"))
            for route in ROUTES
            for status in _CLASSES
        )
        yield "tracuu_requests_total", "counter", "Requests answered.", by_status
        yield "tracuu_request_seconds", "histogram", "Time to answer a request, in seconds.", self._latency()
        for name, told in COUNTERS.items():
            yield f"tracuu_{name}_total", "counter", told, [("", self.total(name))]
        for name, told in GAUGES.items():
            levels = self._cells[_AT[name] :: len(_CELLS)]
            yield (
                f"tracuu_{name}",
                "gauge",
                told,
                [(f'{{process="{row}"}}', level) for row, level in enumerate(levels)],
            )

    def _latency(self) -> Iterator[tuple[str, float]]:
        for route in ROUTES:
            below = 0.0
            for bound in BUCKETS:
                below += self.total(f"{route} {bound}")
                yield f'_bucket{{route="{route}",le="{bound}"}}', below
            yield f'_bucket{{route="{route}",le="+Inf"}}', self.total(f"{route} count")
            yield f'_sum{{route="{route}"}}', self.total(f"{route} sum")
            yield f'_count{{route="{route}"}}', self.total(f"{route} count")


def _written(sample: Sample) -> str:
    name, kind, told, values = sample
    lines = "".join(f"{name}{labels} {value:.10g}\n" for labels, value in values)
    return f"# HELP {name} {told}\n# TYPE {name} {kind}\n{lines}"

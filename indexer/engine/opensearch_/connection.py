"""Requests to the nodes of a cluster; any node may answer."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import urllib3

from indexer.engine.opensearch_.answers import (
    DISK_FULL,
    Json,
    decoded,
    decoded_point,
    encoded,
    is_disk_full,
    is_final,
    told,
)
from indexer.errors import ClusterError, EngineError
from indexer.opensearch_settings import OpenSearchSettings

_RESTING, _LONGEST_REST = 5.0, 60.0
"""Seconds for which a node that did not answer is tried last: twice as long each time, up to the second number."""
_PAUSE = 0.1
_LEAST = 0.1
_PATIENCE = 2.0
"""Seconds for which a search waits if no node accepts connections, which is how long the others take to notice that one is gone."""
_CONNECTIONS = 16
"""Connections kept open to each node: the threads of one web process."""
_WHO = "/_nodes/_local/http?filter_path=nodes.*.name"
"""Asks a node who it is."""


class SilentError(ClusterError):
    """A node accepted the request, but did not answer it in time."""


class Refused(EngineError):
    """The cluster answered with an error. ``status`` is the HTTP status, ``kind`` the name of the error in OpenSearch."""

    def __init__(self, status: int, kind: str, reason: str) -> None:
        self.answered = status
        self.kind = kind
        self.reason = f"{reason or kind} (status {status})"
        super().__init__(f"OpenSearch rejected the request: {self.reason}")


class Connection:
    """Safe to use from several threads and, since each process opens its own connections, after a fork."""

    def __init__(self, settings: OpenSearchSettings) -> None:
        self._settings = settings
        self._headers = {"content-type": "application/json", "accept": "application/json"}
        self._secret_read = False
        self._pool: urllib3.PoolManager | None = None
        self._process = 0
        self._resting: dict[str, float] = {}
        self._rests: dict[str, float] = {}
        """Length of the last rest of each node that has not answered since, in seconds."""
        self._ids: dict[str, bytes] = {}
        """What the nodes are called in points in time, as far as they have told."""
        self._met_in = 0
        """The process that has asked them."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The addresses of the nodes, for errors."""
        return self._settings.hosts

    @property
    def search_seconds(self) -> float:
        """Seconds that a search may wait."""
        return self._settings.search_seconds

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        seconds: float | None = None,
        each: float | None = None,
        others: bool = True,
        near: Collection[str] = (),
        **parameters: str | int,
    ) -> Json:
        """Return the answer of the cluster.

        ``body`` is JSON or, as a sequence, lines of JSON. Nodes are tried in turn until one answers or ``seconds`` have passed,
        so requests must tolerate arriving twice. A node may take ``each`` seconds, by default half of the time left; if it then
        has not answered, ``others`` are tried, or else SilentError is raised. Hosts ``near`` are tried first. Raises Refused
        if the cluster rejects the request, ClusterError if it cannot answer.
        """
        target = f"{path}?{urlencode(parameters)}" if parameters else path
        start = time.monotonic()
        # A search fails quickly if no node is reachable, and the following ones at once; a writer waits for the nodes to come back.
        waits = seconds or (0.0 if self._all_rest() else _PATIENCE)
        deadline = start + (seconds or self._settings.search_seconds)
        content = encoded(body)
        while True:
            reached = False
            for host in self._in_turn(near):
                left = max(deadline - time.monotonic(), _LEAST)
                try:
                    response = self._send(method, f"{host}{target}", content, left, each)
                except urllib3.exceptions.HTTPError as error:
                    why = f"{host}: {_reason(error)}"
                    self._rest(host)
                    if isinstance(error, urllib3.exceptions.ReadTimeoutError):
                        reached = True
                        if not others:
                            raise SilentError(self._settings.hosts, why) from error
                else:
                    reached = True
                    self._resting.pop(host, None)
                    self._rests.pop(host, None)
                    found = decoded(response.data)
                    if is_final(response.status, found):
                        return self._checked(response.status, found)
                    if is_disk_full(found):
                        raise ClusterError(self._settings.hosts, DISK_FULL)
                    why = f"{host}: {told(found)[1] or 'overloaded'} ({response.status})"
                now = time.monotonic()
                if now >= deadline:
                    raise ClusterError(self._settings.hosts, why)
            if not reached and now - start >= waits:
                raise ClusterError(self._settings.hosts, why)
            time.sleep(_PAUSE)

    def _send(
        self, method: str, address: str, content: bytes | None, seconds: float, each: float | None
    ) -> urllib3.BaseHTTPResponse:
        # Half of the remaining time, so that a hanging node leaves time for the next one. Its connection is closed, which also
        # makes it give up the search.
        read = seconds / 2 if len(self._settings.hosts) > 1 else seconds
        if each is not None:
            read = min(seconds, each)
        connect = min(self._settings.connect_seconds, read)
        return self._open().request(
            method,
            address,
            body=content,
            headers=self._all_headers(),
            timeout=urllib3.Timeout(connect=connect, read=read),
            retries=False,
        )

    def _checked(self, status: int, found: Json) -> Json:
        if status in (401, 403):
            raise ClusterError(
                self._settings.hosts,
                f"it rejects the credentials (status {status}); correct the user and password, or the key, in [opensearch]",
            )
        if status >= 400:
            raise Refused(status, *told(found))
        return found

    def _all_rest(self) -> bool:
        now = time.monotonic()
        return all(self._resting.get(host, 0.0) > now for host in self._settings.hosts)

    def _rest(self, host: str) -> None:
        rest = min(2 * self._rests.get(host, _RESTING / 2), _LONGEST_REST)
        self._rests[host] = rest
        self._resting[host] = time.monotonic() + rest

    def _in_turn(self, near: Collection[str] = ()) -> list[str]:
        """Return the hosts, ``near`` first and those that did not answer lately last; each process starts at a different one."""
        hosts = self._settings.hosts
        first = os.getpid() % len(hosts)
        now = time.monotonic()
        found = sorted(
            (*hosts[first:], *hosts[:first]),
            key=lambda host: (self._resting.get(host, 0.0) > now, host not in near),
        )
        if found[0] in self._rests and self._resting[found[0]] <= now:
            # This request finds out whether the node is back; meanwhile the other threads leave it alone.
            self._resting[found[0]] = now + _RESTING
        return found

    def holding(self, point: str) -> list[str]:
        """Return the hosts that hold parts of a point in time, which search them without asking others; none if that is not known.

        The nodes are asked who they are in the background, once in each process.
        """
        if self._met_in != os.getpid() and len(self._settings.hosts) > 1:
            self._met_in = os.getpid()
            threading.Thread(target=self._meet, daemon=True).start()
        nodes = decoded_point(point)
        return [host for host, id in list(self._ids.items()) if id in nodes]

    def _meet(self) -> None:
        for host in self._settings.hosts:
            with suppress(urllib3.exceptions.HTTPError, EngineError):
                answer = self._send("GET", f"{host}{_WHO}", None, self._settings.search_seconds, None)
                for id in decoded(answer.data).get("nodes", ()):
                    self._ids[host] = id.encode()

    def _open(self) -> urllib3.PoolManager:
        if self._pool is None or self._process != os.getpid():
            verified: dict[str, Any] = {"ca_certs": self._settings.ca_file} if self._settings.ca_file else {}
            self._pool = urllib3.PoolManager(len(self._settings.hosts), maxsize=_CONNECTIONS, **verified)
            self._process = os.getpid()
        return self._pool

    def _all_headers(self) -> Mapping[str, str]:
        if not self._secret_read:
            if secret := self._settings.authorization():
                self._headers["authorization"] = secret
            self._secret_read = True
        return self._headers

    def close(self) -> None:
        """Close all connections; they are reopened by the next request."""
        if self._pool is not None and self._process == os.getpid():
            self._pool.clear()


def _reason(error: urllib3.exceptions.HTTPError) -> str:
    if isinstance(error, urllib3.exceptions.NewConnectionError):
        return "it can't be reached"
    if isinstance(error, urllib3.exceptions.TimeoutError):
        return "it did not answer in time"
    if isinstance(error, urllib3.exceptions.SSLError):
        return f"its certificate is not trusted, or it does not use TLS ({error}); correct hosts or ca_file in [opensearch]"
    return str(error)

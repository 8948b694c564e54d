"""Requests to the nodes of a cluster; any node may answer."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any

import urllib3

from indexer.engine.opensearch_.answers import (
    DISK_FULL,
    Json,
    decoded,
    encoded,
    is_disk_full,
    is_final,
    is_hidden,
    missing_index,
    target_of,
    told,
)
from indexer.engine.opensearch_.holders import Holders
from indexer.engine.opensearch_.turns import Turns
from indexer.errors import ClusterError, EngineError, TraCuuError
from indexer.opensearch_settings import OpenSearchSettings

_PAUSE = 0.1
_LEAST = 0.1
_FIRST_WAIT, LONGEST_WAIT = 5.0, 20.0
"""Seconds that the first node may take for a request; the next one may take twice as long, and so on, up to the second number: a
node that is cut off is noticed soon, and a cluster that is only slow gets more time with each attempt.
"""
_RESTED_WAIT = 0.5
"""The same for a node that did not answer lately."""
PRIMARY_WAIT = MANAGER_WAIT = "4s"
"""Time for which a node waits for the primary of a shard, or for the manager; it is over before the first wait of the client, who
learns why."""
_PATIENCE = 2.0
"""Seconds for which a search waits if no node accepts connections, which is how long the others take to notice that one is gone."""
_SEEN = "blocks.global,metadata.indices.*.state"
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
        self._turns = Turns(settings.hosts)
        self._holders = Holders(settings.hosts, self._who)

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

        ``body`` is JSON or, as a sequence, lines of JSON. Nodes are tried in turn, hosts ``near`` first, until one answers or
        ``seconds`` have passed, so requests must tolerate arriving twice. A node may take ``each`` seconds, by default
        :data:`_FIRST_WAIT` and more, but at most half of the time left; if it then has not answered, ``others`` are tried, or
        else SilentError is raised. Raises Refused if the cluster rejects the request, ClusterError if it cannot answer.
        """
        target = target_of(path, parameters)
        start = time.monotonic()
        # Without ``seconds`` it fails quickly if no node is reachable, and the next time at once. Others wait for the nodes.
        waits = seconds or (0.0 if self._turns.all_rest() else _PATIENCE)
        deadline = start + (seconds or self._settings.search_seconds)
        content = encoded(body)
        wait = _FIRST_WAIT
        while True:
            reached = False
            for host in self._turns.next(near):
                left = max(deadline - time.monotonic(), _LEAST)
                # A hanging node leaves time for the next one.
                alone = len(self._settings.hosts) == 1
                read = min(left if alone else left / 2, wait) if each is None else min(left, each)
                try:
                    response = self._send(method, f"{host}{target}", content, read)
                except urllib3.exceptions.HTTPError as error:
                    why = f"{host}: {_reason(error)}"
                    self._turns.rest(host)
                    if isinstance(error, urllib3.exceptions.ReadTimeoutError):
                        reached = True
                        wait = min(2 * wait, LONGEST_WAIT)
                        if not others:
                            raise SilentError(self._settings.hosts, why) from error
                else:
                    reached = True
                    self._turns.answered(host)
                    found = decoded(response.data)
                    if is_final(response.status, found) and not self._is_starting(host, found, left):
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

    def hosts_in_turn(self) -> list[str]:
        """Return the addresses of the nodes, those that did not answer lately last."""
        return self._turns.next()

    def ask_one(
        self, host: str, method: str, path: str, body: object = None, **parameters: str | int
    ) -> Json:
        """Return the answer of one ``host``, which is asked once; it gets less time if it did not answer lately.

        Raises as :meth:`ask`.
        """
        seconds = _RESTED_WAIT if self._turns.rests(host) else _FIRST_WAIT
        try:
            response = self._send(method, f"{host}{target_of(path, parameters)}", encoded(body), seconds)
        except urllib3.exceptions.HTTPError as error:
            self._turns.rest(host)
            raise ClusterError([host], _reason(error)) from error
        self._turns.answered(host)
        found = decoded(response.data)
        if is_final(response.status, found) and not self._is_starting(host, found, seconds):
            return self._checked(response.status, found)
        raise ClusterError([host], f"{told(found)[1] or 'overloaded'} ({response.status})")

    def _send(
        self, method: str, address: str, content: bytes | None, read: float
    ) -> urllib3.BaseHTTPResponse:
        """Send a request; if it is not answered within ``read`` seconds, its connection is closed, which also ends a search."""
        connect = min(self._settings.connect_seconds, read)
        return self._open().request(
            method,
            address,
            body=content,
            headers=self._all_headers(),
            timeout=urllib3.Timeout(connect=connect, read=read),
            retries=False,
        )

    def _is_starting(self, host: str, found: Json, left: float) -> bool:
        """Tell whether an index was not found only because the cluster has just been started, or may have been."""
        index = missing_index(found)
        if not index:
            return False
        # Both are told by one state: what is hidden now may be there when the next request arrives.
        target = f"{host}/_cluster/state/blocks,metadata/{index}?ignore_unavailable=true&filter_path={_SEEN}"
        try:
            response = self._send("GET", target, None, min(_PATIENCE, left))
        except urllib3.exceptions.HTTPError:
            return True
        state = decoded(response.data)
        return is_hidden(state) if response.status < 400 else not is_final(response.status, state)

    def _checked(self, status: int, found: Json) -> Json:
        if status in (401, 403):
            raise ClusterError(
                self._settings.hosts,
                f"it rejects the credentials (status {status}); correct the user and password, or the key, in [opensearch]",
            )
        if status >= 400:
            raise Refused(status, *told(found))
        return found

    def holding(self, point: str) -> list[str]:
        """Return the hosts that hold parts of a point in time, which search them without asking others; none if that is not known."""
        return self._holders.of(point)

    def _who(self, host: str) -> Json:
        with suppress(urllib3.exceptions.HTTPError, TraCuuError):
            return decoded(self._send("GET", f"{host}{_WHO}", None, self.search_seconds).data)
        return {}

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

"""A load on the whole service, as its proxy passes it on: searches to any web node, everything that writes to the writer.

Each lot of pushed articles carries its number in all of them, in one request; an answer with two numbers mixes two commits.
"""

from __future__ import annotations

import http.client
import itertools
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

LOT = 8
"""Number of articles in a lot."""
_SECONDS = 15.0
"""Time limit for one request; what a proxy usually waits is longer."""
_PAUSE = 0.03
_RETRY = 0.3
"""Seconds until a client tries again; ``Retry-After`` asks for more, but then a gap could not be measured."""
_LOTS = '"lô hàng số"'
_LOT_QUERY = f"/api/v1/search?q={quote(_LOTS)}&size={4 * LOT}"
_SINGLES = f"/api/v1/search?q={quote('tin lẻ số')}&size=100&fields=id&cursor="
_TAGGED = ("/", f"/search?q={quote('lô hàng')}", _LOT_QUERY, "/directives", "/articles/lo-0")
HOST = "tra-cuu.example"
"""The name by which all machines are asked, as a proxy passes it on."""


@dataclass
class Record:
    """What one kind of request met."""

    done: int = 0
    asked_to_retry: int = 0
    """503 with ``Retry-After``."""
    elsewhere: int = 0
    """A machine that was off; the proxy tries another one, or says so itself if there is none."""
    nobody: int = 0
    """None of the machines was there."""
    gap: float = 0.0
    """Longest time without success in seconds."""
    errors: list[str] = field(default_factory=list)
    _last: float = field(default_factory=time.monotonic)

    def success(self) -> None:
        """Note a request that was answered."""
        self.done += 1
        self.pause()

    def pause(self) -> None:
        """Note the time since the last success, which ends now."""
        now = time.monotonic()
        self.gap, self._last = max(self.gap, now - self._last), now


@dataclass(frozen=True)
class Reply:
    """What a machine answered."""

    status: int
    tag: str
    retry: str
    body: bytes


def ask(port: int, method: str, path: str, body: str = "", **headers: str) -> Reply:
    """Send one request; raises OSError or HTTPException if the machine is off."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
    with closing(connection):
        connection.request(method, path, body.encode() or None, {"Host": HOST, **headers})
        found = connection.getresponse()
        return Reply(
            found.status, found.getheader("ETag", ""), found.getheader("Retry-After", ""), found.read()
        )


@dataclass
class Sent:
    """What all loads of a service have sent so far."""

    singles: set[str] = field(default_factory=set)
    """Ids of the single articles that were acknowledged."""
    lot: int = 0
    """Number of the last lot that was acknowledged."""
    numbers: Iterator[int] = field(default_factory=itertools.count)
    """Numbers that no single article had yet."""
    lots: Iterator[int] = field(default_factory=lambda: itertools.count(1))


class Load:
    """Threads that search and push until :meth:`stop`, one search and one push at a time for each."""

    def __init__(
        self, web: Callable[[], Sequence[int]], writer: Callable[[], int], key: str, sent: Sent
    ) -> None:
        """``web`` and ``writer`` return the ports of the machines that the proxy knows at the moment."""
        self._web, self._writer = web, writer
        self._headers = {"Authorization": f"Bearer {key}"}
        self.searches, self.pushes, self.commits = Record(), Record(), Record()
        """The last counts lots that were seen for the first time."""
        self.mixed: list[str] = []
        """Answers that are not of one commit."""
        self.half = 0
        """Answers of one commit with part of a lot: of a writer that was killed while it sent it."""
        self._sent = sent
        self._seen = sent.lot
        self._over = threading.Event()
        self._threads = [
            *(threading.Thread(target=self._search, args=(n,)) for n in range(2)),
            threading.Thread(target=self._push_lots),
            threading.Thread(target=self._push_singles),
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End the load; whatever is pending is answered or given up first."""
        self._over.set()
        for thread in self._threads:
            thread.join()
        for record in (self.searches, self.pushes, self.commits):
            record.pause()

    def _search(self, first: int) -> None:
        while not self._over.wait(_PAUSE):
            ports = list(self._web())
            reply = self._reached(self.searches, ports[first:] + ports[:first], "GET", _LOT_QUERY)
            if reply and reply.status == 200:
                self.searches.success()
                self._look(json.loads(reply.body))

    def _look(self, found: dict[str, Any]) -> None:
        shown = Counter(hit["category"] for hit in found["hits"])
        counted = {value["value"]: value["count"] for value in found["facets"]["category"]}
        if shown != counted or sum(counted.values()) != found["total"]:
            self.mixed.append(f"{dict(shown)} shown, {counted} counted, {found['total']} in all")
        elif len(shown) > 1 or (shown and found["total"] != LOT):
            self.half += 1
        newest = max(map(int, shown), default=0)
        if newest > self._seen:
            self._seen = newest
            self.commits.success()

    def _push_lots(self) -> None:
        while not self._over.wait(_PAUSE * 5):
            number = next(self._sent.lots)
            lines = [
                {
                    "id": f"lo-{n}",
                    "title": f"Lô hàng số {n}",
                    "body": f"Kiện {n} của lô.",
                    "category": f"{number}",
                }
                for n in range(LOT)
            ]
            body = "".join(f"{json.dumps(line)}\n" for line in lines)
            while not self._pushed("POST", "/api/v1/articles", body, "application/x-ndjson"):
                if self._over.wait(_RETRY):
                    return
            self._sent.lot = number

    def _push_singles(self) -> None:
        while not self._over.wait(_PAUSE):
            number = next(self._sent.numbers)
            article = {"title": f"Tin lẻ số {number}", "body": f"Nội dung {number}."}
            path = f"/api/v1/articles/tin-{number}"
            while not self._pushed("PUT", path, json.dumps(article), "application/json"):
                if self._over.wait(_RETRY):
                    return
            self._sent.singles.add(f"tin-{number}")

    def _pushed(self, method: str, path: str, body: str, kind: str) -> bool:
        headers = {**self._headers, "Content-Type": kind}
        reply = self._reached(self.pushes, [self._writer()], method, path, body, **headers)
        if reply is None or reply.status == 503:
            return False
        if reply.status == 202:
            self.pushes.success()
        return reply.status == 202

    def _reached(self, record: Record, ports: Sequence[int], *request: str, **headers: str) -> Reply | None:
        """Ask the machines in turn until one answers; note what is not to be."""
        for port in ports:
            try:
                reply = ask(port, *request, **headers)
            except (OSError, http.client.HTTPException):
                record.elsewhere += 1
                continue
            if reply.status == 503 and reply.retry:
                record.asked_to_retry += 1
            elif reply.status not in (200, 202):
                record.errors.append(f"{reply.status} {reply.body[:200].decode(errors='replace')}")
            return reply
        record.nobody += 1
        return None


def singles(port: int) -> Counter[str]:
    """Return how often a machine finds each single article."""
    found: Counter[str] = Counter()
    cursor: str | None = "*"
    while cursor is not None:
        answer = json.loads(ask(port, "GET", _SINGLES + quote(cursor)).body)
        found.update(hit["id"] for hit in answer["hits"])
        cursor = answer["next_cursor"]
    return found


def lot(port: int) -> int:
    """Return the lowest number that an article of the lots carries, as a machine finds them; 0 if there is none."""
    found = json.loads(ask(port, "GET", _LOT_QUERY).body)["hits"]
    return min((int(hit["category"]) for hit in found), default=0)


def differing_tags(ports: Sequence[int]) -> list[str]:
    """Return the addresses for which the machines do not give the same ETag."""
    return [path for path in _TAGGED if len({ask(port, "GET", path).tag for port in ports}) != 1]

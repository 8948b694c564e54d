"""Kills a part of the whole service under load, and says what its users met."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.cluster.load import Load, Record, Reply, Sent, ask, differing_tags, lot, singles
from tests.cluster.service import Service

NOTHING, WRITER, PROMOTED = "nothing", "the writer", "the writer, replaced by the standby"
CASES = (
    NOTHING,
    "a node",
    "the manager",
    "two of three",
    "a web node",
    "the store",
    "the standby",
    WRITER,
    PROMOTED,
)


_CALM_SECONDS = 60.0


@dataclass(frozen=True)
class Times:
    """Seconds under load before a kill, until what was killed comes back, and after that."""

    before: float
    down: float
    after: float


@dataclass(frozen=True)
class Met:
    """What the users of the service met during one case, and what was left afterwards."""

    searches: Record
    pushes: Record
    commits: Record
    mixed: list[str]
    half: int
    tags: set[str]
    """Addresses for which the web nodes give different ETags once all is calm."""
    lost: set[str]
    """Acknowledged articles that a web node does not find, or finds more than once."""
    promotion: float
    """Seconds that ``tracuu promote`` took; 0 if it was not needed."""


class Kills:
    """A service whose parts are killed, one case after the other."""

    def __init__(self, service: Service, times: Times) -> None:
        self._service = service
        self._times = times
        self._sent = Sent()
        made = service.writer.run("keys", "create", "--name", "nap", "--scope", "write", "--json")
        self._key = json.loads(made)["key"]

    def run(self, what: str) -> Met:
        """Kill what a case names while the service is under load, and wait until everything is as it was."""
        service = self._service
        load = Load(
            lambda: [machine.port for machine in service.web],
            lambda: service.writer.port,
            self._key,
            self._sent,
        )
        try:
            time.sleep(self._times.before)
            promotion = self._harm(what)
            time.sleep(self._times.after)
        finally:
            load.stop()
        ports = [machine.port for machine in service.web]
        lost = _when_calm(lambda: {f"{id} at {port}" for port in ports for id in self._lost(port)})
        tags = _when_calm(lambda: set(differing_tags(ports)))
        return Met(load.searches, load.pushes, load.commits, load.mixed, load.half, tags, lost, promotion)

    def late_push(self) -> Reply:
        """Let the machine that was replaced come back, and push to it."""
        machine = self._service.standby
        machine.start()
        machine.wait()
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        reply = ask(machine.port, "PUT", "/api/v1/articles/muon", '{"title": "Tin muộn"}', **headers)
        machine.kill()
        return reply

    def _lost(self, port: int) -> set[str]:
        """Return what was acknowledged and is not found at a machine exactly once."""
        found = singles(port)
        lots = {f"lot {self._sent.lot}"} if lot(port) < self._sent.lot else set()
        return (
            lots | {id for id in self._sent.singles if found[id] != 1} | {id for id in found if found[id] > 1}
        )

    def _harm(self, what: str) -> float:
        """Return the seconds of a promotion."""
        service, down = self._service, self._times.down
        if what == PROMOTED:
            return self._promote()
        if what == "the store":
            service.store.kill()
            time.sleep(down)
            service.store.start()
        elif machine := {
            "a web node": service.web[0],
            "the standby": service.standby,
            WRITER: service.writer,
        }.get(what):
            machine.kill()
            time.sleep(down)
            machine.start()
            machine.wait()
        else:
            chosen = service.nodes.chosen(what)
            for number in chosen:
                service.nodes.kill(number)
            time.sleep(down if chosen else 0)
            for number in chosen:
                service.nodes.start(number)
            assert service.nodes.wait() == ""
        return 0.0

    def _promote(self) -> float:
        """Lose the writer for good and go on with the standby, as ``docs/operating.md`` says."""
        service = self._service
        service.writer.kill()
        start = time.monotonic()
        service.standby.kill()
        service.standby.run("promote")
        service.standby.role = "writer"
        service.standby.start()
        service.standby.wait()
        taken = time.monotonic() - start
        service.writer, service.standby = service.standby, service.writer
        return taken


def _when_calm(left: Callable[[], set[str]]) -> set[str]:
    """Return what is ``left`` in the end: pushes wait to be written, and web nodes for copies."""
    deadline = time.monotonic() + _CALM_SECONDS
    while time.monotonic() < deadline:
        try:
            if not left():
                return set()
        except (OSError, http.client.HTTPException, KeyError):  # a machine is not up again, or refuses
            pass
        time.sleep(0.3)
    return left()

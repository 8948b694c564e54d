"""A sample of ``python -m benchmarks.service_kills``: the whole service is searched and written while parts of it are killed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cluster.kills import PROMOTED, Kills, Times
from tests.cluster.service import Service, missing
from tests.thoroughness import CLUSTER

pytestmark = pytest.mark.cluster


@pytest.fixture(scope="module")
def kills(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kills]:
    if reason := missing():
        (pytest.fail if CLUSTER else pytest.skip)(reason)
    service = Service(tmp_path_factory.mktemp("service"))
    try:
        service.start()
        yield Kills(service, Times(before=1.0, down=2.0, after=1.0))
    finally:
        service.stop()


@pytest.mark.parametrize("what", ["the manager", "a web node", PROMOTED])
def test_who_searches_and_pushes_loses_nothing_when_a_part_is_killed(kills: Kills, what: str) -> None:
    met = kills.run(what)
    assert met.searches.errors == met.pushes.errors == met.mixed == [] and met.lost == met.tags == set()
    assert met.searches.nobody == 0 and met.searches.done > 5 and met.pushes.done > 5
    if what != PROMOTED:
        assert met.half == 0

"""Machines that share an index of a cluster: the writer makes it, the others find it by the copies of its files."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.engine.folders import read_folders
from indexer.engine.opening import remove_index
from indexer.errors import IndexMissingError
from indexer.replication.membership import writing_term
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import Settings
from indexer.upkeep.rebuild import rebuild
from tests.collection import ARTICLES, index
from tests.files.gateway import BUCKET, Gateway
from tests.files.test_store import prefix_of
from tests.replication.machines import follower, machine, publish_all, publisher
from webui import create_app

pytestmark = pytest.mark.usefixtures("cluster")
PAGES = ("/", "/search?q=hoa", "/api/v1/search?q=hoa", "/directives")


@pytest.fixture
def writer(gateway: Gateway, tmp_path: Path) -> Settings:
    settings = Settings(
        tmp_path / "writer",
        engine="opensearch",
        role="writer",
        files=f"s3://{BUCKET}/{prefix_of(tmp_path)}",
        s3=gateway.settings(),
    )
    index(settings, ARTICLES)
    return settings


def found(service: SearchService) -> int:
    return service.search(SearchRequest("hòa bình")).total


def test_a_web_node_follows_the_writer_across_rebuilds(writer: Settings) -> None:
    one = publisher(writer, writing_term(writer))
    web = replace(machine(writer, "web"), role="web")
    there = follower(web, ("web",))
    with closing(open_search(web, patient=True)) as service:
        assert service.unready() == "waiting for the first copies"
        publish_all(one, writer)
        there.follow()
        assert service.unready() is None and found(service) > 0
        before = read_folders(web.data, "opensearch")
        # A commit is seen at once, without any copy.
        total = found(service)
        index(writer, [replace(ARTICLES[0], id="moi")])
        assert found(service) == total + 1
        rebuild(writer)
        publish_all(one, writer)
        there.follow()
        now = read_folders(web.data, "opensearch")
        assert now.current != before.current and found(service) == total + 1
        assert not (web.data / before.current / "INDEX").exists()
        # The writer lost its index, and made another in the same folder.
        path = writer.data / now.current
        remove_index(writer, path)
        index(writer, [])
        publish_all(one, writer)
        with pytest.raises(IndexMissingError):
            found(service)
        there.follow()
        assert found(service) == total + 1


def test_pages_have_the_same_tags_on_all_nodes(writer: Settings) -> None:
    one = publisher(writer, writing_term(writer))
    publish_all(one, writer)
    nodes = [replace(machine(writer, name), role="web") for name in ("a", "b")]
    for node in nodes:
        follower(node, ("web",)).follow()
    services = [open_search(settings) for settings in (writer, *nodes)]
    clients = [create_app(service).test_client() for service in services]

    def tags(page: str) -> set[str]:
        return {client.get(page).headers["ETag"] for client in clients}

    before = {page: tags(page) for page in PAGES}
    assert all(len(those) == 1 for those in before.values())
    index(writer, [replace(ARTICLES[0], title="Hoa khác")])
    assert all(len(tags(page)) == 1 and tags(page) != before[page] for page in PAGES)
    for service in services:
        service.close()

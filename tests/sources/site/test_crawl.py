"""The portal crawled: what becomes an article, what does not, and what later runs change."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from indexer.indexing.opening import open_pipeline
from indexer.model import Article
from indexer.settings import Settings
from indexer.source_settings import DEFAULT_LIMIT, RemovalLimit
from indexer.sources import Problem
from indexer.sources.site.source import SiteSource
from indexer.sources.site.visit import Became
from tests.portal import liferay, traps, wordpress
from tests.portal.judged import Judged, Run, indexed, judge, run, settings_of, site_of
from tests.portal.replies import Reply, moved
from tests.portal.server import LOOKS, Portal, served
from tests.portal.stories import stories
from tests.thoroughness import ALL

DAY = 86_400.0
NOW = 1_780_000_000.0


class Crawled(NamedTuple):
    """The portal after a first run and a second one, with nothing changed between them."""

    portal: Portal
    origin: str
    settings: Settings
    first: Run
    judged: Judged
    second: Run
    second_bytes: int


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    portal = Portal(stories(None if ALL else 6))
    settings = settings_of(tmp_path_factory.mktemp("crawl"))
    with served(portal) as origin:
        first = run(site_of(origin), settings, NOW)
        judged = judge(portal, origin, settings)
        portal.bytes = 0
        second = run(site_of(origin), settings, NOW + DAY)
        yield Crawled(portal, origin, settings, first, judged, second, portal.bytes)


def reasons(run: Run) -> dict[str, str]:
    """Path of each example that is named -> why it was left."""
    left = run.report.as_json()["left"]
    return {urlsplit(example).path.lstrip("/"): one["reason"] for one in left for example in one["examples"]}


def articles_are_told_from_all_other_pages_and_read_as_they_are(crawled: Crawled) -> None:
    judged = crawled.judged
    assert judged.right + len(judged.missed) == len(crawled.portal.articles)
    assert judged.precision >= 0.98, judged.extra
    assert judged.recall >= 0.98, judged.missed
    assert judged.accuracy >= 0.98, judged.wrong


def every_trap_is_left_with_its_reason(crawled: Crawled) -> None:
    assert crawled.first.report.whole
    told = reasons(crawled.first)
    for path, reason in {
        "bao/vong-1/": "redirects too often",
        "bao/danh-ba/": "too many for an article",
        "bao/loi-500/": "status 500",
        "bao/ung-dung/": "JavaScript",
        "bao/mat-roi/": "error page",
        "bao/rieng/": "noindex",
        "bao/noi-bo/": "robots.txt",
        "bao/en/about/": "translation",
        "trang": "another host (khac.example)",
    }.items():
        assert reason in told.get(path, ""), path
    assert any("lich/#/#/ continue endlessly" in reason for reason in told.values())
    assert any("tin-cu/?trang=# continue endlessly" in reason for reason in told.values())
    calendars = [address for address in crawled.portal.asked if "/lich/" in address]
    assert len(calendars) < 90


def the_site_is_told_who_asks_and_robots_are_obeyed(crawled: Crawled) -> None:
    assert all(
        agent.startswith("tracuu/") and "(+vanthu@lamgiang.example)" in agent
        for agent in crawled.portal.agents
    )
    assert crawled.portal.asked["/robots.txt"] and not crawled.portal.asked[f"{traps.BASE}/noi-bo/"]


def a_second_run_changes_nothing_and_sends_little(crawled: Crawled) -> None:
    assert crawled.second.ids("indexed") == [] == crawled.second.ids("removed")
    assert crawled.second.report.counts[Became.UNCHANGED] == len(crawled.first.ids("indexed"))
    # Pages of the district count their visitors, so they come whole each time.
    own = [page for path, page in crawled.portal.answers.items() if not callable(page)]
    assert crawled.second_bytes < sum(len(page.body) for page in own) / 4


def test_a_portal_with_traps(crawled: Crawled) -> None:
    # One test, since its two runs are what takes the time.
    articles_are_told_from_all_other_pages_and_read_as_they_are(crawled)
    every_trap_is_left_with_its_reason(crawled)
    the_site_is_told_who_asks_and_robots_are_obeyed(crawled)
    a_second_run_changes_nothing_and_sends_little(crawled)


class Site(NamedTuple):
    """A portal of its own for tests that change it."""

    portal: Portal
    origin: str
    settings: Settings

    def run(self, days: float = 0.0, limit: RemovalLimit = DEFAULT_LIMIT, **more: object) -> Run:
        site = site_of(self.origin, f"{liferay.BASE}/home", **more)
        return run(site, self.settings, NOW + days * DAY, limit)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    portal = Portal(stories(6), with_traps=False)
    with served(portal) as origin:
        yield Site(portal, origin, settings_of(tmp_path / "data"))


@dataclass
class Read:
    """Articles that were read before."""

    name: str
    articles: list[Article]

    def items(self) -> Iterator[Article | Problem]:
        yield from self.articles

    def progress(self) -> float | None:
        return None


GONE = Reply(b"<h1>404</h1>", status=404)
REPAIRS = """<html><head><title>Bảo trì</title></head><body><h1>Hệ thống đang bảo trì</h1>
<p>Xin quay lại sau.</p></body></html>"""
DOWN = {
    "404 for all": GONE,
    "down": Reply(b"<h1>Service Unavailable</h1>", status=503),
    "says so with status 200": Reply(REPAIRS.encode()),
    "one page for all": Reply(traps.NOT_FOUND.encode()),
}


def test_what_changes_comes_in_and_what_is_gone_for_a_day_goes(site: Site) -> None:
    host = site.origin.partition("://")[2]
    assert len(site.run().ids("indexed")) == 6
    changed, gone = (liferay.address(one) for one in site.portal.stories[:2])
    page = site.portal.answers[changed]
    assert isinstance(page, Reply)
    site.portal.answers[changed] = replace(page, body=page.body.replace(b"<p>", "<p>Bổ sung: ".encode(), 1))
    site.portal.answers[gone] = GONE
    later = site.run(0.5)
    assert later.ids("indexed") == [f"{host}{changed}"] and later.ids("removed") == []
    # All of it in one answer is the site's fault.
    for n, answer in enumerate(list(DOWN.values())[: None if ALL else 1]):
        site.portal.everything = answer
        outcomes = site.run(1.0 + n / 10).outcomes
        assert ("failed", f"{site.origin}{liferay.BASE}/home") in outcomes
        assert {kind for kind, _ in outcomes} == {"failed"}
        assert len(indexed(site.settings)) == 6
    site.portal.everything = None
    assert site.run(2.0).ids("removed") == [f"{host}{gone}"]
    assert f"{host}{gone}" not in indexed(site.settings)


@pytest.mark.skipif(not ALL, reason="a sample only: two more runs")
def test_a_run_that_was_stopped_goes_on_where_it_was(site: Site) -> None:
    source = SiteSource(site_of(site.origin, f"{liferay.BASE}/home"), site.settings, now=lambda: NOW)
    with source.opened():
        articles = [item for item in islice(source.items(), 3) if isinstance(item, Article)]
        with open_pipeline(site.settings) as pipeline:
            for outcome in pipeline.index(Read(source.name, articles)):
                source.accepted(outcome.item)
    done = [one.url.removeprefix(site.origin) for one in articles if one.url]
    assert len(done) == 3
    site.portal.asked.clear()
    first = site.run(0.1)
    assert first.report.resumed and len(first.ids("indexed")) == 3 and len(indexed(site.settings)) == 6
    assert not any(site.portal.asked[address] for address in done)


def test_sitemaps_that_robots_txt_names_are_read_and_other_hosts_are_not(site: Site) -> None:
    sitemap = site.portal.answers[f"{wordpress.BASE}/sitemap.xml"]
    assert isinstance(sitemap, Reply)
    packed = gzip.compress(sitemap.body.replace(b"{origin}", site.origin.encode()))
    index = "<sitemapindex><sitemap><loc>/bao.xml.gz</loc></sitemap></sitemapindex>"
    site.portal.answers |= {
        "/robots.txt": Reply(f"Sitemap: {site.origin}/all.xml".encode(), "text/plain"),
        "/all.xml": Reply(index.encode(), "application/xml"),
        "/bao.xml.gz": Reply(packed, "application/gzip"),
        "/cu/": moved("http://www.khac.example/"),
    }
    found = run(site_of(site.origin, "/cu/", leave_out=(f"{wordpress.BASE}/category/*",)), site.settings)
    assert len(found.ids("indexed")) == 6 and found.ids("failed") == [f"{site.origin}/cu/"]
    assert "another host (www.khac.example)" in reasons(found)["cu/"]
    assert not any("/category/" in address for address in site.portal.asked)


@pytest.mark.skipif(not ALL, reason="a sample only: one more run")
def test_a_server_that_takes_too_long_is_left(site: Site) -> None:
    found = run(site_of(site.origin, traps.SLOW, seconds=0.5), site.settings)
    assert found.ids("failed") == [f"{site.origin}{traps.SLOW}"] and "took too long" in str(
        found.report.reasons
    )


def test_a_file_that_two_articles_carry_is_in_both(site: Site) -> None:
    source = SiteSource(site_of(site.origin), site.settings)
    carriers: dict[str, int] = {}
    with source.opened():
        for item in source.items():
            assert isinstance(item, Article)
            for file in item.attachments:
                assert file.path is not None
                data = file.path.read_bytes()
                carriers[file.name] = carriers.get(file.name, 0) + (data in _bytes(site.portal))
            source.accepted(item.id)
    assert set(carriers.values()) == {len(LOOKS)}


def _bytes(portal: Portal) -> set[bytes]:
    return {data for story in portal.stories for _, data in story.files}

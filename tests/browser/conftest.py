"""One browser and one server for all tests here. Every page is watched for errors and warnings."""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Page

from indexer.curation.curator import Curator
from indexer.query_log.store import QueryLog, Searched
from indexer.settings import Settings
from tests.browser.another_site import Portal, Show, document
from tests.browser.chromium import MISSING, chromium, launched
from tests.browser.pages import Site
from tests.browser.serving import serving
from tests.browser.watching import Watch

STAFF: dict[str, Any] = {"extra_http_headers": {"X-Staff": "an"}}
WORD = "XYZQ"
"""A search for this word finds nothing."""
Desk = Callable[..., Page]


class OpenPage(Protocol):
    """Opens a page of the site; its errors and warnings are checked when the test ends."""

    def __call__(
        self, path: str | None = "/", *, fresh: bool = False, still: bool = False, **options: Any
    ) -> Page:
        """Open ``path``, or nothing if it is None. ``options`` are Playwright's for a context.

        A ``fresh`` page shares no cache with any other. A page on which a test stops the clock is opened as ``still``, and is
        reused only for such tests.
        """


# Only for this package: while Playwright runs, no other event loop can.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip(MISSING)
    with launched(path) as browser:
        yield browser


@pytest.fixture(scope="package")
def site(browser: Browser, demo: Settings) -> Iterator[Site]:
    with serving(demo) as origin:
        yield Site(origin)


@pytest.fixture(scope="package")
def idle(site: Site) -> dict[str, list[Page]]:
    """Pages not in use by a test, by their options. Making a page takes longer than many tests, and our pages leave nothing
    behind in a browser."""
    return defaultdict(list)


@pytest.fixture
def foreign() -> list[str]:
    """Other origins that a test's pages may contact, added by the tests that need them."""
    return []


@pytest.fixture
def open_page(
    browser: Browser, site: Site, idle: dict[str, list[Page]], foreign: list[str]
) -> Iterator[OpenPage]:
    """Open pages; at the end there must have been no errors or warnings."""
    watches: list[Watch] = []
    with ExitStack() as opened:

        def open_(
            path: str | None = "/", *, fresh: bool = False, still: bool = False, **options: Any
        ) -> Page:
            known = idle[json.dumps([still, options], sort_keys=True)]
            page = _page(browser, site, options) if fresh or not known else known.pop()
            watch = Watch(page, [site.origin, *foreign])
            watches.append(watch)
            opened.callback(page.context.close if fresh else lambda: known.append(page))
            opened.callback(page.unroute_all)
            opened.callback(watch.stop)
            if path is not None:
                page.goto(site.url(path))
            return page

        yield open_
    assert [complaint for watch in watches for complaint in watch.complaints] == []


def _page(browser: Browser, site: Site, options: dict[str, Any]) -> Page:
    # The language of the browser decides if the address does not.
    context = browser.new_context(**{"locale": "vi-VN", "base_url": site.origin, **options})
    context.set_default_timeout(10_000)
    return context.new_page()


@pytest.fixture
def portal(site: Site) -> Iterator[Portal]:
    with Portal(site.origin) as portal:
        threading.Thread(target=portal.serve_forever, daemon=True).start()
        yield portal
        portal.shutdown()


@pytest.fixture
def show(site: Site, portal: Portal, open_page: OpenPage, foreign: list[str]) -> Show:
    def show(body: str, **options: Any) -> Page:
        foreign.append(portal.origin)
        portal.files["/"] = document(site, body)
        page = open_page(None, **options)
        page.goto(portal.origin)
        return page

    return show


@pytest.fixture
def desk(open_page: OpenPage, demo: Settings) -> Iterator[Desk]:
    """Pages of the curation desk; whatever is saved there is undone."""
    QueryLog(demo.data).add([Searched(int(time.time()) - n, WORD, 0, False, 1.0) for n in range(3)], [])
    Curator(demo, "an", "desk").replace_lexicon('[typed]\n"ko" = "không"\n')
    yield lambda path, **options: open_page(f"/staff{path}", **STAFF, **options)
    Curator(demo, "an", "desk").replace_lexicon("")

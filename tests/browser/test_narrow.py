"""On a phone no page moves sideways, however long what it shows is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from indexer.query_log.recorder import Recorder
from indexer.search.pins import pin
from indexer.settings import Settings
from indexer.smtp_settings import SmtpSettings
from tests.browser.long_values import ARTICLES, LAW, PAGES, QUERY
from tests.browser.pages import Kind, Site
from tests.browser.serving import answering
from tests.collection import index

WIDER = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const outside = (one) => one.getBoundingClientRect().right > clientWidth;
  const named = (one) => `${one.tagName}.${one.getAttribute("class")}: ${one.textContent.trim().slice(0, 60)}`;
  return [`${scrollWidth} of ${clientWidth}`, ...[...document.querySelectorAll("body *")].filter(outside).map(named)].slice(0, 8);
}"""


@pytest.fixture(scope="module")
def narrow(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Page]]:
    """A window of 320 pixels on a portal of long values, looked at by staff."""
    data = tmp_path_factory.mktemp("long")
    settings = Settings(
        data=data,
        ocr=False,
        trusted_proxies=1,
        staff_header="X-Staff",
        rate_limit=0,
        smtp=SmtpSettings(host="127.0.0.1", sender="tin@lamgiang.example"),
    )
    index(settings, ARTICLES)
    pin(data, QUERY, [LAW.id])
    recorder = Recorder(settings)
    recorder.searched(LAW.title, 0, False, 2000)
    recorder.close()
    with (
        answering(settings) as origin,
        browser.new_context(
            locale="vi-VN", viewport={"width": 320, "height": 640}, extra_http_headers={"X-Staff": "1"}
        ) as context,
    ):
        yield Site(origin), context.new_page()


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.name)
def test_no_page_moves_sideways(narrow: tuple[Site, Page], kind: Kind) -> None:
    site, page = narrow
    response = page.goto(site.url(kind.path))
    assert response and response.status == kind.status
    for opened in (False, True):
        page.locator("details").evaluate_all(
            "(all, opened) => all.forEach((one) => { one.open = opened })", opened
        )
        assert page.evaluate(WIDER) == []

"""Pages are correct, light, silent, keep to themselves, and need no script."""

from __future__ import annotations

import gzip
import html
import re
import urllib.error
import urllib.request
from collections import Counter
from urllib.parse import urldefrag

import html5lib
import pytest
from playwright.sync_api import Response

from tests.browser.conftest import OpenPage
from tests.browser.pages import KINDS, Kind, Site
from tests.thoroughness import ALL

HEAVIEST = 60_000
"""Bytes of the first page of results with all it needs, compressed: two seconds on a slow 3G connection (400 kbit/s)
are 100 KB, and the connection itself takes some of those."""
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)

REACHED = """() => {
  const fields = (form) => [...form.elements].filter((one) => one.name).map((one) => `${one.name}=${one.value}`).sort();
  return {
    links: [...document.querySelectorAll("a[href]")].map((one) => one.href).sort(),
    forms: [...document.forms].map((form) => [form.method, form.action, ...fields(form)].join(" ")),
  };
}"""
BROKEN_REFERENCES = """() => {
  const broken = [];
  const known = (id) => document.getElementById(id) !== null;
  const naming = ["for", "list", "form", ...["labelledby", "describedby", "controls", "owns"].map((one) => `aria-${one}`)];
  for (const name of naming)
    for (const one of document.querySelectorAll(`[${name}]`))
      for (const id of one.getAttribute(name).split(/\\s+/)) if (!known(id)) broken.push(`${name}=${id}`);
  for (const one of document.querySelectorAll("[data-copy], a[href^='#']")) {
    const id = (one.dataset.copy ?? one.getAttribute("href")).slice(1);
    if (!known(decodeURIComponent(id))) broken.push(`#${id}`);
  }
  return broken;
}"""


def fetched(address: str) -> tuple[int, str]:
    """Return status and text of what the server sends."""
    request = urllib.request.Request(address, headers={"Accept-Language": "vi"})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, response.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@every_kind
def test_the_html_is_correct(site: Site, kind: Kind) -> None:
    status, text = fetched(site.url(kind.path))
    assert status == kind.status
    parser = html5lib.HTMLParser()
    parser.parse(text)
    lines = text.splitlines()
    assert [(code, lines[line - 1]) for (line, _), code, _ in parser.errors] == []


@every_kind
def test_it_is_silent_and_sound_and_the_same_without_scripts(open_page: OpenPage, kind: Kind) -> None:
    """What the console says, and who is asked, is seen by ``open_page``."""
    page, plain = open_page(kind.path), open_page(kind.path, java_script_enabled=False)
    assert page.evaluate(REACHED) == plain.evaluate(REACHED)
    ids = page.locator("[id]").evaluate_all(
        "all => all.map((one) => one.getAttribute('id'))"
    )  # a form may have a field "id"
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    assert page.evaluate(BROKEN_REFERENCES) == []


def test_every_link_leads_somewhere(site: Site) -> None:
    links: set[str] = set()
    for kind in KINDS:
        for tag in re.findall(r"<a [^>]*>", fetched(site.url(kind.path))[1]):
            (href,) = re.findall(r' href="([^"]*)"', tag)
            # Filters are as many as all their combinations; an error in another language is an error still.
            if href.startswith("/") and "hreflang" not in tag and (ALL or "nofollow" not in tag):
                links.add(html.unescape(href))
    assert len(links) > 50
    assert [link for link in sorted(links) if fetched(site.url(urldefrag(link).url))[0] != 200] == []


def test_the_first_page_of_results_is_light(open_page: OpenPage) -> None:
    page = open_page(None, fresh=True)
    responses: list[Response] = []
    page.on("response", lambda one: responses.append(one))  # noqa: PLW0108 - Playwright takes no built-in methods
    page.goto("/search?q=ke+hoach", wait_until="networkidle")
    weights = {urldefrag(one.url).url: weight(one) for one in responses}
    assert len(weights) >= 3
    assert sum(weights.values()) < HEAVIEST, weights


def weight(response: Response) -> int:
    """Return the bytes of a body on the wire, or as many as a compressing proxy in front would send."""
    if response.header_value("content-encoding"):
        return response.request.sizes()["responseBodySize"]
    return len(gzip.compress(response.body()))

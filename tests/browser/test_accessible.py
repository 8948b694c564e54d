"""Every kind of page is usable by everybody: axe-core, keyboard, narrow and enlarged, in all colours."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import KINDS, Kind
from tests.thoroughness import ALL

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
SCHEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}
VIEWS: dict[str, dict[str, Any]] = {
    "1280": {"viewport": {"width": 1280, "height": 900}},
    "320": {"viewport": {"width": 320, "height": 640}},
    "zoomed": {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},
}
"""Widths in CSS pixels; zoomed is a window of 1,280 pixels at 200 %."""
LOOKS = tuple(product(SCHEMES, VIEWS))
SEEN = (
    tuple(product(KINDS, LOOKS))
    if ALL
    else tuple((kind, LOOKS[n % len(LOOKS)]) for n, kind in enumerate(KINDS))
)
"""Every kind of page in every look, or each in one look and each look on some page."""
WALKED = (
    KINDS
    if ALL
    else tuple(kind for kind in KINDS if kind.name in ("home", "results", "article", "page-scan"))
)


def named(value: object) -> str:
    return (
        value.name if isinstance(value, Kind) else "-".join(value) if isinstance(value, tuple) else str(value)
    )


def violations(page: Page) -> str:
    """Return what axe-core finds, as a report; nothing where it finds nothing."""
    found = Axe().run(page, options=RULES)
    return str(found.generate_report()) if found.violations_count else ""


@pytest.mark.parametrize(("kind", "look"), SEEN, ids=named)
def test_axe_finds_nothing(open_page: OpenPage, kind: Kind, look: tuple[str, str]) -> None:
    page = open_page(kind.path, **SCHEMES[look[0]], **VIEWS[look[1]])
    assert violations(page) == ""


@pytest.mark.parametrize("look", LOOKS if ALL else LOOKS[:1] + LOOKS[4:5], ids=named)
def test_axe_finds_nothing_in_what_opens(open_page: OpenPage, look: tuple[str, str]) -> None:
    page = open_page("/search?q=ke+hoach", **SCHEMES[look[0]], **VIEWS[look[1]])
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")
    page.get_by_role("combobox").first.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    assert violations(page) == ""


WIDER = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const outside = (one) => one.getBoundingClientRect().right > innerWidth;
  return ["the page", ...[...document.querySelectorAll("body *")].filter(outside).map((one) => one.outerHTML.slice(0, 120))];
}"""


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_a_narrow_page_is_never_moved_sideways(open_page: OpenPage, kind: Kind) -> None:
    page = open_page(kind.path, **VIEWS["320"])
    for opened in (False, True):
        page.locator("details").evaluate_all(
            "(all, opened) => all.forEach((one) => { one.open = opened })", opened
        )
        assert page.evaluate(WIDER) == []


WATCH_FOCUS = """() => {
  const look = (one) => {
    const style = getComputedStyle(one);
    return [style.outlineStyle === "none" ? "" : style.outline, style.boxShadow].join();
  };
  // What is for the mouse alone is hidden from everyone else.
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && !one.closest("[aria-hidden=true]");
  const can = "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex^='-'])";
  window.expected = [...document.querySelectorAll(can)].filter(shown);
  window.plain = new Map(expected.map((one) => [one, look(one)]));
  window.reached = new Map();
  window.wrapped = 0;
  addEventListener("focusin", ({ target }) => {
    if (target === expected[0]) wrapped++;
    reached.set(target, look(target));
  });
}"""
FOCUS_FOUND = """() => {
  const name = (one) => one.outerHTML.slice(0, 120);
  return {
    missed: expected.filter((one) => !reached.has(one)).map(name),
    unseen: expected.filter((one) => reached.get(one) === plain.get(one)).map(name),
    count: expected.length,
    wrapped,
  };
}"""


@pytest.mark.parametrize(
    ("kind", "scheme"), [(k, s) for k in WALKED for s in (SCHEMES if ALL else ["light"])], ids=named
)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    open_page: OpenPage, kind: Kind, scheme: str
) -> None:
    page = open_page(kind.path, **SCHEMES[scheme], **VIEWS["1280"])
    page.evaluate(WATCH_FOCUS)
    # A date takes several presses; whoever is still not round after so many is in a trap.
    for _ in range(3 * int(page.evaluate("expected.length"))):
        page.keyboard.press("Tab")
        if page.evaluate("wrapped > 1 || (reached.size > 1 && document.activeElement === document.body)"):
            break
    found = page.evaluate(FOCUS_FOUND)
    assert (found["missed"], found["unseen"]) == ([], [])
    assert found["count"] > 5


def test_the_skip_link_shows_and_leads_to_the_content(open_page: OpenPage) -> None:
    page = open_page("/search?q=ke+hoach")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_attribute("href", "#noi-dung")
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("kind", KINDS if ALL else WALKED, ids=named)
def test_nothing_moves_for_those_who_want_it_still(open_page: OpenPage, kind: Kind) -> None:
    page = open_page(kind.path, reduced_motion="reduce")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((one) => {
          const style = getComputedStyle(one);
          const lasts = (times) => times.split(", ").some((time) => parseFloat(time) > 0.01);
          return lasts(style.transitionDuration) || lasts(style.animationDuration) || style.scrollBehavior !== "auto";
        }).map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert moving == []

"""Every page of the staff's desk is for everybody."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Desk
from tests.browser.test_accessible import SCHEMES, VIEWS, WIDER, violations

PAGES = ("", "/queries", "/pins?q=ke+hoach", "/lexicon", "/files", "/sources", "/system", "/changes", "/help")


@pytest.mark.parametrize(
    ("path", "scheme"), [(path, tuple(SCHEMES)[n % len(SCHEMES)]) for n, path in enumerate(PAGES)]
)
def test_every_page_is_for_everybody_and_narrow(desk: Desk, path: str, scheme: str) -> None:
    page = desk(path, **SCHEMES[scheme], **VIEWS["320"])
    assert violations(page) == ""
    page.locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true })")
    assert page.evaluate(WIDER) == []

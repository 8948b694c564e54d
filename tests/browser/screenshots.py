"""``make screenshots``: every kind of page in both languages, for people to look at.

``python -m tests.browser.screenshots FOLDER KIND…`` takes only some kinds.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import ViewportSize

from tests.browser.chromium import MISSING, chromium, launched
from tests.browser.pages import EVERY_KIND, Site
from tests.browser.serving import serving
from tests.demo_portal import index_demo

WIDTHS = (1280, 768, 390, 320)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main(folder: Path, names: Sequence[str] = ()) -> int:
    """Write ``<kind>-<width>-<scheme>.png`` into ``folder`` for all kinds or those in ``names``; return 1 if there is no
    browser.
    """
    kinds = [kind for kind in EVERY_KIND if not names or kind.name in names]
    path = chromium()
    if path is None:
        print(MISSING, file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        serving(index_demo(Path(data))) as origin,
        launched(path) as browser,
    ):
        site = Site(origin)
        for width, scheme in product(WIDTHS, SCHEMES):
            viewport = ViewportSize(width=width, height=900)
            with browser.new_context(locale="vi-VN", viewport=viewport, color_scheme=scheme) as context:
                page = context.new_page()
                for kind in kinds:
                    page.goto(site.url(kind.path), wait_until="networkidle")
                    page.screenshot(path=folder / f"{kind.name}-{width}-{scheme}.png", full_page=True)
    print(f"{len(kinds) * len(WIDTHS) * len(SCHEMES)} pictures in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))

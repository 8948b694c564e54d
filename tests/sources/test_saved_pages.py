"""Pages as the common portal systems make them: every field that is read of them."""

import pytest

from tests.sources.saved_pages import FIELDS, PAGES, RIGHT, wrong


def test_every_page_has_what_is_right_for_it() -> None:
    assert sorted(RIGHT) == sorted(path.stem for path in PAGES.glob("*.html"))
    assert all(set(right) <= set(FIELDS) for right in RIGHT.values())


@pytest.mark.parametrize("name", sorted(RIGHT))
def test_a_saved_page(name: str) -> None:
    assert wrong(name) == []

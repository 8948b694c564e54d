"""Which words one slip of the fingers divides."""

import pytest

from indexer.vietnamese.edits import within_one_edit


@pytest.mark.parametrize(
    ("a", "b", "near"),
    [("phong", "phonh", True), ("phong", "phng", True), ("phong", "phogn", True), ("phong", "phoong", True),
     ("phong", "pho", False), ("phong", "phanh", False), ("", "a", True), ("ab", "ba", True), ("abc", "cba", False)],
)  # fmt: skip
def test_within_one_edit(a: str, b: str, near: bool) -> None:
    assert within_one_edit(a, b) is near
    assert within_one_edit(b, a) is near

"""Text of the index can hold anything; on a page it is only ever text."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Marked
from webui.presenters.marking import breakable, marked_html


@pytest.mark.parametrize(
    ("text", "marks", "shown"),
    [
        ("Kế hoạch 74", ((0, 2), (9, 11)), "<mark>Kế</mark> hoạch <mark>74</mark>"),
        ("kế hoạch số", ((0, 2), (3, 8)), "<mark>kế hoạch</mark> số"),
        ("kế  hoạch", ((0, 2), (4, 9)), "<mark>kế</mark>  <mark>hoạch</mark>"),
        ("<script>x</script>", ((0, 8),), "<mark>&lt;script&gt;</mark>x&lt;/script&gt;"),
        ("&amp; \"'", (), "&amp;amp; &#34;&#39;"),
        ("a&b", ((1, 2),), "a<mark>&amp;</mark>b"),
        ("</mark>", ((0, 7),), "<mark>&lt;/mark&gt;</mark>"),
        ("abc", ((2, 99),), "ab<mark>c</mark>"),
        ("abc", ((0, 2), (1, 3)), "<mark>ab</mark><mark>c</mark>"),
    ],
)
def test_marks(text: str, marks: tuple[tuple[int, int], ...], shown: str) -> None:
    assert marked_html(Marked(text, marks)) == shown


@given(st.text("ab <>&\"'ế/mrk"), st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30)), max_size=5))
def test_the_text_always_comes_out_whole(text: str, marks: list[tuple[int, int]]) -> None:
    shown = marked_html(Marked(text, tuple(marks)))
    assert html.unescape(re.sub(r"</?mark>", "", shown)) == text
    assert shown.count("<") == shown.count("<mark>") + shown.count("</mark>")


def test_host_names_break_after_dots_and_stay_escaped() -> None:
    assert breakable("a.<b>.vn") == "a.<wbr>&lt;b&gt;.<wbr>vn"

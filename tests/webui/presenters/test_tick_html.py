"""Ticks of a facet as HTML."""

from __future__ import annotations

from indexer.search.response import FacetValue
from webui.presenters.tick_html import ticks_html


def test_a_tick_says_value_label_and_count() -> None:
    printed = ticks_html([FacetValue("2024", "2024", 1234, True)], "date", "tim")
    assert '<input type="checkbox" name="date" value="2024" form="tim" checked>' in printed
    assert '<span class="choice-label">2024</span>' in printed
    assert "</span>1.234<span" in printed


def test_what_articles_say_is_no_html() -> None:
    printed = ticks_html([FacetValue('"><script>', "<b>a.vn</b>", 1, False)], "source")
    assert "<script" not in printed
    assert "<b>" not in printed
    assert "checked" not in printed
    assert "form=" not in printed
    assert 'value="&#34;&gt;&lt;script&gt;"' in printed


def test_months_stand_beneath_their_year() -> None:
    year = FacetValue("2024", "2024", 3, False, (FacetValue("2024-11", "Tháng 11/2024", 2, True),))
    printed = ticks_html([year], "date")
    assert printed.index('value="2024"') < printed.index("choices-within") < printed.index('value="2024-11"')
    assert printed.count("checked") == 1
